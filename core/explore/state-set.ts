import { grow } from "./grow.ts";
import { type Layout, pack, unpack } from "./layout.ts";

/**
 * The set of states that an exploration has reached, and the order in which it reached them.
 *
 * States are divided by hash into buckets that fit a processor's cache. New states wait in a short queue in front of their
 * bucket and enter it many at a time (radix-bucketed insertion, engine.md §3.1). A bucket keeps its packed states in the order of
 * arrival, with marks where each breadth-first level begins, and an open-addressing index on them: the set, the
 * frontier and the record from which witnesses are rebuilt are the same array.
 */
export interface Bucket {
  /** Packed states, in order of arrival. */
  states: Int32Array;
  count: number;
  /** Position + 1 of states by hash; 0: empty. */
  index: Int32Array;
  /** The levels of which it has states, in ascending order, and the position of the first state of each: a deep search has more levels than a bucket has states. */
  levels: Int32Array;
  starts: Int32Array;
  levelCount: number;
  queue: Int32Array;
  /** Words in the queue. */
  queued: number;
}

/** A bucket is split when it holds this many states: about half a megabyte of words and index. */
const BUCKET_STATES = 1 << 15;
const QUEUE_STATES = 1 << 13;
/** Buckets pay off if a level brings many states to each; a search that is deep and narrow does with few. */
const STATES_A_LEVEL = 32;

export class StateSet {
  layout: Layout;
  count = 0;
  buckets: Bucket[];
  /** Number of levels begun. */
  depth = 0;
  /** log2 of the number of buckets. */
  private bucketBits = 0;
  /** States when the last level began. */
  private before = 0;

  constructor(layout: Layout) {
    this.layout = layout;
    this.buckets = [createBucket(layout.words, 64)];
  }

  /** From here on new states belong to the next level. All queues must be empty. */
  beginLevel(): void {
    this.before = this.count;
    this.depth++;
  }

  /** The positions in a bucket of the states of a level. */
  level(bucket: Bucket, level: number): { readonly from: number; readonly to: number } {
    const { levels, starts, levelCount, count } = bucket;
    let at = levelCount - 1;
    if (at > 0 && levels[at]! > level) at--; // the level that is being expanded, most of the time
    if (at >= 0 && levels[at]! > level) at = lastUpTo(levels, levelCount, level);
    if (at < 0 || levels[at] !== level) return { from: count, to: count };
    return { from: starts[at]!, to: at + 1 < levelCount ? starts[at + 1]! : count };
  }

  /** The level of a state of a bucket. */
  levelOf({ levels, starts, levelCount }: Bucket, position: number): number {
    return levels[lastUpTo(starts, levelCount, position)]!;
  }

  /** Queues a packed state for insertion. */
  add(words: Int32Array): void {
    const size = this.layout.words;
    const bucket = this.buckets[this.bucketNumber(hash(words, 0, size))]!;
    const at = bucket.queued;
    for (let w = 0; w < size; w++) bucket.queue[at + w] = words[w]!;
    bucket.queued = at + size;
    if (bucket.queued === bucket.queue.length) this.insert(bucket);
  }

  /** Inserts everything that waits. */
  flush(): void {
    for (const bucket of this.buckets) this.insert(bucket);
  }

  /** The position in `bucketOf(words)` of a packed state, or -1 if it is not in the set. All queues must be empty. */
  find(words: Int32Array): number {
    const size = this.layout.words;
    const h = hash(words, 0, size);
    const { index, states } = this.buckets[this.bucketNumber(h)]!;
    const mask = index.length - 1;
    for (let slot = h & mask; ; slot = (slot + 1) & mask) {
      const entry = index[slot]!;
      if (entry === 0) return -1;
      if (equal(states, (entry - 1) * size, words, 0, size)) return entry - 1;
    }
  }

  /** The number of the bucket to which a packed state belongs. */
  bucketOf(words: Int32Array): number {
    return this.bucketNumber(hash(words, 0, this.layout.words));
  }

  get byteLength(): number {
    let bytes = 0;
    for (const b of this.buckets) {
      for (const array of [b.states, b.index, b.queue, b.levels, b.starts]) bytes += array.byteLength;
    }
    return bytes;
  }

  /** Splits the buckets until they are small again. To be called between levels. */
  balance(): void {
    const width = this.count - this.before;
    while (this.count > BUCKET_STATES * this.buckets.length && width > STATES_A_LEVEL * this.buckets.length) {
      this.split();
    }
  }

  /** Packs all states anew. */
  changeLayout(layout: Layout): void {
    this.flush();
    const old = this.buckets;
    const from = this.layout;
    const fields = new Int32Array(layout.threads + 1);
    const words = new Int32Array(layout.words);
    this.layout = layout;
    this.buckets = old.map(() => createBucket(layout.words, Math.ceil(this.count / old.length) + 64));
    for (let level = 0; level < this.depth; level++) {
      for (const bucket of old) {
        const { from: first, to } = this.level(bucket, level);
        for (let i = first; i < to; i++) {
          unpack(from, bucket.states, i * from.words, fields);
          pack(layout, fields, words, 0);
          const h = hash(words, 0, layout.words);
          const target = this.buckets[this.bucketNumber(h)]!;
          beginLevel(target, level);
          append(target, words, 0, h, layout.words);
        }
      }
    }
  }

  private insert(bucket: Bucket): void {
    if (bucket.queued === 0) return;
    const { words } = this.layout;
    const before = bucket.count;
    beginLevel(bucket, this.depth - 1);
    if (words === 1) insertSingles(bucket);
    else if (words === 2) insertPairs(bucket);
    else insertAny(bucket, words);
    bucket.queued = 0;
    this.count += bucket.count - before;
    if (bucket.count === before && bucket.starts[bucket.levelCount - 1] === before) bucket.levelCount--;
  }

  private bucketNumber(h: number): number {
    return (h >>> 1) >>> (31 - this.bucketBits); // in two steps, because a shift by 32 is one by 0
  }

  /** Divides every bucket in two by the next bit of the hash, one after the other so that little memory is needed twice. */
  private split(): void {
    const size = this.layout.words;
    this.bucketBits++;
    const halves: Bucket[] = [];
    for (const bucket of this.buckets) {
      const pair = [0, 1].map(() => createBucket(size, (bucket.count * 0.6) | 0)) as [Bucket, Bucket];
      for (let l = 0; l < bucket.levelCount; l++) {
        const level = bucket.levels[l]!;
        const { from, to } = this.level(bucket, level);
        for (let i = from; i < to; i++) {
          const h = hash(bucket.states, i * size, size);
          const half = pair[this.bucketNumber(h) & 1]!;
          beginLevel(half, level);
          append(half, bucket.states, i * size, h, size);
        }
      }
      bucket.states = bucket.index = new Int32Array(0);
      halves.push(...pair);
    }
    this.buckets = halves;
  }
}

/** Inserts what waits in front of a bucket. The next two do the same for states of one and two words, which most are, twice as fast. */
function insertAny(bucket: Bucket, size: number): void {
  const { queue, queued } = bucket;
  for (let at = 0; at < queued; at += size) {
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

function insertSingles(bucket: Bucket): void {
  const { queue, queued } = bucket;
  let { index, states } = bucket;
  for (let at = 0; at < queued; at++) {
    const word = queue[at]!;
    const h = hash(queue, at, 1);
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

function insertPairs(bucket: Bucket): void {
  const { queue, queued } = bucket;
  let { index, states } = bucket;
  for (let at = 0; at < queued; at += 2) {
    const first = queue[at]!;
    const second = queue[at + 1]!;
    const h = hash(queue, at, 2);
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

function createBucket(words: number, states: number): Bucket {
  const room = Math.max(64, states);
  return {
    states: new Int32Array(room * words),
    count: 0,
    index: new Int32Array(indexSize(room)),
    levels: new Int32Array(16),
    starts: new Int32Array(16),
    levelCount: 0,
    queue: new Int32Array(QUEUE_STATES * words),
    queued: 0,
  };
}

/** The states that a bucket gets from here on belong to this level. */
function beginLevel(bucket: Bucket, level: number): void {
  const { levelCount } = bucket;
  if (levelCount > 0 && bucket.levels[levelCount - 1] === level) return;
  bucket.levels = grow(bucket.levels, levelCount + 1);
  bucket.starts = grow(bucket.starts, levelCount + 1);
  bucket.levels[levelCount] = level;
  bucket.starts[levelCount] = bucket.count;
  bucket.levelCount++;
}

/** Index of the last of the first `count` ascending numbers that is not larger than a value, or -1. */
function lastUpTo(numbers: Int32Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Two thirds full at most. */
const indexSize = (states: number): number => 2 ** Math.ceil(Math.log2(states * 1.5));

/** Puts a state that is not in the bucket into it. */
function append(bucket: Bucket, words: Int32Array, at: number, h: number, size: number): void {
  const position = bucket.count++;
  if (bucket.count * size > bucket.states.length) {
    const grown = new Int32Array(Math.ceil((bucket.states.length / size) * 1.3) * size);
    grown.set(bucket.states);
    bucket.states = grown;
  }
  if (bucket.count * 1.5 > bucket.index.length) reindex(bucket, size);
  for (let w = 0; w < size; w++) bucket.states[position * size + w] = words[at + w]!;
  link(bucket.index, h, position);
}

function reindex(bucket: Bucket, size: number): void {
  bucket.index = new Int32Array(bucket.index.length * 2);
  for (let i = 0; i < bucket.count - 1; i++) link(bucket.index, hash(bucket.states, i * size, size), i);
}

function link(index: Int32Array, h: number, position: number): void {
  const mask = index.length - 1;
  let slot = h & mask;
  while (index[slot] !== 0) slot = (slot + 1) & mask;
  index[slot] = position + 1;
}

function equal(a: Int32Array, i: number, b: Int32Array, j: number, size: number): boolean {
  if (a[i] !== b[j]) return false;
  for (let w = 1; w < size; w++) if (a[i + w] !== b[j + w]) return false;
  return true;
}

/** High bits choose the bucket, low bits the place in its index. */
export function hash(words: Int32Array, at: number, size: number): number {
  let h = Math.imul(words[at]!, 0x9e3779b1);
  for (let w = 1; w < size; w++) {
    h ^= h >>> 15;
    h = Math.imul(h ^ words[at + w]!, 0x9e3779b1);
  }
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return h ^ (h >>> 13);
}
