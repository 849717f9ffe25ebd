/**
 * The inner loops of a set of states (see `state-set.ts`), in AssemblyScript: a subset of TypeScript that is compiled to WebAssembly
 * (`npm run build`). They spend their time waiting for memory; the fewer instructions a state takes, the more of them wait at once.
 *
 * A bucket lies in a slot of linear memory: a header (number of states, mask of the index), a queue of states that wait to be inserted, the
 * packed states in the order of arrival, and an index on them, open addressing with linear probing: position + 1 of a state by its hash, or 0.
 */

// The header of a slot, in bytes; `HEADER` of `kernel.ts` says the same.
const HEADER: u32 = 64;
const COUNT: usize = 0;
const MASK: usize = 4;
/** The index of a new bucket. */
const LEAST_MASK: u32 = 127;

/** Words of a state. */
let size: u32 = 1;
/** Where in a slot the states begin, and the index. */
let statesAt: u32 = 0;
let indexAt: u32 = 0;
/** Most states of a bucket. */
let most: u32 = 0;

/**
 * Sets how slots are laid out.
 * @param words words of a state
 * @param waiting states that a queue has room for
 * @param states states that a bucket has room for, less than 2^16
 * @returns the bytes of a slot
 */
export function configure(words: u32, waiting: u32, states: u32): u32 {
  size = words;
  most = states;
  statesAt = HEADER + 4 * words * waiting;
  indexAt = statesAt + 4 * words * states;
  let mask = LEAST_MASK;
  while (isCrowded(states - 1, mask)) mask = 2 * mask + 1;
  const bytes = indexAt + 2 * (mask + 1);
  // Slots at multiples of a large power of two would compete for the same places of a processor's cache.
  return (bytes | 63) + 1 + ((bytes & 64) === 0 ? 0 : 64) + 64;
}

/** Makes a slot an empty bucket. */
export function clear(slot: u32): void {
  store<u32>(slot, 0, COUNT);
  renewIndex(slot, LEAST_MASK);
}

/**
 * Inserts the states of a bucket's queue, the first `waiting` ones, that are not in it yet.
 * @returns how many have been dealt with: fewer if there is no room for the next one
 */
export function insert(slot: u32, waiting: u32): u32 {
  if (size == 1) return insertNumbers<u32>(slot, waiting);
  if (size == 2) return insertNumbers<u64>(slot, waiting);
  return insertWords(slot, waiting);
}

/** `insert` for states that are one number. */
function insertNumbers<T>(slot: u32, waiting: u32): u32 {
  const bytes = <u32>sizeof<T>();
  const states = slot + statesAt;
  const index = slot + indexAt;
  let count = load<u32>(slot, COUNT);
  let mask = load<u32>(slot, MASK);
  let at = slot + HEADER;
  const end = at + waiting * bytes;
  for (; at < end; at += bytes) {
    const state = load<T>(at);
    const h = hashOf<T>(state);
    let place = h & mask;
    let entry: u32 = load<u16>(index + (place << 1));
    while (entry != 0 && load<T>(states + (entry - 1) * bytes) != state) {
      place = (place + 1) & mask;
      entry = load<u16>(index + (place << 1));
    }
    if (entry != 0) continue;
    if (count == most) break;
    if (isCrowded(count, mask)) {
      store<u32>(slot, count, COUNT);
      mask = 2 * mask + 1;
      renewIndex(slot, mask);
      place = emptyPlace(index, h, mask);
    }
    store<T>(states + count * bytes, state);
    count++;
    store<u16>(index + (place << 1), <u16>count);
  }
  store<u32>(slot, count, COUNT);
  return (at - slot - HEADER) / bytes;
}

/** `insert` for states of any size. */
function insertWords(slot: u32, waiting: u32): u32 {
  const index = slot + indexAt;
  for (let n: u32 = 0; n < waiting; n++) {
    const state = slot + HEADER + n * 4 * size;
    if (find(slot, state) >= 0) continue;
    const count = load<u32>(slot, COUNT);
    const mask = load<u32>(slot, MASK);
    if (count == most) return n;
    if (isCrowded(count, mask)) renewIndex(slot, 2 * mask + 1);
    append(slot, state);
    store<u16>(index + (emptyPlace(index, hash(state), load<u32>(slot, MASK)) << 1), <u16>(count + 1));
  }
  return waiting;
}

/** The position in a bucket of the state at an address, or -1. */
export function find(slot: u32, state: u32): i32 {
  const index = slot + indexAt;
  const mask = load<u32>(slot, MASK);
  let place = hash(state) & mask;
  let entry: i32 = load<u16>(index + (place << 1));
  while (entry != 0 && !areEqual(slot + statesAt + (entry - 1) * 4 * size, state)) {
    place = (place + 1) & mask;
    entry = load<u16>(index + (place << 1));
  }
  return entry - 1;
}

/**
 * Divides some states of a bucket by a bit of their hash: those where it is 0 are added to the bucket anew, which its caller has emptied before
 * the first ones, those where it is 1 to another bucket. Neither is indexed, see `index`.
 */
export function divide(slot: u32, other: u32, from: u32, to: u32, bit: u32): void {
  for (let i = from; i < to; i++) {
    const state = slot + statesAt + i * 4 * size;
    append((hash(state) >>> bit) & 1 ? other : slot, state);
  }
}

/** Makes a bucket's index anew, as large as it would be if its states had come one by one. */
export function index(slot: u32): void {
  const count = load<u32>(slot, COUNT);
  let mask = LEAST_MASK;
  while (count > 0 && isCrowded(count - 1, mask)) mask = 2 * mask + 1;
  renewIndex(slot, mask);
}

/** Whether an index has no room for one more state: five of eight slots are taken at most. */
function isCrowded(count: u32, mask: u32): bool {
  return 8 * count > 5 * mask;
}

function append(slot: u32, state: u32): void {
  const count = load<u32>(slot, COUNT);
  memory.copy(slot + statesAt + count * 4 * size, state, 4 * size);
  store<u32>(slot, count + 1, COUNT);
}

function renewIndex(slot: u32, mask: u32): void {
  const index = slot + indexAt;
  const count = load<u32>(slot, COUNT);
  store<u32>(slot, mask, MASK);
  memory.fill(index, 0, 2 * (mask + 1));
  let state = slot + statesAt;
  for (let position: u32 = 1; position <= count; position++, state += 4 * size) {
    store<u16>(index + (emptyPlace(index, hash(state), mask) << 1), <u16>position);
  }
}

function emptyPlace(index: u32, h: u32, mask: u32): u32 {
  let place = h & mask;
  while (load<u16>(index + (place << 1)) != 0) place = (place + 1) & mask;
  return place;
}

function areEqual(a: u32, b: u32): bool {
  for (let w: u32 = 0; w < 4 * size; w += 4) if (load<u32>(a + w) != load<u32>(b + w)) return false;
  return true;
}

// The hash is that of `state-hash.ts`.

const FACTOR: u32 = 0x9e3779b1;

function hash(state: u32): u32 {
  let total: u32 = 0;
  for (let w = size; w > 0; w--) total = (total + load<u32>(state + 4 * (w - 1))) * FACTOR;
  return scatter(total);
}

@inline
function hashOf<T>(state: T): u32 {
  if (sizeof<T>() == 4) return scatter(<u32>state * FACTOR);
  return scatter((<u32>(<u64>state >>> 32) * FACTOR + <u32>state) * FACTOR);
}

@inline
function scatter(total: u32): u32 {
  const h = (total ^ (total >>> 15)) * 0x85ebca6b;
  return h ^ (h >>> 13);
}
