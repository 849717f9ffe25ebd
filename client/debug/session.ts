import * as vscode from "vscode";
import { DEBUG_TYPE } from "./configuration.ts";

/** The debug session that commands and views are about. */
export function activeSession(): vscode.DebugSession | undefined {
  const session = vscode.debug.activeDebugSession;
  return session?.type === DEBUG_TYPE ? session : undefined;
}

/** DAP's id of the thread that a command is about: of the call stack's row that it was chosen on, otherwise of the focused thread. */
export function threadIdOf(argument: unknown): number {
  if (typeof argument === "number") return argument;
  if (typeof argument === "object" && argument !== null && "threadId" in argument) {
    const id = Number(argument.threadId);
    if (Number.isInteger(id)) return id;
  }
  // A row of the store buffers view.
  if (typeof argument === "object" && argument !== null && "thread" in argument)
    return Number(argument.thread) + 1;
  return vscode.debug.activeStackItem?.threadId ?? 1;
}

/** Sends one of the adapter's own requests. What cannot be done is told to the person and gives nothing. */
export async function ask<T>(request: string, args: object = {}): Promise<T | undefined> {
  const session = activeSession();
  if (!session) {
    void vscode.window.showInformationMessage("Start debugging a program first (F5).");
    return undefined;
  }
  try {
    return await session.customRequest(`interleave/${request}`, args);
  } catch (error) {
    void vscode.window.showInformationMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
