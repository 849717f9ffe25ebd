import type { State } from "../../machine/state.ts";
import { entries } from "../../machine/store-buffer.ts";
import type { Reduction } from "../reduction/reduction.ts";
import { allRegisters, flagsBit, type RegisterSet } from "./data-flow.ts";
import { liveRegisters } from "./liveness.ts";

/** Threads that cannot be told apart at the start: they share their local states. */
export interface ThreadClass {
  readonly threads: readonly number[];
  /** Registers whose final values are asked for. */
  readonly observed: RegisterSet;
  /** Registers whose values are asked for in every state. */
  readonly watched: RegisterSet;
  /** Per operation index: the registers that must be kept there. */
  readonly live: Uint32Array;
  /** Per operation index: 1 if the operation may change what is asked about every state, and so must be a step of its own. */
  readonly visible: Uint8Array;
}

/** What is asked about one thread. */
export interface ThreadObservation {
  /** Registers whose final values are asked for. */
  readonly final: RegisterSet;
  /** Registers whose values are asked for in every state. */
  readonly always: RegisterSet;
  /** Operation indices that must be steps of their own. */
  readonly visible: Uint8Array;
}

/** Divides the threads of a state into classes. Without symmetry only the numbering of local states is shared, never the order of threads. */
export function classify(
  start: State,
  observations: readonly ThreadObservation[],
  { dead }: Reduction,
): ThreadClass[] {
  const classes = new Map<string, { threads: number[]; value: Omit<ThreadClass, "threads"> }>();
  for (let t = 0; t < start.threadCount; t++) {
    const { final, always, visible } = observations[t]!;
    const live = dead
      ? liveRegisters(start.program, final).map((set) => set | always)
      : new Uint32Array(start.program.code.length + 2).fill(allRegisters(start.program));
    const key = [
      final,
      always,
      visible.join(""),
      start.halted[t],
      start.pc[t],
      localValues(start, t, live[start.pc[t]!]!),
      entries(start.buffers[t]!).map((e) => `${e.address}=${e.value}`),
    ].join(";");
    const known = classes.get(key);
    if (known) known.threads.push(t);
    else classes.set(key, { threads: [t], value: { observed: final, watched: always, live, visible } });
  }
  return [...classes.values()].map(({ threads, value }) => ({ threads, ...value }));
}

function localValues(state: State, thread: number, live: RegisterSet): string {
  const { registers } = state.program;
  const kept = registers.map((_, r) =>
    live & (1 << r) ? state.registers[thread * registers.length + r]! : 0,
  );
  return `${kept.join()}/${live & flagsBit(state.program) ? state.flags[thread] : 0}`;
}
