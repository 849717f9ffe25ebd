import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { startWebWorker } from "./background/browser.ts";
import { activateExtension } from "./extension.ts";
import { runInDebugConsole } from "./run-program.ts";

/** Of the web worker host; the types of the extension know Node's names only. */
declare const Worker: new (address: string) => Worker;

export function activate(context: vscode.ExtensionContext): void {
  const bundle = (name: string): string =>
    vscode.Uri.joinPath(context.extensionUri, `dist/${name}.web.js`).toString(true);
  activateExtension(context, {
    bundle,
    createLanguageClient: (options) =>
      new LanguageClient(
        "interleave",
        "Interleave",
        async () => transportsOf(new Worker(bundle("server"))),
        options,
      ),
    // A browser has no terminal.
    runProgram: runInDebugConsole,
    startBackground: (name) => startWebWorker(bundle(name)),
  });
}

/** VS Code has a `Worker` of its own here, which the language client does not take for one. */
const transportsOf = (worker: Worker): MessageTransports => ({
  reader: new BrowserMessageReader(worker),
  writer: new BrowserMessageWriter(worker),
});
