import * as vscode from "vscode";
import { nameOf } from "./uri.ts";

/** Languages whose files can be debugged. */
export const LANGUAGES = ["interleave-asm", "litmus"];
const PROGRAM_FILE = /\.(s|asm|litmus)$/i;
const PROGRAM_GLOB = "**/*.{s,asm,litmus}";

/** Files of the workspace that a person is asked about; with more a list is no help. */
const MOST_FILES = 200;

const isProgram = ({ languageId, uri }: vscode.TextDocument): boolean =>
  LANGUAGES.includes(languageId) || PROGRAM_FILE.test(uri.path);

/**
 * The program that a person means who just presses F5: the open one, else one that can be seen, else one of the workspace; asks where several are
 * as near. Tells where there is none.
 * @returns its name for launch configurations, or nothing if there is none or the person does not want to say
 */
export async function chooseProgram(): Promise<string | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active && isProgram(active)) return nameOf(active.uri);
  const visible = vscode.window.visibleTextEditors.map((editor) => editor.document).filter(isProgram);
  const names = [...new Set(visible.map(({ uri }) => nameOf(uri)))];
  if (names.length > 0) return pick(names);
  const found = await vscode.workspace.findFiles(PROGRAM_GLOB, undefined, MOST_FILES);
  if (found.length > 0) return pick(found.map(nameOf));
  void vscode.window.showErrorMessage("Open the `.s` file that you want to debug, then press F5 again.");
  return undefined;
}

async function pick(names: readonly string[]): Promise<string | undefined> {
  if (names.length === 1) return names[0];
  const items = names.map((name) => ({ label: vscode.workspace.asRelativePath(name), name })).sort(byLabel);
  const picked = await vscode.window.showQuickPick(items, { placeHolder: "Which program?" });
  return picked?.name;
}

const byLabel = (a: { label: string }, b: { label: string }): number => a.label.localeCompare(b.label);
