import * as vscode from "vscode";
import { ask, threadIdOf } from "./session.ts";

/** Commands by their name behind `interleave.`. */
type Commands = Readonly<Record<string, (argument?: unknown) => unknown>>;

export const debugCommands: Commands = {
  drain: (thread) => ask("drain", { threadId: threadIdOf(thread) }),
  drainAll: (thread) => ask("drain", { threadId: threadIdOf(thread), count: "all" }),
  runThread: (thread) => ask("runThread", { threadId: threadIdOf(thread) }),
};

export const registerCommands = (commands: Commands): vscode.Disposable[] =>
  Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`interleave.${name}`, run));
