import { grow } from "./grow.ts";
import { FACTOR, hash, scatter } from "./state-hash.ts";

/**
 * A part of a set of states, small enough for a processor's cache: packed states in the order of arrival, with marks where each level begins,
 * and an index on them.
 */
export interface Bucket {
  /** Packed states, in order of arrival. */
  states: Int32Array;
  count: number;
  /** Position + 1 of states by hash; 0: empty. */
  index: Index;
  /** The levels of which it has states, in ascending order, and the position of the first state of each. */
  levels: Int32Array;
  starts: Int32Array;
  levelCount: number;
}

/** 16 bits suffice for the positions in most buckets; one is larger only where a single level brings many times the states there were. */
type Index = Uint16Array | Uint32Array;
const LONGEST_SHORT_INDEX = 2 ** 16;

/** Inserts what waits in front of a bucket. The next two do the same for states of one and two words, which most are, twice as fast. */
export function insertAny(bucket: Bucket, queue: Int32Array, from: number, to: number, size: number): void {
  for (let at = from; at < to; at += size) {
    const h = hash(queue, at, size);
    const { index, states } = bucket;
    const mask = index.length - 1;
    let slot = h & mask;
    let entry = index[slot]!;
    while (entry !== 0 && !equal(states, (entry - 1) * size, queue, at, size)) {
      slot = (slot + 1) & mask;
      entry = index[slot]!;
    }
    if (entry === 0) append(bucket, queue, at, h, size);
  }
}

export function insertSingles(bucket: Bucket, queue: Int32Array, from: number, to: number): void {
  let { index, states } = bucket;
  for (let at = from; at < to; at++) {
    const word = queue[at]!;
    const h = scatter(Math.imul(word, FACTOR));
    const mask = index.length - 1;
    let slot = h & mask;
    let entry = index[slot]!;
    while (entry !== 0 && states[entry - 1] !== word) {
      slot = (slot + 1) & mask;
      entry = index[slot]!;
    }
    if (entry !== 0) continue;
    append(bucket, queue, at, h, 1);
    ({ index, states } = bucket);
  }
}

export function insertPairs(bucket: Bucket, queue: Int32Array, from: number, to: number): void {
  let { index, states } = bucket;
  for (let at = from; at < to; at += 2) {
    const first = queue[at]!;
    const second = queue[at + 1]!;
    const h = scatter(Math.imul(Math.imul(second, FACTOR) + first, FACTOR));
    const mask = index.length - 1;
    let slot = h & mask;
    let entry = index[slot]!;
    while (entry !== 0 && (states[2 * entry - 2] !== first || states[2 * entry - 1] !== second)) {
      slot = (slot + 1) & mask;
      entry = index[slot]!;
    }
    if (entry !== 0) continue;
    append(bucket, queue, at, h, 2);
    ({ index, states } = bucket);
  }
}

/** An empty bucket with room for so many states, and an index that suffices until it has so many as are expected. */
export function createBucket(words: number, room: number, expected: number): Bucket {
  return {
    states: new Int32Array(room * words),
    count: 0,
    index: createIndex(2 ** Math.ceil(Math.log2(FREE * Math.max(64, expected)))),
    levels: new Int32Array(16),
    starts: new Int32Array(16),
    levelCount: 0,
  };
}

/** Slots of an index by states: it is two thirds full at most. */
const FREE = 1.5;

const createIndex = (slots: number): Index =>
  slots <= LONGEST_SHORT_INDEX ? new Uint16Array(slots) : new Uint32Array(slots);

/** Notes that the states of a bucket from `position` on belong to this level. @returns whether they are the first of it */
export function mark(bucket: Bucket, level: number, position: number): boolean {
  const { levelCount } = bucket;
  if (levelCount > 0 && bucket.levels[levelCount - 1] === level) return false;
  bucket.levels = grow(bucket.levels, levelCount + 1);
  bucket.starts = grow(bucket.starts, levelCount + 1);
  bucket.levels[levelCount] = level;
  bucket.starts[levelCount] = position;
  bucket.levelCount++;
  return true;
}

/** Index of the last of the first `count` ascending numbers that is not larger than a value, or -1. */
export function lastUpTo(numbers: Int32Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Puts a state that is not in the bucket into it. */
export function append(bucket: Bucket, words: Int32Array, at: number, h: number, size: number): void {
  const position = bucket.count++;
  if (bucket.count * size > bucket.states.length) {
    const grown = new Int32Array(Math.ceil((bucket.states.length / size) * 1.25 + 16) * size);
    grown.set(bucket.states);
    bucket.states = grown;
  }
  if (bucket.count * FREE > bucket.index.length) reindex(bucket, size);
  for (let w = 0; w < size; w++) bucket.states[position * size + w] = words[at + w]!;
  link(bucket.index, h, position);
}

function reindex(bucket: Bucket, size: number): void {
  bucket.index = createIndex(bucket.index.length * 2);
  for (let i = 0; i < bucket.count - 1; i++) link(bucket.index, hash(bucket.states, i * size, size), i);
}

function link(index: Index, h: number, position: number): void {
  const mask = index.length - 1;
  let slot = h & mask;
  while (index[slot] !== 0) slot = (slot + 1) & mask;
  index[slot] = position + 1;
}

export function equal(a: Int32Array, i: number, b: Int32Array, j: number, size: number): boolean {
  if (a[i] !== b[j]) return false;
  for (let w = 1; w < size; w++) if (a[i + w] !== b[j + w]) return false;
  return true;
}
