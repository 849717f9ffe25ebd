/**
 * Taking steps: for a state, to look up numbers in tables, see `step-tables.ts`, and to change two fields of it. All that happens seldom is
 * left to the caller.
 */
import { queue } from "./queues.as";
import { size, statesOf } from "./slots.as";

// An entry of the table of local states, in bytes: the step that executes its next instruction and the one that drains its oldest store, the
// cell that it reads or writes, and a digest.
const LOG_LOCAL: u32 = 4;
const DIRECT: usize = 0;
const DRAIN: usize = 4;
const CELL: usize = 8;
const DIGEST: usize = 12;

// An entry of the table of steps: the local state after it, its effect on memory, and its number of transitions.
const LOG_STEP: u32 = 4;
const NEXT: usize = 0;
const WRITE: usize = 4;
const WEIGHT: usize = 8;

// In the place of a step, see `STEP` of `automaton.ts`.
const BY_VALUE: i32 = -2;
const FAULTED: i32 = -3;

// A departure: the part that keeps the state, the number of transitions to it, and the packed state.
const DEPARTURE: u32 = 16;
const OWNER: usize = 0;
const AHEAD: usize = 4;
const STATE: usize = 8;

// Why `expand` has ended; `REASON` of `kernel.ts` says the same.
const DONE: u32 = 0;
const MISSING: u32 = 1;
const DEPARTED: u32 = 2;
const FULL: u32 = 3;
/** Set where nothing can move, and where a thread has met a fault. */
const TERMINAL: u32 = 4;
const FAULT: u32 = 8;

let why: u32 = 0;
let transitions: u32 = 0;

let threads: u32 = 0;
/** Where the amounts are by which fields are shifted: those of the threads, then that of the memory. */
let shifts: u32 = 0;
let localMask: u32 = 0;
let memoryMask: u32 = 0;

let locals: u32 = 0;
let steps: u32 = 0;
let byValue: u32 = 0;
let valueBits: u32 = 0;
let rows: u32 = 0;
let stride: u32 = 0;
let written: u32 = 0;
let effectBits: u32 = 0;
let digests: u32 = 0;

let part: u32 = 0;
let parts: u32 = 1;
let away: u32 = 0;
let awayEnd: u32 = 0;
let awayCount: u32 = 0;

/**
 * Sets how states are packed.
 * @param shiftsAt a word for each thread and one for the memory: the bits below its field in a state as one number
 */
export function useShape(count: u32, localBits: u32, memoryBits: u32, shiftsAt: u32): void {
  threads = count;
  localMask = (1 << localBits) - 1;
  memoryMask = (1 << memoryBits) - 1;
  shifts = shiftsAt;
}

/** Sets where the tables are, see `step-tables.ts`. */
export function useTables(
  localsAt: u32,
  stepsAt: u32,
  byValueAt: u32,
  bitsOfValues: u32,
  rowsAt: u32,
  cellsOfRow: u32,
  writtenAt: u32,
  bitsOfEffects: u32,
  digestsAt: u32,
): void {
  locals = localsAt;
  steps = stepsAt;
  byValue = byValueAt;
  valueBits = bitsOfValues;
  rows = rowsAt;
  stride = cellsOfRow;
  written = writtenAt;
  effectBits = bitsOfEffects;
  digests = digestsAt;
}

/**
 * Sets which of how many parts keeps its states here, see `parallel/owners.ts`, and where departures are noted: the states that are not to be
 * added here and now.
 */
export function useParts(own: u32, count: u32, at: u32, bytes: u32): void {
  part = own;
  parts = count;
  away = at;
  awayEnd = at + bytes;
}

/** Why `expand` has ended. */
export function reason(): u32 {
  return why;
}

/** How many transitions the states have that `expand` has done. */
export function taken(): u32 {
  return transitions;
}

/** How many departures `expand` has noted. */
export function departures(): u32 {
  return awayCount;
}

/**
 * Takes every step of the states `from` … `to`−1 of a bucket, threads in order, each thread's execution before its drain. Successors are added,
 * or noted as departures.
 * @returns the position after the last state done
 */
export function expand(slot: u32, from: u32, to: u32): u32 {
  why = DONE;
  transitions = 0;
  awayCount = 0;
  if (size == 1) return parts == 1 ? expandNumbers<u32>(slot, from, to, false) : expandNumbers<u32>(slot, from, to, true);
  return parts == 1 ? expandNumbers<u64>(slot, from, to, false) : expandNumbers<u64>(slot, from, to, true);
}

/** `expand` for states that are one number. @param divided whether there are other parts; known when this is compiled */
@inline
function expandNumbers<T>(slot: u32, from: u32, to: u32, divided: bool): u32 {
  const bytes = <u32>sizeof<T>();
  const begin = statesOf(slot);
  const last = begin + to * bytes;
  const memoryAt = shifts + (threads << 2);
  const memoryShift = <T>load<u32>(memoryAt);
  const mask = localMask;
  let departed = away;
  const mostDeparted = awayEnd - 2 * threads * DEPARTURE;
  let done: u32 = 0;
  let at = begin + from * bytes;
  for (; at < last; at += bytes) {
    if (departed > mostDeparted) {
      why = DEPARTED;
      break;
    }
    const state = load<T>(at);
    const memory = <u32>(state >> memoryShift) & memoryMask;
    const row = rows + ((memory * stride) << 2);
    const effects = written + ((memory << effectBits) << 2);
    let digest: u32 = 0;
    if (divided) digest = digestOf<T>(state, memory);
    let possible: u32 = 0;
    let found: u32 = 0;
    for (let thread = shifts; thread < memoryAt; thread += 4) {
      const by = <T>load<u32>(thread);
      const local = <u32>(state >> by) & mask;
      const entry = locals + (local << LOG_LOCAL);
      let step = load<i32>(entry, DIRECT);
      let drain = load<i32>(entry, DRAIN);
      if (step == BY_VALUE) {
        const value = load<u32>(row + (load<u32>(entry, CELL) << 2));
        step = load<i32>(byValue + (((local << valueBits) | value) << 2)) - 1;
      }
      if ((step | drain) < 0) {
        if (step == FAULTED) found |= FAULT;
        else if (step < 0) found |= MISSING;
        if (drain < 0) found |= MISSING;
      }
      if (step <= 0) {
        step = drain;
        drain = 0;
      }
      while (step > 0) {
        const taken = steps + (step << LOG_STEP);
        const effect = load<u32>(taken, WRITE);
        const next = load<u32>(taken, NEXT);
        const ahead = load<u32>(taken, WEIGHT);
        const after = effect == 0 ? memory : load<u32>(effects + (effect << 2)) - 1;
        step = drain;
        drain = 0;
        if (<i32>after < 0) {
          found |= MISSING;
          continue;
        }
        possible++;
        const successor = <T>(state + (change<T>(next - local) << by) + (change<T>(after - memory) << memoryShift));
        let owner = part;
        if (divided) {
          let sum = digest + load<u32>(locals + (next << LOG_LOCAL), DIGEST) - load<u32>(entry, DIGEST);
          sum += load<u32>(digests + (after << 2)) - load<u32>(digests + (memory << 2));
          owner = <u32>((<u64>sum * parts) >> 32);
        }
        if (ahead == 1 && owner == part) {
          if (!queue<T>(successor)) {
            why = FULL;
            return from;
          }
        } else {
          store<u32>(departed, owner, OWNER);
          store<u32>(departed, ahead, AHEAD);
          store<T>(departed, successor, STATE);
          departed += DEPARTURE;
        }
      }
    }
    if (found & MISSING) {
      why = MISSING;
      break;
    }
    done += possible;
    if (possible == 0) found |= TERMINAL;
    if (found != 0) {
      why = found;
      at += bytes;
      break;
    }
  }
  transitions = done;
  awayCount = (departed - away) / DEPARTURE;
  return (at - begin) / bytes;
}

/** The digest of a state: the sum of those of what it consists of. */
function digestOf<T>(state: T, memory: u32): u32 {
  let sum = load<u32>(digests + (memory << 2));
  for (let t: u32 = 0; t < threads; t++) {
    const local = <u32>(state >> <T>load<u32>(shifts + (t << 2))) & localMask;
    sum += load<u32>(locals + (local << LOG_LOCAL), DIGEST);
  }
  return sum;
}

/** A difference of two fields as a number of the size of a state. */
@inline
function change<T>(difference: u32): T {
  return <T>(<i64>(<i32>difference));
}
