import type { Automaton } from "./automaton.ts";
import { cellBit } from "./futures.ts";
import { KIND } from "./local-machine.ts";
import { addDrain, addExecution, type Moves, type Selector, selectAll } from "./moves.ts";
import type { Reduction } from "./reduction.ts";

/** The selector of a reduction level; levels 0 to 2 take everything and differ in what the automaton makes one step. */
export const selectorFor = ({ level }: Reduction): Selector =>
  level < 3 ? selectAll : level === 3 ? selectSingle : selectStubborn;

/**
 * Level 3: where one thread's next step, whatever the others do before it, does the same and leaves the others the same, that step is
 * the only one taken (a persistent set of one): a drain of, or an access to, a cell that no other thread can ever touch in a way
 * that matters. Every run to an end can be rearranged to begin with it, and stays as long as it was, so that all final states are
 * reached by their shortest schedules.
 */
export const selectSingle: Selector = (automaton, fields, moves) => {
  if (!single(automaton, fields, moves)) selectAll(automaton, fields, moves);
};

function single(automaton: Automaton, fields: Int32Array, moves: Moves): boolean {
  const { kind, cell, oldest, reads, writes, buffered } = automaton;
  const threads = fields.length - 1;
  const memory = fields[threads]!;
  // Cells that one thread, and cells that two or more threads can still write or touch.
  let written = 0;
  let writtenTwice = 0;
  let touched = 0;
  let touchedTwice = 0;
  for (let t = 0; t < threads; t++) {
    const local = fields[t]!;
    if (kind[local] === KIND.FAULTED) return false;
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
    const drains = oldest[local]! >= 0 && (othersTouch & cellBit(oldest[local]!)) === 0;
    const reading = k === KIND.LOAD || k === KIND.FORWARDED;
    const inTheWay = reading ? writtenTwice | (written & ~w) : othersTouch;
    const executes = k === KIND.LOCAL || (k >= KIND.FORWARDED && (inTheWay & cellBit(cell[local]!)) === 0);
    if (!drains && !executes) continue;
    moves.count = 0;
    moves.faulted = false;
    if (drains) addDrain(automaton, moves, t, local, memory);
    else addExecution(automaton, moves, t, local, memory);
    return true;
  }
  return false;
}

/** Sets of steps are bit sets of two bits a thread: execution and drain. */
const MOST_THREADS = 15;

/**
 * Level 4: the smallest set of steps that is closed under interference (a stubborn set in Valmari's sense). A step on a cell needs
 * every drain and every execution that another thread could go on to touch that cell with; a step that has to wait
 * needs the drain it waits for.
 */
export const selectStubborn: Selector = (automaton, fields, moves) => {
  if (single(automaton, fields, moves)) return;
  const threads = fields.length - 1;
  const memory = fields[threads]!;
  const chosen = threads <= MOST_THREADS ? smallestClosure(automaton, fields) : 0;
  if (chosen === 0) {
    selectAll(automaton, fields, moves);
    return;
  }
  moves.count = 0;
  moves.faulted = false;
  for (let t = 0; t < threads; t++) {
    const local = fields[t]!;
    if (chosen & execution(t) && automaton.kind[local]! >= KIND.LOCAL) {
      addExecution(automaton, moves, t, local, memory);
    }
    if (chosen & drainOf(t)) addDrain(automaton, moves, t, local, memory);
  }
};

const execution = (thread: number): number => 1 << (2 * thread);
const drainOf = (thread: number): number => 2 << (2 * thread);

/** The closure with the fewest steps that are possible, over all possible steps to begin with; 0 if nothing is possible, or a thread has met a fault. */
function smallestClosure(automaton: Automaton, fields: Int32Array): number {
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
  let untried = possible;
  while (untried !== 0) {
    const seed = untried & -untried;
    const set = closure(automaton, fields, seed);
    untried &= ~seed;
    const size = bitCount(set & possible);
    if (size >= fewest) continue;
    best = set & possible;
    fewest = size;
  }
  return best;
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
    if (bit & 1) needed = interfering(automaton, fields, t, cellBit(oldest[local]!), false);
    else if (kind[local] === KIND.BLOCKED) needed = drainOf(t);
    else if (kind[local]! >= KIND.FORWARDED) {
      const reading = kind[local] === KIND.LOAD || kind[local] === KIND.FORWARDED;
      needed = interfering(automaton, fields, t, cellBit(cell[local]!), reading);
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
