import { KIND } from "../threads/local-machine.ts";
import type { Automaton } from "./automaton.ts";

/** The steps that an exploration takes from one state; one object is used again and again. */
export interface Moves {
  count: number;
  /** Whether some thread has met a fault. */
  faulted: boolean;
  /** Per move: the thread (as the state orders them), its step in the automaton, the memory after it, and whether it is a drain. */
  readonly thread: Int32Array;
  readonly step: Int32Array;
  readonly memory: Int32Array;
  readonly drain: Uint8Array;
}

export const createMoves = (threads: number): Moves => ({
  count: 0,
  faulted: false,
  thread: new Int32Array(2 * threads),
  step: new Int32Array(2 * threads),
  memory: new Int32Array(2 * threads),
  drain: new Uint8Array(2 * threads),
});

/**
 * Chooses the steps to take from a state, given as its fields: local states by thread, then the memory. It must choose all steps that
 * are possible, or a subset that loses nothing the exploration is about; none only where none is possible.
 */
export type Selector = (automaton: Automaton, fields: Int32Array, moves: Moves) => void;

/** Chooses everything: each thread's execution before its drain, threads in order. */
export const selectAll: Selector = (automaton, fields, moves) => {
  const threads = fields.length - 1;
  const memory = fields[threads]!;
  clear(moves);
  for (let t = 0; t < threads; t++) {
    const local = fields[t]!;
    const kind = automaton.kind[local]!;
    if (kind >= KIND.LOCAL) add(automaton, moves, t, memory, automaton.execution(local, memory), 0);
    else if (kind === KIND.FAULTED) moves.faulted = true;
    if (automaton.oldest[local]! >= 0) add(automaton, moves, t, memory, automaton.drain(local), 1);
  }
};

export function clear(moves: Moves): void {
  moves.count = 0;
  moves.faulted = false;
}

/** Adds a thread's step. @param drain 1 for a drain, 0 for an execution */
export function add(
  automaton: Automaton,
  moves: Moves,
  thread: number,
  memory: number,
  step: number,
  drain: 0 | 1,
): void {
  const at = moves.count++;
  moves.thread[at] = thread;
  moves.step[at] = step;
  moves.memory[at] = automaton.memoryAfter(memory, step);
  moves.drain[at] = drain;
}
