import * as vscode from "vscode";
import type { Question } from "../../core/explore/question.ts";
import type { SubjectOptions } from "../../core/explore/subject.ts";
import type { Model } from "../../core/machine/state.ts";

/** Languages of what can be explored. */
const LANGUAGES: readonly string[] = ["interleave-asm", "litmus"];

export const SELECTOR: vscode.DocumentSelector = LANGUAGES.map((language) => ({ language }));

export const canBeExplored = ({ languageId }: vscode.TextDocument): boolean => LANGUAGES.includes(languageId);

export const fileName = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf("/") + 1);

const MODELS: readonly Model[] = ["sc", "tso"];

/** What to ask about a text: its outcomes under both models, from its start. */
export const questionAbout = (
  uri: vscode.Uri,
  text: string,
  limits: Pick<Question, "bufferCapacity" | "maxStates" | "maxBytes">,
): Question => ({ text, ...subjectOptions(uri), models: MODELS, ...limits });

/** How a file's text is to be read. */
export const subjectOptions = (uri: vscode.Uri): SubjectOptions => ({ name: fileName(uri), values: {} });

/** The document that a command is about: the one that it was given, otherwise the active editor's. */
export async function documentOf(argument: unknown): Promise<vscode.TextDocument | undefined> {
  const uri = typeof argument === "string" ? vscode.Uri.parse(argument, true) : argument;
  if (uri instanceof vscode.Uri) return vscode.workspace.openTextDocument(uri);
  const active = vscode.window.activeTextEditor?.document;
  if (active && canBeExplored(active)) return active;
  void vscode.window.showInformationMessage("Open a program first: a `.s` or `.litmus` file.");
  return undefined;
}
