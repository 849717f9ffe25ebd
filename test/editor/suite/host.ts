import * as vscode from "vscode";
import { createExplorer, type Explorer } from "../../../client/explore/explorer.ts";
import type { Background } from "../../../client/platform.ts";

/** What differs between the hosts in which the tests run. */
interface Host {
  /** As in `Platform`, for a file of `dist`. */
  startBackground<In, Out>(bundle: vscode.Uri): Background<In, Out>;
  /** How the file of a bundle ends. */
  readonly ending: ".js" | ".web.js";
}

let host: Host | undefined;

/** To be called before tests run. */
export function runIn(current: Host): void {
  host = current;
}

/** An explorer as the extension has it here, with the bundles that were built. */
export function explorerHere(): Explorer {
  const { startBackground, ending } = host!;
  const { extensionUri } = vscode.extensions.getExtension("interleave.interleave")!;
  const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, `dist/${name}${ending}`);
  return createExplorer({
    startBackground: (name) => startBackground(uriOf(name)),
    bundle: (name) => (ending === ".js" ? uriOf(name).fsPath : uriOf(name).toString(true)),
  });
}
