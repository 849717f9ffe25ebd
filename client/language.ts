import * as vscode from "vscode";
import { isUnmistakable, looksLikeDialect } from "../core/asm/looks-like.ts";
import { looksLikeLitmus } from "../core/litmus/looks-like.ts";

const PROGRAM = "interleave-asm";
const ASSEMBLY_FILE = /\.(s|asm)$/i;

/** The language of ours in which a document seems to be written. */
function languageOf(document: vscode.TextDocument): string | undefined {
  const { uri, isUntitled, languageId } = document;
  if (isUntitled ? languageId !== "plaintext" : !ASSEMBLY_FILE.test(uri.path)) return undefined;
  if (languageId === PROGRAM) return PROGRAM;
  const text = document.getText();
  if (!isUntitled) return looksLikeDialect(text) ? PROGRAM : undefined;
  if (looksLikeLitmus(text)) return "litmus";
  return isUnmistakable(text) ? PROGRAM : undefined;
}

/** Whether VS Code is to find out the languages of new documents; it does not know ours. */
const detectsLanguages = (document: vscode.TextDocument): boolean =>
  vscode.workspace.getConfiguration("workbench.editor", document).get("languageDetection") !== false;

/**
 * Gives `.s` and `.asm` files that are written in the dialect, and new documents that are beyond doubt ours, their language. The
 * extension does not claim these file names in its manifest: other assemblers use them, too. A document is recognised once while it is
 * open; the language that a person chooses for it afterwards stays.
 */
export function recognizeLanguage(): vscode.Disposable[] {
  const recognized = new Set<string>();
  const consider = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    if (recognized.has(key)) return;
    const language = languageOf(document);
    if (language === undefined) return;
    recognized.add(key);
    if (document.languageId !== language) void vscode.languages.setTextDocumentLanguage(document, language);
  };
  vscode.workspace.textDocuments.forEach(consider);
  return [
    vscode.workspace.onDidOpenTextDocument(consider),
    // Saving counts, too: a new file is empty when it is opened.
    vscode.workspace.onDidSaveTextDocument(consider),
    // A new document is one before anything is written: it is looked at whenever a line is finished.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const isLine = contentChanges.some(({ text }) => /[\r\n]/.test(text));
      if (document.isUntitled && isLine && detectsLanguages(document)) consider(document);
    }),
    // A change of language is told as closing and opening, too, but then the document is not closed.
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.isClosed) recognized.delete(document.uri.toString());
    }),
  ];
}
