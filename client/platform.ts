import type * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { Processor } from "./explore/hardware/processor.ts";

/** What differs between the desktop and the browser. */
export interface Platform {
  /** A client whose server is not running yet. */
  createLanguageClient(options: LanguageClientOptions): BaseLanguageClient;
  /** Runs a program to its end and shows what it does. */
  runProgram(program: vscode.Uri): Thenable<unknown>;
  /** Path of `dist/<name>.js`, in the browser address of `dist/<name>.web.js`. */
  bundle(name: string): string;
  /** Starts a bundle in a thread of its own. */
  startBackground<In, Out>(name: string): Background<In, Out>;
  /** Runs tests on the real processor; there is none in the browser. */
  readonly processor?: Processor;
}

/** A bundle of ours that runs in a thread of its own. */
export interface Background<In, Out> {
  /** @param buffers are handed over instead of being copied */
  send(message: In, buffers?: ArrayBuffer[]): void;
  /** Ends it at once, whatever it does. */
  end(): void;
  /** Set by whoever started it. */
  onMessage: (message: Out) => void;
  /** It has died; why, in one sentence. Set by whoever started it. */
  onFailure: (why: string) => void;
}
