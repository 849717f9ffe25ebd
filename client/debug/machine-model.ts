import * as vscode from "vscode";
import type { MachineView } from "../../debugger/views/machine.ts";
import { activeSession } from "./session.ts";

/** The machine as it is now, for all views; asked for once a change, however many views show it. */
export interface MachineModel extends vscode.Disposable {
  readonly current: MachineView | undefined;
  /** The state that was shown before, so that views can mark what changed. */
  readonly previous: MachineView | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** A run sends many changes a second; views follow at once, but not more often than at this distance in milliseconds. */
const PACE = 40;

export function createMachineModel(): MachineModel {
  const changed = new vscode.EventEmitter<void>();
  let current: MachineView | undefined;
  let previous: MachineView | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refreshedAt = 0;

  const show = (next: MachineView | undefined): void => {
    const isNews = next === undefined || current?.index !== next.index || current.length !== next.length;
    if (isNews) previous = next && current;
    current = next;
    changed.fire();
  };

  const refresh = async (): Promise<void> => {
    timer = undefined;
    refreshedAt = Date.now();
    const session = activeSession();
    if (!session) return show(undefined);
    try {
      show(await session.customRequest("interleave/state"));
    } catch {
      show(undefined); // the program is not launched yet, or has ended
    }
  };

  const schedule = (): void => {
    timer ??= setTimeout(refresh, Math.max(0, refreshedAt + PACE - Date.now()));
  };

  const listeners = [
    vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event }) => {
      if (session === activeSession() && event === "interleave/changed") schedule();
    }),
    vscode.debug.onDidChangeActiveDebugSession(schedule),
    vscode.debug.onDidTerminateDebugSession(schedule),
    vscode.debug.onDidChangeActiveStackItem(schedule),
  ];

  return {
    get current() {
      return current;
    },
    get previous() {
      return previous;
    },
    onDidChange: changed.event,
    dispose() {
      clearTimeout(timer);
      for (const listener of [...listeners, changed]) listener.dispose();
    },
  };
}
