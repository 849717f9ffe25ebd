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
    // There are no tasks in a workspace that is not trusted.
    runProgram: (program) =>
      program.scheme === "file" && vscode.workspace.isTrusted
        ? runInTask(context, program)
        : runInDebugConsole(program),
    startBackground: (name) => startWorkerThread(bundle(name)),
    processor: nativeProcessor,
  });
}

/**
 * Runs `interleave run FILE` with the Node that runs this extension, so that nothing needs to be installed. It is a task, because the terminal of a task
 * stays when its process has ended, for people to read.
 */
async function runInTask(context: vscode.ExtensionContext, program: vscode.Uri): Promise<void> {
  const task = new vscode.Task(
    { type: "interleave", program: program.fsPath },
    vscode.workspace.getWorkspaceFolder(program) ?? vscode.TaskScope.Workspace,
    "Run",
    "Interleave",
    new vscode.ProcessExecution(
      process.execPath,
      [context.asAbsolutePath("dist/cli.js"), "run", program.fsPath],
      { env: { ELECTRON_RUN_AS_NODE: "1" } },
    ),
  );
  task.presentationOptions = { echo: false, clear: true, showReuseMessage: false };
  await vscode.tasks.executeTask(task);
}
