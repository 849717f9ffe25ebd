import * as vscode from "vscode";
import { looksLikeDialect } from "../core/asm/looks-like.ts";

const LANGUAGE = "interleave-asm";
const ASSEMBLY_FILE = /\.(s|asm)$/i;

const mayBeOurs = ({ uri, isUntitled, languageId }: vscode.TextDocument): boolean =>
  isUntitled ? languageId === "plaintext" : ASSEMBLY_FILE.test(uri.path);

/**
 * Gives `.s` and `.asm` files, and new documents, that are written in the dialect its language. The extension does not claim these file
 * names in its manifest: other assemblers use them, too. A document is recognised once while it is open; the language that a person
 * chooses for it afterwards stays. (A litmus test without a name VS Code knows by its first line.)
 */
export function recognizeLanguage(): vscode.Disposable[] {
  const recognized = new Set<string>();
  const consider = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    if (recognized.has(key) || !mayBeOurs(document)) return;
    if (document.languageId !== LANGUAGE && !looksLikeDialect(document.getText())) return;
    recognized.add(key);
    if (document.languageId !== LANGUAGE) void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  };
  vscode.workspace.textDocuments.forEach(consider);
  // Saving counts, too: a new file is empty when it is opened.
  return [
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidSaveTextDocument(consider),
    // A change of language is told as closing and opening, too, but then the document is not closed.
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.isClosed) recognized.delete(document.uri.toString());
    }),
  ];
}
