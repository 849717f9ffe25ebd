import { type Burst, createBurst, drain, execute, STOP } from "../machine/execute.ts";
import type { Fault } from "../machine/fault.ts";
import type { Program } from "../machine/program.ts";
import { type State, start } from "../machine/state.ts";
import type { Configuration } from "../options/configuration.ts";
import type { DrainPolicy } from "../schedule/drain-policy.ts";
import {
  afterBurst,
  createInterrupts,
  currentThread,
  type Interrupts,
  type Switch,
} from "../schedule/interrupts.ts";
import { createRandom, type Random } from "../schedule/mt19937.ts";

/** Entries of a buffer in a run, about as many as a processor has; so a run's memory does not grow with its length. */
const BUFFER_CAPACITY = 64;

/** A lazy buffer gives up a store after this many instructions of the run: every store reaches memory some time (x86-TSO's progress). */
const LAZY_PATIENCE = 100;

export type RunEnd = { readonly kind: "finished" } | { readonly kind: "fault"; readonly fault: Fault };

/** A run on its way: the machine, who moves next, and how far it is. */
export interface Run {
  readonly state: State;
  readonly interrupts: Interrupts;
  readonly drain: DrainPolicy;
  readonly drainRandom: Random;
  readonly burst: Burst;
  /** Instructions executed so far. */
  instructions: number;
  /** Value of `instructions` at which lazy buffers last gave up a store. */
  patienceFrom: number;
  end: RunEnd | undefined;
}

/** Is told what happens in a run. */
export interface RunObserver {
  /** Whether `executed` wants every instruction by itself. Otherwise it is called for whole bursts, which is much faster. */
  readonly each: boolean;
  /** How many transitions may be taken before the observer must be told; for observers that cut at fixed distances. */
  room?(): number;
  /** A thread is about to execute one instruction; called only with `each`. */
  before?(thread: number): void;
  /** `count` instructions were executed; `operation` is the index of the last one where it prints or `each` is set. */
  executed(thread: number, operation: number, count: number): void;
  /** The oldest store of a thread's buffer is in memory now. */
  drained(thread: number, address: number, value: number): void;
  /** The scheduler moved on. A function without `this`. */
  readonly switched: (kind: Switch) => void;
}

export function createRun(
  program: Program,
  { start: options, interrupts, drain: policy, seed }: Configuration,
): Run {
  return {
    state: start(program, { bufferCapacity: BUFFER_CAPACITY, ...options }),
    interrupts: createInterrupts(interrupts),
    drain: policy,
    drainRandom: createRandom(seed),
    burst: createBurst(),
    instructions: 0,
    patienceFrom: 0,
    end: undefined,
  };
}

/** Goes on with a run until it has executed `limit` instructions in all or has ended. */
export function advance(run: Run, limit: number, observer?: RunObserver): void {
  const { state, interrupts, burst } = run;
  const tso = state.model === "tso";
  const single = observer?.each || (tso && run.drain !== "lazy");
  while (!run.end && run.instructions < limit) {
    if (tso) for (const waiting of drainsByPolicy(run)) drainOldest(state, waiting, observer);
    const thread = currentThread(interrupts);
    burst.limit = single ? 1 : Math.min(interrupts.countdown, limit - run.instructions);
    if (tso && run.drain === "lazy") {
      burst.limit = Math.min(burst.limit, run.patienceFrom + LAZY_PATIENCE - run.instructions);
    }
    if (observer?.room) burst.limit = Math.min(burst.limit, observer.room());
    let operation = state.pc[thread]!;
    if (observer?.each) observer.before?.(thread);
    execute(state, thread, burst);
    const { executed, stop } = burst;
    if (executed > 0) {
      if (executed > 1) operation = state.pc[thread]! - 1;
      run.instructions += executed;
      observer?.executed(thread, operation, executed);
    }
    if (stop === STOP.FAULT) run.end = { kind: "fault", fault: burst.fault! };
    else if (stop === STOP.HALTED && allHalted(state)) {
      for (const waiting of drainsAtEnd(run)) drainOldest(state, waiting, observer);
      run.end = { kind: "finished" };
    } else {
      afterBurst(interrupts, state, executed, stop, observer?.switched);
      if (stop === STOP.BLOCKED && executed === 0) drainOldest(state, thread, observer);
    }
  }
}

/**
 * Threads whose oldest stores drain before the next instruction, in this order; a thread can occur more than once. Asked once before every
 * instruction that is tried, because it draws random numbers and counts patience.
 */
export function drainsByPolicy(run: Run): readonly number[] {
  const { state, drain: policy, drainRandom } = run;
  switch (policy) {
    case "eager":
      return allDrains(state);
    case "random": {
      const waiting = waitingThreads(state);
      if (waiting.length === 0 || drainRandom() >= 0.5) return NONE;
      return [waiting[Math.floor(drainRandom() * waiting.length)]!];
    }
    case "lazy":
      if (run.instructions - run.patienceFrom < LAZY_PATIENCE) return NONE;
      run.patienceFrom = run.instructions;
      return waitingThreads(state);
    case "manual":
      return NONE;
  }
}

/** Drains that end a run when the last thread has halted: what still waits reaches memory, thread by thread. */
export const drainsAtEnd = (run: Run): readonly number[] =>
  run.drain === "manual" ? NONE : allDrains(run.state);

const NONE: readonly number[] = [];

const waitingThreads = (state: State): number[] =>
  state.buffers.flatMap((buffer, t) => (buffer.count > 0 ? [t] : []));

const allDrains = (state: State): number[] =>
  state.buffers.flatMap((buffer, t) => Array.from({ length: buffer.count }, () => t));

function drainOldest(state: State, thread: number, observer: RunObserver | undefined): void {
  const buffer = state.buffers[thread]!;
  const address = buffer.address[buffer.head]!;
  const value = buffer.value[buffer.head]!;
  drain(state, thread);
  observer?.drained(thread, address, value);
}

export function allHalted(state: State): boolean {
  for (let t = 0; t < state.threadCount; t++) if (!state.halted[t]) return false;
  return true;
}
