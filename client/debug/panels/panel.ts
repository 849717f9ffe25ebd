import * as vscode from "vscode";
import { pageHtml, pagesFolder } from "../../page/page.ts";
import type { FromPanel, ToPanel } from "../../webview/messages.ts";
import { keepKeyboard } from "../keep-keyboard.ts";

/** A panel with a page of our own; at most one of each kind is open. */
export interface Panel {
  send(message: ToPanel): void;
  /** Does something that stops the program somewhere else, and keeps the keyboard in the page: the editor takes it at every stop. */
  move(act: () => Promise<unknown>): Promise<void>;
}

export interface PanelKind {
  /** Also the name of its bundle in dist/. */
  readonly name: string;
  readonly title: string;
  receive(message: FromPanel, panel: Panel): void;
  /** The page is gone. */
  closed(): void;
}

/** Where another of our panels is, so that no third column takes the room of two; otherwise beside the editor. */
const panelColumn = (): vscode.ViewColumn =>
  vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(
      ({ input }) => input instanceof vscode.TabInputWebview && /\binterleave\./.test(input.viewType),
    ),
  )?.viewColumn ?? vscode.ViewColumn.Beside;

/** Makes the function that opens a panel beside the editor, or shows it if it is open. */
export function panelOpener({ extensionUri }: vscode.ExtensionContext, kind: PanelKind): () => void {
  let open: vscode.WebviewPanel | undefined;
  return () => {
    if (open) return open.reveal(undefined, true);
    const made = vscode.window.createWebviewPanel(
      `interleave.${kind.name}`,
      kind.title,
      { viewColumn: panelColumn(), preserveFocus: true },
      { enableScripts: true, localResourceRoots: [pagesFolder(extensionUri)], retainContextWhenHidden: true },
    );
    open = made;
    const panel: Panel = {
      send: (message) => void made.webview.postMessage(message),
      move: (act) => keepKeyboard(() => made.reveal(), act()),
    };
    made.webview.onDidReceiveMessage((message: FromPanel) => kind.receive(message, panel));
    made.onDidDispose(() => {
      open = undefined;
      kind.closed();
    });
    made.webview.html = pageHtml(made.webview, extensionUri, kind);
  };
}
