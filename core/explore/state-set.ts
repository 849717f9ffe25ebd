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
  index: Index;
  /** The levels of which it has states, in ascending order, and the position of the first state of each. */
  levels: Int32Array;
  starts: Int32Array;
  levelCount: number;
}

/** 16 bits suffice for the positions in most buckets; one is larger only where a single level brings many times the states there were. */
type Index = Uint16Array | Uint32Array;
const LONGEST_SHORT_INDEX = 2 ** 16;

/** A bucket is split when it holds this many states: about a quarter of a megabyte of words and index. */
const BUCKET_STATES = 2 ** 14;
/** Room in a queue: enough that a bucket, once it is in the cache, is used often. */
const QUEUE_STATES = 2 ** 11;

export class StateSet {
  layout: Layout;
  /** By field, how much the sum of a state's words, as `sum` adds them up, grows when the field grows by one. */
  weights: Int32Array;
  count = 0;
  buckets: Bucket[];
  /** Number of levels begun. */
  depth = 0;
  /** The buckets that have states of the last level but one that was begun: those from which steps are taken. */
  frontier: number[] = [];
  /** The buckets that have states of the last level. */
  private fresh: number[] = [];
  /** log2 of the number of buckets. */
  private bucketBits = 0;
  /** The queues of all buckets, one behind the other; and by bucket the number of words in its queue. */
  queues: Int32Array;
  private queued: Int32Array;
  /** The buckets that have something in their queues; a bucket may be there more than once. */
  private readonly waiting: number[] = [];

  constructor(layout: Layout) {
    this.layout = layout;
    this.weights = weights(layout);
    this.buckets = [createBucket(layout.words, 64, 64)];
    this.queued = new Int32Array(1);
    this.queues = new Int32Array(QUEUE_STATES * layout.words);
  }

  /** From here on new states belong to the next level. All queues must be empty. */
  beginLevel(): void {
    this.depth++;
    this.frontier = this.fresh;
    this.fresh = [];
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
    const at = this.place(hash(words, 0, size));
    for (let w = 0; w < size; w++) this.queues[at + w] = words[w]!;
  }

  /** Queues a state of which only the hash is known so far. @returns where in `queues` its words must be put before anything else is done */
  place(h: number): number {
    const { queued } = this;
    const size = this.layout.words;
    const room = QUEUE_STATES * size;
    const bucket = this.bucketNumber(h);
    if (queued[bucket] === room) this.insert(bucket);
    const at = queued[bucket]!;
    if (at === 0) this.waiting.push(bucket);
    queued[bucket] = at + size;
    return bucket * room + at;
  }

  /** Inserts everything that waits. */
  flush(): void {
    for (const bucket of this.waiting) this.insert(bucket);
    this.waiting.length = 0;
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
    let bytes = this.queues.byteLength;
    for (const b of this.buckets) {
      for (const array of [b.states, b.index, b.levels, b.starts]) bytes += array.byteLength;
    }
    return bytes;
  }

  /** Splits the buckets until they are small again. To be called between levels. */
  balance(): void {
    while (this.count > BUCKET_STATES * this.buckets.length) this.split();
  }

  /** Packs all states anew. */
  changeLayout(layout: Layout): void {
    this.flush();
    const old = this.buckets;
    const from = this.layout;
    const fields = new Int32Array(layout.threads + 1);
    const words = new Int32Array(layout.words);
    this.layout = layout;
    this.weights = weights(layout);
    const room = Math.ceil(this.count / old.length) + 64;
    this.buckets = old.map(() => createBucket(layout.words, room, room));
    this.renewQueues();
    const { buckets, offsets } = bucketsByLevel(old, this.depth);
    for (let level = 0; level < this.depth; level++) {
      for (let b = offsets[level]!; b < offsets[level + 1]!; b++) {
        const bucket = old[buckets[b]!]!;
        const { from: first, to } = this.level(bucket, level);
        for (let i = first; i < to; i++) {
          unpack(from, bucket.states, i * from.words, fields);
          pack(layout, fields, words, 0);
          const h = hash(words, 0, layout.words);
          const target = this.buckets[this.bucketNumber(h)]!;
          mark(target, level, target.count);
          append(target, words, 0, h, layout.words);
        }
      }
    }
    this.findFrontiers();
  }

  private insert(number: number): void {
    const queued = this.queued[number]!;
    if (queued === 0) return;
    const bucket = this.buckets[number]!;
    const { words } = this.layout;
    const before = bucket.count;
    const at = number * QUEUE_STATES * words;
    if (words === 1) insertSingles(bucket, this.queues, at, at + queued);
    else if (words === 2) insertPairs(bucket, this.queues, at, at + queued);
    else insertAny(bucket, this.queues, at, at + queued, words);
    this.queued[number] = 0;
    if (bucket.count === before) return;
    this.count += bucket.count - before;
    if (mark(bucket, this.depth - 1, before)) this.fresh.push(number);
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
      const half = (): Bucket => createBucket(size, Math.ceil(bucket.count * 0.6), bucket.count);
      const pair = [half(), half()] as const;
      for (let l = 0; l < bucket.levelCount; l++) {
        const level = bucket.levels[l]!;
        const { from, to } = this.level(bucket, level);
        for (let i = from; i < to; i++) {
          const h = hash(bucket.states, i * size, size);
          const target = pair[this.bucketNumber(h) & 1]!;
          mark(target, level, target.count);
          append(target, bucket.states, i * size, h, size);
        }
      }
      bucket.states = new Int32Array(0);
      bucket.index = new Uint16Array(0);
      halves.push(...pair);
    }
    this.buckets = halves;
    this.renewQueues();
    this.findFrontiers();
  }

  /** Empty queues for the buckets and the layout that there are now. */
  private renewQueues(): void {
    this.queued = new Int32Array(this.buckets.length);
    this.queues = new Int32Array(this.buckets.length * QUEUE_STATES * this.layout.words);
  }

  /** Works out anew which buckets have states of the last two levels. */
  private findFrontiers(): void {
    const having = (level: number): number[] =>
      [...this.buckets.keys()].filter((b) => {
        const { from, to } = this.level(this.buckets[b]!, level);
        return from < to;
      });
    this.frontier = having(this.depth - 2);
    this.fresh = having(this.depth - 1);
  }
}

/**
 * The buckets that have states of a level, one level behind the other: those of level l are from `offsets[l]` up to `offsets[l + 1]`. To go
 * through a deep search by level without asking every bucket for every level.
 */
export function bucketsByLevel(
  all: readonly Bucket[],
  depth: number,
): { readonly buckets: Int32Array; readonly offsets: Int32Array } {
  const offsets = new Int32Array(depth + 1);
  for (const { levels, levelCount } of all) {
    for (let l = 0; l < levelCount; l++) offsets[levels[l]!]!++;
  }
  for (let level = 1; level <= depth; level++) offsets[level]! += offsets[level - 1]!;
  const buckets = new Int32Array(offsets[depth]!);
  for (let b = all.length - 1; b >= 0; b--) {
    const { levels, levelCount } = all[b]!;
    for (let l = 0; l < levelCount; l++) buckets[--offsets[levels[l]!]!] = b;
  }
  return { buckets, offsets };
}

/** Inserts what waits in front of a bucket. The next two do the same for states of one and two words, which most are, twice as fast. */
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

function insertSingles(bucket: Bucket, queue: Int32Array, from: number, to: number): void {
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

function insertPairs(bucket: Bucket, queue: Int32Array, from: number, to: number): void {
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
function createBucket(words: number, room: number, expected: number): Bucket {
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
function mark(bucket: Bucket, level: number, position: number): boolean {
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

/** Puts a state that is not in the bucket into it. */
function append(bucket: Bucket, words: Int32Array, at: number, h: number, size: number): void {
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

function equal(a: Int32Array, i: number, b: Int32Array, j: number, size: number): boolean {
  if (a[i] !== b[j]) return false;
  for (let w = 1; w < size; w++) if (a[i + w] !== b[j + w]) return false;
  return true;
}

/** The golden ratio, as hash functions use it. */
const FACTOR = 0x9e3779b1;

/** High bits choose the bucket, low bits the place in its index. */
export const hash = (words: Int32Array, at: number, size: number): number => scatter(sum(words, at, size));

/**
 * What is hashed: the words of a state multiplied by powers of a constant and added up. That of a state which differs in one
 * field is found without looking at the others, see `StateSet.weights`.
 */
export function sum(words: Int32Array, at: number, size: number): number {
  let total = 0;
  for (let w = size - 1; w >= 0; w--) total = Math.imul(total + words[at + w]!, FACTOR);
  return total;
}

function weights({ words, word, shift }: Layout): Int32Array {
  const powers = new Int32Array(words);
  for (let w = 0, power = FACTOR; w < words; w++, power = Math.imul(power, FACTOR)) powers[w] = power;
  return Int32Array.from(shift, (by, field) => Math.imul(powers[word[field]!]!, 1 << by));
}

/** Spreads a sum over all bits. */
export function scatter(total: number): number {
  const h = Math.imul(total ^ (total >>> 15), 0x85ebca6b);
  return h ^ (h >>> 13);
}
