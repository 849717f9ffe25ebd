import * as vscode from "vscode";
import { type Html, html } from "./html.ts";

export interface PageOptions {
  /** Of its bundle in dist/: a script, and the style sheet beside it. */
  readonly name: string;
  readonly title: string;
  /** What stands in the page before its script runs. */
  readonly content?: Html;
  /** Whether its script brings WebAssembly. */
  readonly webAssembly?: boolean;
}

/** Where pages load from; what `localResourceRoots` of their webview must have. */
export const pagesFolder = (extensionUri: vscode.Uri): vscode.Uri =>
  vscode.Uri.joinPath(extensionUri, "dist");

/** A webview's document. It loads nothing but its own script and style sheet, and runs no other script. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, options: PageOptions): string {
  const { name, title, content, webAssembly } = options;
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(pagesFolder(extensionUri), file)).toString();
  const scripts = `${webview.cspSource}${webAssembly ? " 'wasm-unsafe-eval'" : ""}`;
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${scripts};`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<link rel="stylesheet" href="${address(`${name}.css`)}">
</head>
<body>
<div id="root">${content}</div>
<script type="module" src="${address(`${name}.js`)}"></script>
</body>
</html>`.text;
}
