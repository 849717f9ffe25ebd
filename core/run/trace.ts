import { type Burst, createBurst, drain, execute } from "../machine/execute.ts";
import type { Fault } from "../machine/fault.ts";
import { writeCell } from "../machine/memory.ts";
import { restoreState, type Snapshot, type State, saveState, setRegister } from "../machine/state.ts";
import { step, type Transition } from "../machine/transition.ts";
import { append, appendAll, createLog, forEachStretch, type ScheduleLog, wordOf } from "../schedule/log.ts";
import { type Branches, createBranches, leaveFuture, swapBranch, type Tail, wayTo } from "./branches.ts";

/** A change that a person made by hand. It is an event of the trace, so that going back undoes it and a recording repeats it. */
export type Edit =
  | { readonly kind: "register"; readonly thread: number; readonly register: number; readonly value: number }
  | { readonly kind: "flags"; readonly thread: number; readonly value: number }
  | { readonly kind: "pc"; readonly thread: number; readonly value: number }
  | { readonly kind: "memory"; readonly address: number; readonly value: number };

/** The word that stands for an edit in a log; no thread has it, see `MOST_THREADS`. */
export const EDIT_WORD = 0xffff;

/** Events between two checkpoints: going to any index executes fewer than these again. */
export const CHECKPOINT_DISTANCE = 1 << 15;

/**
 * A run with its whole history: the events (transitions and edits) since the start, and the state at `index`, which can be moved in both
 * directions. Memory: two bytes an event and a snapshot of what was written every 32,768.
 */
export interface Trace {
  /** The state at `index`; changed in place, only by the functions of this file. */
  readonly state: State;
  /** Number of events between the start and `state`. */
  index: number;
  readonly log: ScheduleLog;
  /** By the index of their event. */
  readonly edits: Map<number, Edit>;
  /** Checkpoint k is the state at event k × CHECKPOINT_DISTANCE. */
  readonly checkpoints: Snapshot[];
  /** Other ways that were gone. */
  readonly branches: Branches;
  readonly burst: Burst;
}

/** A trace that begins in a state, which is the trace's own from now on. */
export const createTrace = (state: State): Trace => ({
  state,
  index: 0,
  log: createLog(),
  edits: new Map(),
  checkpoints: [saveState(state)],
  branches: createBranches(),
  burst: createBurst(),
});

/** Takes a transition. If the trace was moved back before, what came after becomes a branch of its own. */
export function take(trace: Trace, transition: Transition): Fault | "disabled" | undefined {
  const refused = step(trace.state, transition, trace.burst);
  if (!refused) push(trace, wordOf(transition.thread, transition.kind));
  return refused;
}

/** Changes the state by hand. If the trace was moved back before, what came after becomes a branch of its own. */
export function edit(trace: Trace, change: Edit): void {
  applyEdit(trace.state, change);
  push(trace, EDIT_WORD);
  trace.edits.set(trace.index - 1, change);
}

/** Goes to the state after the first `index` events, 0 ≤ index ≤ length; forwards or backwards. */
export function goTo(trace: Trace, index: number): void {
  if (index < 0 || index > trace.log.length)
    throw new RangeError(`no event ${index} in a trace of ${trace.log.length}`);
  const checkpoint = Math.floor(index / CHECKPOINT_DISTANCE);
  if (index < trace.index || checkpoint > Math.floor(trace.index / CHECKPOINT_DISTANCE)) {
    restoreState(trace.state, trace.checkpoints[checkpoint]!);
    trace.index = checkpoint * CHECKPOINT_DISTANCE;
  }
  forEachStretch(trace.log, trace.index, index, (word, count) => {
    repeat(trace, word, count);
    trace.index += count;
  });
}

/**
 * Returns to a branch, at its end; the present one is kept in its place.
 * @returns the index from which on the events are others now, or nothing if no such branch is kept
 */
export function returnTo(trace: Trace, id: number): number | undefined {
  const way = wayTo(trace.branches, id);
  if (way.length === 0) return undefined;
  const first = Math.min(...way.map((branch) => branch.fork));
  goTo(trace, Math.min(first, trace.index));
  for (const branch of way) {
    const { tail, fork } = branch;
    swapBranch(trace.branches, branch, cut(trace, fork));
    appendAll(trace.log, tail.words);
    trace.checkpoints.push(...tail.checkpoints);
    for (const [index, change] of tail.edits) trace.edits.set(index, change);
  }
  goTo(trace, trace.log.length);
  return first;
}

/** Looks at the state behind the next recorded event and comes back, without going through what led here again. */
export function peek<T>(trace: Trace, look: () => T): T {
  const { index } = trace;
  const here = saveState(trace.state);
  goTo(trace, index + 1);
  const seen = look();
  restoreState(trace.state, here);
  trace.index = index;
  return seen;
}

function push(trace: Trace, word: number): void {
  if (trace.index < trace.log.length) leaveFuture(trace.branches, trace.index, cut(trace, trace.index));
  append(trace.log, word);
  trace.index++;
  if (trace.index % CHECKPOINT_DISTANCE === 0) trace.checkpoints.push(saveState(trace.state));
}

/** Takes what was recorded from an index on out of the trace, whose state must not be behind it. */
function cut({ log, edits, checkpoints }: Trace, index: number): Tail {
  const later = [...edits].filter(([at]) => at >= index);
  for (const [at] of later) edits.delete(at);
  const words = log.words.slice(index, log.length);
  log.length = index;
  return {
    words,
    edits: later,
    checkpoints: checkpoints.splice(Math.floor(index / CHECKPOINT_DISTANCE) + 1),
  };
}

/** Does again what the log says; it was possible before, so it is now. */
function repeat(trace: Trace, word: number, count: number): void {
  const { state, burst } = trace;
  if (word === EDIT_WORD) {
    for (let i = 0; i < count; i++) applyEdit(state, trace.edits.get(trace.index + i)!);
    return;
  }
  const thread = word >> 1;
  if (word & 1) {
    for (let i = 0; i < count; i++) drain(state, thread);
    return;
  }
  for (let left = count; left > 0; left -= burst.executed) {
    burst.limit = left;
    execute(state, thread, burst);
  }
}

/** Makes an edit's change in a state. */
export function applyEdit(state: State, change: Edit): void {
  switch (change.kind) {
    case "register":
      setRegister(state, change.thread, change.register, change.value);
      break;
    case "flags":
      state.flags[change.thread] = change.value;
      break;
    case "pc":
      state.pc[change.thread] = change.value;
      state.halted[change.thread] = 0;
      break;
    case "memory":
      writeCell(state.memory, change.address, change.value);
      break;
  }
}
