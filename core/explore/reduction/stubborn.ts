import type { Automaton } from "../search/automaton.ts";
import { KIND } from "../threads/local-machine.ts";

/** The number of a step: even for the execution of a thread, odd for its drain. */
export const stepOf = (thread: number, kind: "execute" | "drain"): number =>
  2 * thread + (kind === "drain" ? 1 : 0);

/** A set of steps: the bits of their numbers. */
export type StepSet = number;

/** With more threads a set of steps would not fit. */
export const MOST_THREADS = 15;

const execution = (thread: number): StepSet => 1 << stepOf(thread, "execute");
const drainOf = (thread: number): StepSet => 1 << stepOf(thread, "drain");

/**
 * Level 3: a step that, whatever the other threads do before it, does the same and leaves the others the same: a drain of, or an access to,
 * a cell that no other thread can ever touch in a way that matters. It can be the only one that is taken (a persistent set of one): every
 * run to an end can be rearranged to begin with it, and stays as long as it was, so that all final states are reached by their shortest
 * schedules.
 * @returns the step, or -1 if there is none, or a thread has met a fault
 */
export function independentStep(automaton: Automaton, fields: Int32Array): number {
  const { kind, cell, oldest, reads, writes, buffered } = automaton;
  const threads = fields.length - 1;
  // Cells that one thread, and cells that two or more threads can still write or touch.
  let written = 0;
  let writtenTwice = 0;
  let touched = 0;
  let touchedTwice = 0;
  for (let t = 0; t < threads; t++) {
    const local = fields[t]!;
    if (kind[local] === KIND.FAULTED) return -1;
    const w = writes[local]! | buffered[local]!;
    const a = w | reads[local]!;
    writtenTwice |= written & w;
    written |= w;
    touchedTwice |= touched & a;
    touched |= a;
  }
  for (let t = 0; t < threads; t++) {
    const local = fields[t]!;
    const k = kind[local]!;
    const w = writes[local]! | buffered[local]!;
    const a = w | reads[local]!;
    const othersTouch = touchedTwice | (touched & ~a);
    if (oldest[local]! >= 0 && (othersTouch & automaton.bit(oldest[local]!)) === 0) return stepOf(t, "drain");
    const reading = k === KIND.LOAD || k === KIND.FORWARDED;
    const inTheWay = reading ? writtenTwice | (written & ~w) : othersTouch;
    if (k === KIND.LOCAL || (k >= KIND.FORWARDED && (inTheWay & automaton.bit(cell[local]!)) === 0)) {
      return stepOf(t, "execute");
    }
  }
  return -1;
}

/**
 * Level 4: an independent step, or else the smallest set of steps that is closed under interference (a stubborn set in Valmari's sense). A
 * step on a cell needs every drain and every execution that another thread could go on to touch that cell with; a step that has to wait
 * needs the drain it waits for. Of the closures over each possible step the one with the fewest possible steps is chosen.
 * @returns its possible steps; empty if nothing is possible, or a thread has met a fault
 */
export function stubbornSet(automaton: Automaton, fields: Int32Array): StepSet {
  const alone = independentStep(automaton, fields);
  if (alone >= 0) return 1 << alone;
  const threads = fields.length - 1;
  let possible = 0;
  for (let t = 0; t < threads; t++) {
    const local = fields[t]!;
    if (automaton.kind[local] === KIND.FAULTED) return 0;
    if (automaton.kind[local]! >= KIND.LOCAL) possible |= execution(t);
    if (automaton.oldest[local]! >= 0) possible |= drainOf(t);
  }
  let best = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (let untried = possible; untried !== 0; untried &= untried - 1) {
    const set = closure(automaton, fields, untried & -untried) & possible;
    const size = bitCount(set);
    if (size >= fewest) continue;
    best = set;
    fewest = size;
  }
  return best;
}

/** All that a thread's local state has to say in the choice of steps: equal texts, equal choices. */
export function signatureOf(
  { kind, cell, oldest, reads, writes, buffered }: Automaton,
  local: number,
): string {
  return [kind, cell, oldest, reads, writes, buffered].map((column) => column[local]).join();
}

function closure(automaton: Automaton, fields: Int32Array, seed: number): number {
  const { kind, cell, oldest } = automaton;
  let set = seed;
  let open = seed;
  while (open !== 0) {
    const element = open & -open;
    open &= ~element;
    const bit = 31 - Math.clz32(element);
    const t = bit >> 1;
    const local = fields[t]!;
    let needed = 0;
    if (bit & 1) needed = interfering(automaton, fields, t, automaton.bit(oldest[local]!), false);
    else if (kind[local] === KIND.BLOCKED) needed = drainOf(t);
    else if (kind[local]! >= KIND.FORWARDED) {
      const reading = kind[local] === KIND.LOAD || kind[local] === KIND.FORWARDED;
      needed = interfering(automaton, fields, t, automaton.bit(cell[local]!), reading);
    }
    open |= needed & ~set;
    set |= needed;
  }
  return set;
}

/** The steps of other threads with which they could begin to touch a cell; for a reading step only writes matter. */
function interfering(
  { reads, writes, buffered }: Automaton,
  fields: Int32Array,
  thread: number,
  cell: number,
  reading: boolean,
): number {
  let needed = 0;
  for (let u = 0; u < fields.length - 1; u++) {
    if (u === thread) continue;
    const local = fields[u]!;
    if (buffered[local]! & cell) needed |= drainOf(u);
    if ((reading ? writes[local]! : reads[local]! | writes[local]!) & cell) needed |= execution(u);
  }
  return needed;
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
