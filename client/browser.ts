import type * as vscode from "vscode";
import { activateExtension } from "./extension.ts";

export function activate(context: vscode.ExtensionContext): void {
  activateExtension(context);
}
