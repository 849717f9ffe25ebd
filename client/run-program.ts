import * as vscode from "vscode";
import { nameOf } from "./debug/uri.ts";
import type { Platform } from "./platform.ts";

/** The command `interleave.run`: runs the program of a code lens or of the active editor, as it stands in the editor. */
export const registerRun = (platform: Platform): vscode.Disposable =>
  vscode.commands.registerCommand("interleave.run", async (program?: string | vscode.Uri) => {
    const uri =
      typeof program === "string"
        ? vscode.Uri.parse(program)
        : (program ?? vscode.window.activeTextEditor?.document.uri);
    if (!uri) {
      void vscode.window.showInformationMessage("Open a program first: a `.s` or `.litmus` file.");
      return;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    if (!document.isDirty || (await document.save())) await platform.runProgram(document.uri);
  });

/** Runs a program in the debugger without stopping; its console shows what happens. */
export const runInDebugConsole = (program: vscode.Uri): Thenable<boolean> =>
  vscode.debug.startDebugging(
    undefined,
    { type: "interleave", name: "Run", request: "launch", program: nameOf(program) },
    { noDebug: true },
  );
