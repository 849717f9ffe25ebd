import { type Bucket, bucketsByLevel, lastUpTo, mark } from "./bucket.ts";
import { createKernel, HEADER, type Kernel, type LinearMemory } from "./kernel/kernel.ts";
import { type Layout, pack, unpack } from "./layout.ts";
import { hash } from "./state-hash.ts";

/** Room in a queue: enough that a bucket, once it is in the cache, is used often. */
const QUEUE_STATES = 2 ** 11;
/** Buckets are divided when they hold this many states: their index takes 64 kilobytes then. */
const BUCKET_STATES = 2 ** 14;
/** Room in a bucket for what a single level may bring; if it brings more, buckets are divided in the midst of it. */
const MOST_STATES = 5 * 2 ** 12;

/** Of linear memory. */
const PAGE_BYTES = 2 ** 16;
const LINE_BYTES = 64;

/**
 * The set of states that an exploration has reached, and the order in which it reached them.
 *
 * States are divided by hash into buckets that fit a processor's cache. New states wait in a short queue in front of their
 * bucket and enter it many at a time (radix-bucketed insertion, engine.md §3.1). A bucket keeps its packed states in the order of
 * arrival, with marks where each breadth-first level begins, and an open-addressing index on them: the set, the
 * frontier and the record from which witnesses are rebuilt are the same array.
 *
 * All this lies in the linear memory of a kernel (`kernel/buckets.as.ts`), which does the inserting.
 */
export class StateSet {
  layout!: Layout;
  count = 0;
  buckets: Bucket[] = [];
  /** Number of levels begun. */
  depth = 0;
  /** The buckets that have states of the last level but one that was begun: those from which steps are taken. */
  frontier: number[] = [];
  /** Linear memory as words: the same until states are moved. */
  words: Int32Array = new Int32Array(0);
  /** By bucket, where its queue begins in `words`, and how many words are in it. */
  queues: Int32Array = new Int32Array(0);
  queued: Int32Array = new Int32Array(0);
  /** Words that a queue has room for. */
  queueWords = 0;
  /** log2 of the number of buckets. */
  bucketBits = 0;
  /** The buckets that have something in their queues; a bucket may be there more than once. */
  waiting: number[] = [];
  /** Set when states have been moved, so that places found before mean nothing; whoever has dealt with that resets it. */
  moved = false;
  /** Whether there is no memory for more states, and some have been lost. */
  full = false;

  /** The buckets that have states of the last level. */
  private fresh: number[] = [];
  private kernel!: Kernel;
  private memory!: LinearMemory;
  private slotBytes = 0;

  constructor(layout: Layout) {
    if (!this.begin(layout, 1)) throw new RangeError("there is no memory for a set of states");
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

  /** The fields of a state of a bucket, into `fields`. */
  read(bucket: Bucket, position: number, fields: Int32Array): void {
    unpack(this.layout, this.words, bucket.states + position * this.layout.words, fields);
  }

  /** Queues a packed state for insertion. */
  add(state: Int32Array): void {
    const size = this.layout.words;
    const h = hash(state, 0, size);
    let bucket = this.bucketNumber(h);
    if (this.queued[bucket] === this.queueWords) {
      this.insert(bucket);
      bucket = this.bucketNumber(h); // it may have been divided
    }
    const used = this.queued[bucket]!;
    if (used === 0) this.waiting.push(bucket);
    this.queued[bucket] = used + size;
    const at = this.queues[bucket]! + used;
    for (let w = 0; w < size; w++) this.words[at + w] = state[w]!;
  }

  /** Inserts everything that waits. */
  flush(): void {
    for (;;) {
      const bucket = this.waiting.pop();
      if (bucket === undefined) return;
      this.insert(bucket);
    }
  }

  /** Inserts what waits in front of a bucket; if there is no room for all of it, all buckets are divided. */
  insert(number: number): void {
    const { words: size } = this.layout;
    const waiting = this.queued[number]! / size;
    if (waiting === 0) return;
    const bucket = this.buckets[number]!;
    const before = bucket.count;
    const inserted = this.kernel.insert(bucket.slot, waiting);
    bucket.count = this.words[bucket.slot / 4 + HEADER.COUNT]!;
    bucket.peak = Math.max(bucket.peak, bucket.count);
    this.count += bucket.count - before;
    if (bucket.count > before && mark(bucket, this.depth - 1, before)) this.fresh.push(number);
    this.queued[number] = 0;
    if (inserted < waiting) this.makeRoom(bucket.queue + inserted * size, bucket.queue + waiting * size);
  }

  /** The position in `bucketOf(words)` of a packed state, or -1 if it is not in the set. All queues must be empty. */
  find(state: Int32Array): number {
    for (let w = 0; w < this.layout.words; w++) this.words[w] = state[w]!;
    return this.kernel.find(this.buckets[this.bucketOf(state)]!.slot, 0);
  }

  /** The number of the bucket to which a packed state belongs. */
  bucketOf(state: Int32Array): number {
    return this.bucketNumber(hash(state, 0, this.layout.words));
  }

  /** Of linear memory as much as is in use; untouched pages take nothing. */
  get byteLength(): number {
    let bytes = 0;
    for (const { slot, peak, levels, starts } of this.buckets) {
      const slots = this.words[slot / 4 + HEADER.MASK]! + 1;
      bytes += HEADER.BYTES + 4 * (this.queueWords + peak * this.layout.words) + 2 * slots;
      bytes += levels.byteLength + starts.byteLength;
    }
    return bytes;
  }

  /** Divides the buckets until they are small again. To be called between levels. */
  balance(): void {
    while (this.count > BUCKET_STATES * this.buckets.length && this.divide());
  }

  /** Packs all states anew; sets `full` and leaves everything as it is if there is not enough memory for that. */
  changeLayout(layout: Layout): void {
    this.flush();
    this.moved = true;
    const { layout: from, buckets, words, depth } = this;
    if (!this.begin(layout, buckets.length)) {
      this.full = true;
      return;
    }
    const fields = new Int32Array(layout.threads + 1);
    const state = new Int32Array(layout.words);
    this.count = 0;
    const byLevel = bucketsByLevel(buckets, depth);
    for (let level = 0; level < depth; level++) {
      this.depth = level + 1;
      for (let b = byLevel.offsets[level]!; b < byLevel.offsets[level + 1]!; b++) {
        const bucket = buckets[byLevel.buckets[b]!]!;
        const { from: first, to } = this.level(bucket, level);
        for (let i = first; i < to; i++) {
          unpack(from, words, bucket.states + i * from.words, fields);
          pack(layout, fields, state, 0);
          this.add(state);
        }
      }
      this.flush();
    }
    this.depth = depth;
    this.findFrontiers();
  }

  /** Begins with so many empty buckets in a new memory. @returns whether there is enough memory; if not, nothing is changed */
  private begin(layout: Layout, buckets: number): boolean {
    const { kernel, memory } = createKernel();
    const slotBytes = kernel.configure(layout.words, QUEUE_STATES, MOST_STATES);
    const words = reserve(memory, firstSlot(layout) + buckets * slotBytes);
    if (!words) return false;
    this.layout = layout;
    this.kernel = kernel;
    this.memory = memory;
    this.words = words;
    this.slotBytes = slotBytes;
    this.queueWords = QUEUE_STATES * layout.words;
    this.buckets = Array.from({ length: buckets }, (_, slot) => this.createBucket(slot));
    this.renewQueues();
    return true;
  }

  private createBucket(number: number): Bucket {
    const slot = firstSlot(this.layout) + number * this.slotBytes;
    this.kernel.clear(slot);
    const queue = (slot + HEADER.BYTES) / 4;
    const [levels, starts] = [new Int32Array(16), new Int32Array(16)];
    return { slot, queue, states: queue + this.queueWords, count: 0, peak: 0, levels, starts, levelCount: 0 };
  }

  private bucketNumber(h: number): number {
    return (h >>> 1) >>> (31 - this.bucketBits); // in two steps, because a shift by 32 is one by 0
  }

  /** Divides all buckets, with states waiting: those in `words[from …]` up to `to`, and those in queues. */
  private makeRoom(from: number, to: number): void {
    const rest = [this.words.slice(from, to)];
    for (const number of this.waiting.splice(0)) {
      const at = this.queues[number]!;
      rest.push(this.words.slice(at, at + this.queued[number]!));
      this.queued[number] = 0;
    }
    this.moved = true;
    if (!this.divide()) {
      this.full = true;
      return;
    }
    const size = this.layout.words;
    for (const states of rest) {
      for (let at = 0; at < states.length; at += size) this.add(states.subarray(at, at + size));
    }
  }

  /** Divides every bucket in two by the next bit of the hash; queues must be empty. @returns whether there was memory for it */
  private divide(): boolean {
    const { buckets } = this;
    const words = reserve(this.memory, firstSlot(this.layout) + 2 * buckets.length * this.slotBytes);
    if (!words) return false;
    this.words = words;
    this.bucketBits++;
    this.buckets = buckets.flatMap((bucket, b) => {
      const other = this.createBucket(buckets.length + b);
      this.move(bucket, other);
      return [bucket, other];
    });
    this.renewQueues();
    this.findFrontiers();
    return true;
  }

  /** Moves those states of a bucket to another, empty one whose hash has a 1 at the last bit that makes the buckets' numbers. */
  private move(bucket: Bucket, other: Bucket): void {
    const { kernel, words, bucketBits } = this;
    const { levels, starts, levelCount, count } = bucket;
    bucket.levels = new Int32Array(levelCount);
    bucket.starts = new Int32Array(levelCount);
    bucket.levelCount = bucket.count = words[bucket.slot / 4 + HEADER.COUNT] = 0;
    for (let l = 0; l < levelCount; l++) {
      const end = l + 1 < levelCount ? starts[l + 1]! : count;
      kernel.divide(bucket.slot, other.slot, starts[l]!, end, 32 - bucketBits);
      for (const half of [bucket, other]) {
        const before = half.count;
        half.count = words[half.slot / 4 + HEADER.COUNT]!;
        if (half.count > before) mark(half, levels[l]!, before);
      }
    }
    other.peak = other.count;
    kernel.index(bucket.slot);
    kernel.index(other.slot);
  }

  /** Empty queues for the buckets that there are now. */
  private renewQueues(): void {
    this.queued = new Int32Array(this.buckets.length);
    this.queues = Int32Array.from(this.buckets, ({ queue }) => queue);
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

/** Address of the first slot. What lies before it is room for a state to be looked for. */
const firstSlot = ({ words }: Layout): number => Math.ceil((4 * words) / LINE_BYTES) * LINE_BYTES;

/** Makes a memory so large at least. @returns it as words, or undefined if there is not as much */
function reserve(memory: LinearMemory, bytes: number): Int32Array | undefined {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES);
  try {
    if (pages > 0) memory.grow(pages);
  } catch {
    return undefined;
  }
  return new Int32Array(memory.buffer);
}
