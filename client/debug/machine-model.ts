import * as vscode from "vscode";
import type { View } from "../../debugger/session.ts";
import { type MachineView, machineView } from "../../debugger/views/machine.ts";
import type { Adapters } from "./adapters.ts";
import { paced } from "./paced.ts";
import type { Precedence } from "./precedence.ts";
import { activeSession } from "./session.ts";

/** The machine as it is now, for all views; looked at once a change, however many views show it. */
export interface MachineModel extends vscode.Disposable {
  readonly current: MachineView | undefined;
  /** The machine at the stop before, so that views can mark what changed. */
  readonly previous: MachineView | undefined;
  /** The machine is another one; who shows it may take precedence. */
  readonly onWillShow: vscode.Event<void>;
  /** The machine is another one, and those with precedence have shown it. */
  readonly onDidChange: vscode.Event<void>;
  /** What else a view shows of the same session. */
  look<T>(view: View<T>): T | undefined;
}

/** Views follow every stop at once, but not more often than at this distance in milliseconds. */
const PACE = 40;

/** The same while a program runs. It changes all the time, and an editor that has to draw all of it would hear of Pause late. */
const RUNNING_PACE = 250;

export function createMachineModel(adapters: Adapters, { follow }: Precedence): MachineModel {
  const looked = new vscode.EventEmitter<void>();
  const changed = new vscode.EventEmitter<void>();
  let session: vscode.DebugSession | undefined;
  let current: MachineView | undefined;
  let previous: MachineView | undefined;
  /** What was shown when everything stood still the last time. */
  let stopped: MachineView | undefined;

  const look = <T>(view: View<T>): T | undefined => session && adapters.look(session, view);

  const show = paced(() => {
    if (session !== activeSession()) stopped = undefined;
    session = activeSession();
    current = look(machineView);
    if (!current || !stopped || !isSameMoment(current, stopped)) previous = current && stopped;
    if (!current?.isRunning) stopped = current;
    looked.fire();
    follow(() => changed.fire());
  });
  const showStop = (): void => show(PACE);

  const listeners = [
    adapters.onDidChange((moved) => {
      if (moved === activeSession()) show(adapters.look(moved, isRunning) ? RUNNING_PACE : PACE);
    }),
    vscode.debug.onDidChangeActiveDebugSession(showStop),
    vscode.debug.onDidTerminateDebugSession(showStop),
  ];

  return {
    get current() {
      return current;
    },
    get previous() {
      return previous;
    },
    onWillShow: looked.event,
    onDidChange: changed.event,
    look,
    dispose() {
      for (const one of [show, looked, changed, ...listeners]) one.dispose();
    },
  };
}

const isRunning: View<boolean> = ({ motion }) => motion !== undefined;

const isSameMoment = (a: MachineView, b: MachineView): boolean =>
  a.index === b.index && a.length === b.length && a.forks === b.forks;
