import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { startWebWorker } from "./background/browser.ts";
import { activateExtension } from "./extension.ts";
import { runInDebugConsole } from "./run-program.ts";

/** Of the web worker host; the types of the extension know Node's names only. */
declare const Worker: new (address: string) => Worker;

export function activate(context: vscode.ExtensionContext): void {
  const bundle = (name: string): string =>
    vscode.Uri.joinPath(context.extensionUri, `dist/${name}.web.js`).toString(true);
  activateExtension(context, {
    createLanguageClient: (options) =>
      new LanguageClient("interleave", "Interleave", async () => new Worker(bundle("server")), options),
    // A browser has no terminal.
    runProgram: runInDebugConsole,
    startBackground: (name) => startWebWorker(bundle(name)),
  });
}
