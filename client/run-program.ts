import * as vscode from "vscode";
import { nameOf } from "./debug/uri.ts";
import { fileName } from "./explore/documents.ts";
import type { Platform } from "./platform.ts";

/** The commands `interleave.run` and `interleave.debug`: for the program of a code lens, or that of the active editor. */
export const registerRun = (platform: Platform): vscode.Disposable[] => [
  vscode.commands.registerCommand("interleave.run", (program?: unknown) =>
    withSaved(program, platform.runProgram),
  ),
  vscode.commands.registerCommand("interleave.debug", (program?: unknown) =>
    withSaved(program, (uri) => startDebugging(uri)),
  ),
];

/** Runs a program in the debugger without stopping; its console shows what happens. */
export const runInDebugConsole = (program: vscode.Uri): Thenable<boolean> =>
  startDebugging(program, { noDebug: true });

const startDebugging = (program: vscode.Uri, options: vscode.DebugSessionOptions = {}): Thenable<boolean> =>
  vscode.debug.startDebugging(
    vscode.workspace.getWorkspaceFolder(program),
    { type: "interleave", name: fileName(program), request: "launch", program: nameOf(program) },
    options,
  );

/** Does something with a program as it stands in the editor. A code lens gives its address as text, a menu as a URI. */
async function withSaved(program: unknown, use: (program: vscode.Uri) => Thenable<unknown>): Promise<void> {
  const uri =
    typeof program === "string"
      ? vscode.Uri.parse(program)
      : program instanceof vscode.Uri
        ? program
        : vscode.window.activeTextEditor?.document.uri;
  if (!uri) {
    void vscode.window.showInformationMessage("Open a program first: a `.s` or `.litmus` file.");
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  if (!document.isDirty || (await document.save())) await use(document.uri);
}
