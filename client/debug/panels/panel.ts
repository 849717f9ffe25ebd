import * as vscode from "vscode";
import type { FromPanel, ToPanel } from "../../webview/messages.ts";

/** A panel with a page of our own; at most one of each kind is open. */
export interface Panel {
  send(message: ToPanel): void;
}

export interface PanelKind {
  /** Also the name of its bundle in dist/. */
  readonly name: string;
  readonly title: string;
  receive(message: FromPanel, panel: Panel): void;
  /** The page is gone. */
  closed(): void;
}

/** Makes the function that opens a panel beside the editor, or shows it if it is open. */
export function panelOpener({ extensionUri }: vscode.ExtensionContext, kind: PanelKind): () => void {
  let open: vscode.WebviewPanel | undefined;
  const dist = vscode.Uri.joinPath(extensionUri, "dist");
  return () => {
    if (open) return open.reveal(undefined, true);
    const made = vscode.window.createWebviewPanel(
      `interleave.${kind.name}`,
      kind.title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [dist], retainContextWhenHidden: true },
    );
    open = made;
    const panel: Panel = { send: (message) => void made.webview.postMessage(message) };
    made.webview.onDidReceiveMessage((message: FromPanel) => kind.receive(message, panel));
    made.onDidDispose(() => {
      open = undefined;
      kind.closed();
    });
    made.webview.html = page(made.webview, dist, kind);
  };
}

/** The page loads nothing but its own two files and runs no other script. */
function page(webview: vscode.Webview, dist: vscode.Uri, { name, title }: PanelKind): string {
  const uri = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource};`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<link rel="stylesheet" href="${uri(`${name}.css`)}">
</head>
<body>
<div id="root"></div>
<script type="module" src="${uri(`${name}.js`)}"></script>
</body>
</html>`;
}
