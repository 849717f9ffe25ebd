import * as vscode from "vscode";
import { DEBUG_TYPE } from "./configuration.ts";

/** So long after a stop, in milliseconds, the editor may take the keyboard: it does so when it has asked for all that a stop shows, and may be busy. */
const EDITOR_FOCUS = 1000;

/**
 * Takes the keyboard back when the editor takes it, as it does at every stop.
 * @param moved settles when the program has moved; soon after that the editor may have the keyboard
 */
export async function keepKeyboard(takeBack: () => unknown, moved?: Promise<unknown>): Promise<void> {
  const listener = vscode.debug.onDidChangeActiveStackItem(takeBack);
  await moved;
  setTimeout(() => listener.dispose(), EDITOR_FOCUS);
}

/** Requests that move the program; what else the editor asks for, it asks for by itself. */
const MOVES = /^(next|step|continue|reverseContinue|goto|pause|restart|interleave\/)/;

/** Lets a person who moves threads by commands in the debug console go on typing there, and not into the program. */
export const keepConsole = (): vscode.Disposable =>
  vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
    createDebugAdapterTracker() {
      let isTyped = false;
      return {
        onWillReceiveMessage({ command, arguments: args }) {
          if (command === "evaluate" && args?.context === "repl") isTyped = true;
          else if (MOVES.test(command)) isTyped = false;
        },
        onDidSendMessage({ type, event }) {
          if (isTyped && type === "event" && event === "stopped")
            void keepKeyboard(() => vscode.commands.executeCommand("workbench.debug.action.focusRepl"));
        },
      };
    },
  });
