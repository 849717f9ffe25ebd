import type * as vscode from "vscode";
import { activateDebug } from "./debug/activate.ts";
import { recognizeLanguage } from "./language.ts";

/** The body of the extension, the same on the desktop and in the browser. */
export function activateExtension(context: vscode.ExtensionContext): void {
  context.subscriptions.push(...recognizeLanguage());
  activateDebug(context);
}
