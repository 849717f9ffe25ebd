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
/** Slots of an index by states: it is half full at most. */
const FREE = 2;

/** Inserts the packed states `queue[from …]` up to `to` that are not in a bucket yet; `size` words each. */
export function insert(bucket: Bucket, queue: Int32Array, from: number, to: number, size: number): void {
  const most = bucket.count + (to - from) / size;
  if (size > 2 || most * FREE > LONGEST_SHORT_INDEX) insertAny(bucket, queue, from, to, size);
  else if (size === 1) insertSingles(bucket, queue, from, to);
  else insertPairs(bucket, queue, from, to);
}

function insertAny(bucket: Bucket, queue: Int32Array, from: number, to: number, size: number): void {
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

/** `insertAny` for states of one word and a short index. This and the next one are what a large search does half of its time. */
function insertSingles(bucket: Bucket, queue: Int32Array, from: number, to: number): void {
  makeRoom(bucket, to - from, 1);
  const { states } = bucket;
  const index = bucket.index as Uint16Array;
  const mask = index.length - 1;
  let { count } = bucket;
  for (let at = from; at < to; at++) {
    const word = queue[at]!;
    let slot = scatter(Math.imul(word, FACTOR)) & mask;
    let entry = index[slot]!;
    while (entry !== 0 && states[entry - 1] !== word) {
      slot = (slot + 1) & mask;
      entry = index[slot]!;
    }
    if (entry !== 0) continue;
    states[count] = word;
    index[slot] = ++count;
  }
  bucket.count = count;
}

/** `insertAny` for states of two words and a short index. */
function insertPairs(bucket: Bucket, queue: Int32Array, from: number, to: number): void {
  makeRoom(bucket, (to - from) / 2, 2);
  const { states } = bucket;
  const index = bucket.index as Uint16Array;
  const mask = index.length - 1;
  let { count } = bucket;
  for (let at = from; at < to; at += 2) {
    const first = queue[at]!;
    const second = queue[at + 1]!;
    let slot = scatter(Math.imul(Math.imul(second, FACTOR) + first, FACTOR)) & mask;
    let entry = index[slot]!;
    while (entry !== 0 && (states[2 * entry - 2] !== first || states[2 * entry - 1] !== second)) {
      slot = (slot + 1) & mask;
      entry = index[slot]!;
    }
    if (entry !== 0) continue;
    states[2 * count] = first;
    states[2 * count + 1] = second;
    index[slot] = ++count;
  }
  bucket.count = count;
}

/** An empty bucket with room for so many states, and an index that suffices until it has so many as are expected. */
export function createBucket(words: number, room: number, expected: number): Bucket {
  return {
    states: new Int32Array(room * words),
    count: 0,
    index: createIndex(expected),
    levels: new Int32Array(16),
    starts: new Int32Array(16),
    levelCount: 0,
  };
}

/** An index for so many states at least. */
function createIndex(states: number): Index {
  const slots = 2 ** Math.ceil(Math.log2(FREE * Math.max(64, states)));
  return slots <= LONGEST_SHORT_INDEX ? new Uint16Array(slots) : new Uint32Array(slots);
}

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

/** Divides a bucket in two by a bit of the hash, and empties it. */
export function divide(bucket: Bucket, size: number, bit: number): readonly Bucket[] {
  const { states, levels, starts, levelCount, count } = bucket;
  const half = (): Bucket => createBucket(size, Math.ceil(count * 0.6), count);
  const halves = [half(), half()] as const;
  for (let l = 0; l < levelCount; l++) {
    const end = l + 1 < levelCount ? starts[l + 1]! : count;
    const before = halves.map((h) => h.count);
    for (let i = starts[l]!; i < end; i++) {
      const h = hash(states, i * size, size);
      append(halves[((h >>> bit) & 1) as 0 | 1], states, i * size, h, size);
    }
    halves.forEach((half, n) => {
      if (half.count > before[n]!) mark(half, levels[l]!, before[n]!);
    });
  }
  bucket.states = new Int32Array(0);
  bucket.index = new Uint16Array(0);
  return halves;
}

/** Puts a state that is not in the bucket into it. */
export function append(bucket: Bucket, words: Int32Array, at: number, h: number, size: number): void {
  makeRoom(bucket, 1, size);
  const position = bucket.count++;
  for (let w = 0; w < size; w++) bucket.states[position * size + w] = words[at + w]!;
  link(bucket.index, h, position);
}

/** Makes room for some more states. */
function makeRoom(bucket: Bucket, more: number, size: number): void {
  const { states } = bucket;
  const most = bucket.count + more;
  if (most * size > states.length) {
    bucket.states = new Int32Array(Math.max(most, Math.ceil((states.length / size) * 1.25)) * size);
    bucket.states.set(states);
  }
  if (most * FREE > bucket.index.length) reindex(bucket, most, size);
}

function reindex(bucket: Bucket, expected: number, size: number): void {
  bucket.index = createIndex(expected);
  for (let i = 0; i < bucket.count; i++) link(bucket.index, hash(bucket.states, i * size, size), i);
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
