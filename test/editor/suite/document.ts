import * as vscode from "vscode";
import { equal } from "./check.ts";

/** Opens a new file of the workspace in an editor, in the language that its name has. */
export async function openText(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const language = name.endsWith(".litmus") ? "litmus" : "interleave-asm";
  return vscode.languages.setTextDocumentLanguage(document, language);
}

/** Waits until the extension host gives the answer that is expected, or five seconds. */
export async function settled<T>(ask: () => T | PromiseLike<T>, expected: T): Promise<void> {
  const wanted = JSON.stringify(expected);
  let last = await ask();
  for (let waited = 0; JSON.stringify(last) !== wanted && waited < 5000; waited += 50) {
    await new Promise((r) => setTimeout(r, 50));
    last = await ask();
  }
  equal(JSON.stringify(last), wanted);
}

/** The codes of our diagnostics. */
export const codes = (uri: vscode.Uri) =>
  vscode.languages
    .getDiagnostics(uri)
    .filter((d) => d.source === "interleave")
    .map((d) => (typeof d.code === "object" ? d.code.value : d.code));

/** Replaces the first occurrence of a text. */
export async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  edit.replace(document.uri, range, to);
  await vscode.workspace.applyEdit(edit);
}

export const positionOf = (document: vscode.TextDocument, text: string, offset = 0) =>
  document.positionAt(document.getText().indexOf(text) + offset);
