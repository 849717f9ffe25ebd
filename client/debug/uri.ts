import * as vscode from "vscode";

/** How launch configurations and DAP name a file: by its path where it is on a disk, otherwise (vscode.dev, Codespaces in a browser) by its URI. */
export const nameOf = (uri: vscode.Uri): string => (uri.scheme === "file" ? uri.fsPath : uri.toString());

/** The file behind such a name. A scheme has at least two letters: `C:` is a drive. */
export const uriOf = (name: string): vscode.Uri =>
  /^[A-Za-z][\w+.-]+:/.test(name) ? vscode.Uri.parse(name, true) : vscode.Uri.file(name);
