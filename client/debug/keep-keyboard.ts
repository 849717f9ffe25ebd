import * as vscode from "vscode";
import { DEBUG_TYPE } from "./configuration.ts";

/** So long after a stop, in milliseconds, the editor may take the keyboard. */
const EDITOR_FOCUS = 500;

/**
 * Takes the keyboard back when the editor takes it, as it does at every stop.
 * @param moved settles when the program has moved; soon after that the editor may have the keyboard
 */
export async function keepKeyboard(takeBack: () => unknown, moved?: Promise<unknown>): Promise<void> {
  const listener = vscode.debug.onDidChangeActiveStackItem(takeBack);
  await moved;
  setTimeout(() => listener.dispose(), EDITOR_FOCUS);
}

/** Lets a person who moves threads by commands in the debug console go on typing there, and not into the program. */
export const keepConsole = (): vscode.Disposable =>
  vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
    createDebugAdapterTracker() {
      let isTyped = false;
      return {
        onWillReceiveMessage({ command, arguments: args }) {
          isTyped = command === "evaluate" && args?.context === "repl";
        },
        onDidSendMessage({ type, event }) {
          if (isTyped && type === "event" && event === "stopped")
            void keepKeyboard(() => vscode.commands.executeCommand("workbench.debug.action.focusRepl"));
        },
      };
    },
  });
