import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { startWorkerThread } from "./background/node.ts";
import { nativeProcessor } from "./explore/hardware/node.ts";
import { activateExtension } from "./extension.ts";
import { runInDebugConsole } from "./run-program.ts";

export function activate(context: vscode.ExtensionContext): void {
  const server = { module: context.asAbsolutePath("dist/server.js"), transport: TransportKind.ipc };
  const bundle = (name: string): string => context.asAbsolutePath(`dist/${name}.js`);
  activateExtension(context, {
    bundle,
    createLanguageClient: (options) =>
      new LanguageClient("interleave", "Interleave", { run: server, debug: server }, options),
    runProgram: (program) =>
      program.scheme === "file" ? runInTerminal(context, program) : runInDebugConsole(program),
    startBackground: (name) => startWorkerThread(bundle(name)),
    processor: nativeProcessor,
  });
}

/** Runs `interleave run FILE` with the Node that runs this extension, so that nothing needs to be installed. */
async function runInTerminal(context: vscode.ExtensionContext, program: vscode.Uri): Promise<void> {
  const name = "Interleave";
  // One terminal for all runs: the one of the last run goes, as nothing can be typed into it any more.
  for (const terminal of vscode.window.terminals) if (terminal.name === name) terminal.dispose();
  const terminal = vscode.window.createTerminal({
    name,
    shellPath: process.execPath,
    shellArgs: [context.asAbsolutePath("dist/cli.js"), "run", program.fsPath],
    env: { ELECTRON_RUN_AS_NODE: "1" },
    isTransient: true,
  });
  terminal.show(true);
}
