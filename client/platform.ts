import type * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";

/** What differs between the desktop and the browser. */
export interface Platform {
  /** A client whose server is not running yet. */
  createLanguageClient(options: LanguageClientOptions): BaseLanguageClient;
  /** Runs a program to its end and shows what it does. */
  runProgram(program: vscode.Uri): Thenable<unknown>;
}
