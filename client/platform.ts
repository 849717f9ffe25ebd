import type * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { Processor } from "./explore/hardware/processor.ts";

/** What differs between the desktop and the browser. */
export interface Platform {
  /** A client whose server is not running yet. */
  createLanguageClient(options: LanguageClientOptions): BaseLanguageClient;
  /** Runs a program to its end and shows what it does. */
  runProgram(program: vscode.Uri): Thenable<unknown>;
  /** Starts `dist/<name>.js`, in the browser `dist/<name>.web.js`, in a thread of its own. */
  startBackground<In, Out>(name: string): Background<In, Out>;
  /** Runs tests on the real processor; there is none in the browser. */
  readonly processor?: Processor;
}

/** A bundle of ours that runs in a thread of its own. */
export interface Background<In, Out> {
  send(message: In): void;
  /** Ends it at once, whatever it does. */
  end(): void;
  /** Set by whoever started it. */
  onMessage: (message: Out) => void;
  /** It has died; why, in one sentence. Set by whoever started it. */
  onFailure: (why: string) => void;
}
