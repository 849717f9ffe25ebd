import * as vscode from "vscode";
import { equal } from "./check.ts";
import { openText } from "./document.ts";

const PROGRAM = ".var x\n.main\nmov $1, x\nhalt\n";

/** Starts debugging without saying what, and ends it again. @returns the name of the program that was chosen */
async function debugged(): Promise<string> {
  const started = new Promise<vscode.DebugSession>((resolve) => {
    const listener = vscode.debug.onDidStartDebugSession((session) => {
      listener.dispose();
      resolve(session);
    });
  });
  let isStarted = false;
  void started.then(() => {
    isStarted = true;
  });
  void vscode.debug.startDebugging(undefined, { type: "interleave", request: "launch", name: "test" });
  // Takes the first of a list, if one comes.
  while (!isStarted) {
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await new Promise((r) => setTimeout(r, 50));
  }
  const session = await started;
  await vscode.debug.stopDebugging(session);
  return String(session.configuration["program"]).replace(/^.*[\\/]/, "");
}

const show = (document: vscode.TextDocument, column: vscode.ViewColumn) =>
  vscode.window.showTextDocument(document, column);

describe("Debugging without a configuration, with a text in front that is no program,", () => {
  it("takes the program that can be seen, and asks where there are several", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const program = await openText("seen.s", PROGRAM);
    const notes = await vscode.workspace.openTextDocument({ language: "plaintext", content: "" });
    await show(program, vscode.ViewColumn.One);
    await show(notes, vscode.ViewColumn.Two);
    equal(await debugged(), "seen.s");
    await show(await openText("before.s", PROGRAM), vscode.ViewColumn.Three);
    await show(notes, vscode.ViewColumn.Two);
    equal(await debugged(), "before.s");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
});
