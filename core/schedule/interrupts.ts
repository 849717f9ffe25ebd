import { STOP, type Stop } from "../machine/execute.ts";
import type { State } from "../machine/state.ts";
import { createRandom, type Random } from "./mt19937.ts";

/** x86.py's scheduler (dialect §8): slots that are gone round, and a countdown to the next interrupt. */
export interface Interrupts {
  /** Thread of each slot. */
  readonly slots: readonly number[];
  /** Instructions between interrupts; with `random` the most there can be. */
  readonly interval: number;
  readonly random: Random | undefined;
  /** A schedule was given by hand (`-P`): an interrupt after every instruction, told only when the thread changes. */
  readonly manual: boolean;
  /** Index of the slot whose thread runs. */
  current: number;
  countdown: number;
}

export interface InterruptOptions {
  readonly threads: number;
  /** Greater than 0. */
  readonly interval: number;
  /** Draw each interval anew from 1 to `interval`. */
  readonly random: boolean;
  readonly seed: number;
  /** Thread numbers of a schedule by hand; every thread must occur. */
  readonly manual?: readonly number[];
}

export function createInterrupts({ threads, interval, random, seed, manual }: InterruptOptions): Interrupts {
  const interrupts: Interrupts = {
    slots: manual ?? Array.from({ length: threads }, (_, t) => t),
    interval: manual ? 1 : interval,
    random: random && !manual ? createRandom(seed) : undefined,
    manual: manual !== undefined,
    current: 0,
    countdown: 0,
  };
  arm(interrupts);
  return interrupts;
}

export const currentThread = (interrupts: Interrupts): number => interrupts.slots[interrupts.current]!;

/** Why the scheduler moved on. A halt and an interrupt can follow each other at once (dialect §8.2). */
export type Switch = "halt" | "interrupt";

/**
 * Counts the instructions that the current thread has executed, never more than `countdown`, and switches threads if it is time.
 * At least one thread must be left that has not halted.
 * @param switched is told of each switch, after it
 */
export function afterBurst(
  interrupts: Interrupts,
  state: State,
  executed: number,
  stop: Stop,
  switched?: (kind: Switch) => void,
): void {
  interrupts.countdown -= executed;
  if (stop === STOP.HALTED) {
    advance(interrupts, state);
    switched?.("halt");
  }
  if (interrupts.countdown === 0 || stop === STOP.YIELD) {
    const before = currentThread(interrupts);
    arm(interrupts);
    advance(interrupts, state);
    if (!interrupts.manual || currentThread(interrupts) !== before) switched?.("interrupt");
  }
}

function arm(interrupts: Interrupts): void {
  const { interval, random } = interrupts;
  interrupts.countdown = random ? Math.floor(random() * interval) + 1 : interval;
}

function advance(interrupts: Interrupts, state: State): void {
  do interrupts.current = (interrupts.current + 1) % interrupts.slots.length;
  while (state.halted[currentThread(interrupts)]);
}
