import { append, type Bucket, createBucket, divide, equal, insert, lastUpTo, mark } from "./bucket.ts";
import { type Layout, pack, unpack } from "./layout.ts";
import { hash } from "./state-hash.ts";

/** Room in a queue: enough that a bucket, once it is in the cache, is used often. */
export const QUEUE_STATES = 2 ** 11;
/** A bucket is split when it holds this many states: with what may wait for it, an index of 64 kilobytes is half full. */
const BUCKET_STATES = 2 ** 14 - QUEUE_STATES;

/**
 * The set of states that an exploration has reached, and the order in which it reached them.
 *
 * States are divided by hash into buckets that fit a processor's cache. New states wait in a short queue in front of their
 * bucket and enter it many at a time (radix-bucketed insertion, engine.md §3.1). A bucket keeps its packed states in the order of
 * arrival, with marks where each breadth-first level begins, and an open-addressing index on them: the set, the
 * frontier and the record from which witnesses are rebuilt are the same array.
 */
export class StateSet {
  layout: Layout;
  count = 0;
  buckets: Bucket[];
  /** Number of levels begun. */
  depth = 0;
  /** The buckets that have states of the last level but one that was begun: those from which steps are taken. */
  frontier: number[] = [];
  /** The buckets that have states of the last level. */
  private fresh: number[] = [];
  /** log2 of the number of buckets. */
  bucketBits = 0;
  /** The queues of all buckets, one behind the other; and by bucket the number of words in its queue. */
  queues: Int32Array;
  queued: Int32Array;
  /** The buckets that have something in their queues; a bucket may be there more than once. */
  readonly waiting: number[] = [];

  constructor(layout: Layout) {
    this.layout = layout;
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
    const { queued } = this;
    const size = this.layout.words;
    const bucket = this.bucketOf(words);
    if (queued[bucket] === QUEUE_STATES * size) this.insert(bucket);
    const used = queued[bucket]!;
    if (used === 0) this.waiting.push(bucket);
    queued[bucket] = used + size;
    const at = bucket * QUEUE_STATES * size + used;
    for (let w = 0; w < size; w++) this.queues[at + w] = words[w]!;
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

  /** Inserts what waits in front of a bucket. */
  insert(number: number): void {
    const queued = this.queued[number]!;
    if (queued === 0) return;
    const bucket = this.buckets[number]!;
    const { words } = this.layout;
    const before = bucket.count;
    const at = number * QUEUE_STATES * words;
    insert(bucket, this.queues, at, at + queued, words);
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
    this.bucketBits++;
    const shift = 32 - this.bucketBits;
    this.buckets = this.buckets.flatMap((bucket) => divide(bucket, this.layout.words, shift));
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
