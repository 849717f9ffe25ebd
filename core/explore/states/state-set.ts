import { address, LinearMemory } from "../kernel/kernel.ts";
import { type Bucket, bucketsByLevel, lastUpTo, mark } from "./bucket.ts";
import { type Layout, unpack } from "./layout.ts";
import { repacker, repackerBytes } from "./repack.ts";

/** Room in a queue: enough that a bucket, once it is in the cache, is used often. */
const QUEUE_STATES = 3 * 2 ** 9;
/** Buckets are divided when they hold this many states: their index takes 64 kilobytes then. */
const BUCKET_STATES = 2 ** 14;
/** Room in a bucket for what a single level may bring; if it brings more, buckets are divided in the midst of it. */
const MOST_STATES = 5 * 2 ** 12;

/** What the kernel notes of each bucket beside its slot; `kernel/queues.as.ts` says the same. */
const ENTRY_BYTES = 12;
/** A level and where it begins. */
const MARK_BYTES = 8;

/**
 * The set of states that an exploration has reached, and the order in which it reached them.
 *
 * States are divided by hash into buckets that fit a processor's cache. New states wait in a short queue in front of their
 * bucket and enter it many at a time (radix-bucketed insertion, engine.md §3.1). A bucket keeps its packed states in the order of
 * arrival, with marks where each breadth-first level begins, and an open-addressing index on them: the set, the
 * frontier and the record from which witnesses are rebuilt are the same array.
 *
 * All this lies in linear memory, where a kernel (`kernel/queues.as.ts`) does the inserting.
 */
export class StateSet {
  layout!: Layout;
  buckets: Bucket[] = [];
  /** Number of levels begun. */
  depth = 0;
  /** The buckets that have states of the last level but one that was begun: those from which steps are taken. */
  frontier: number[] = [];
  /** Where all states are; another one when the layout has changed. */
  linear!: LinearMemory;
  /** Set when states have been moved, so that places found before mean nothing; whoever has dealt with that resets it. */
  moved = false;
  /** Whether there is no memory for more states, and some have been lost. */
  full = false;

  /** The buckets that have states of the last level. */
  private fresh: number[] = [];
  /** Address of room for what is handed to the kernel: a state, and what a `repacker` needs. */
  private hand = 0;
  private slotBytes = 0;
  /** Room for marks of all buckets. */
  private marks = 0;

  constructor(layout: Layout) {
    if (!this.begin(layout, 1)) throw new RangeError("there is no memory for a set of states");
  }

  /** Number of states that have been inserted. */
  get count(): number {
    return this.linear.kernel.total();
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
    unpack(this.layout, this.linear.words, bucket.states + position * this.layout.words, fields);
  }

  /** Queues a packed state for insertion. */
  add(state: Int32Array): void {
    if (!this.linear.kernel.add(this.handOver(state))) this.makeRoom();
  }

  /** Inserts everything that waits. */
  flush(): void {
    while (!this.linear.kernel.flush() && !this.full) this.makeRoom();
    this.settle();
  }

  /** Divides all buckets, where one of them has no room for what waits in front of it. */
  makeRoom(): void {
    const { words, kernel } = this.linear;
    const rest: Int32Array[] = [];
    for (let i = 0; i < kernel.waiting(); i++) {
      const number = kernel.waitingAt(i);
      const at = address(kernel.queueOf(number)) / 4;
      rest.push(words.slice(at, at + kernel.queuedOf(number) / 4));
    }
    this.settle();
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

  /** The position in `bucketOf(words)` of a packed state, or -1 if it is not in the set. All queues must be empty. */
  find(state: Int32Array): number {
    const at = this.handOver(state);
    const { kernel } = this.linear;
    return kernel.find(this.buckets[kernel.bucketOf(at)]!.slot, at);
  }

  /** The number of the bucket to which a packed state belongs. */
  bucketOf(state: Int32Array): number {
    return this.linear.kernel.bucketOf(this.handOver(state));
  }

  /** Of linear memory as much as is in use; untouched pages take nothing. */
  get byteLength(): number {
    return this.linear.kernel.bytesInUse() + MARK_BYTES * this.marks;
  }

  /** Divides the buckets until they are small again. To be called between levels. */
  balance(): void {
    while (this.count > BUCKET_STATES * this.buckets.length && this.divide());
  }

  /** Packs all states anew; sets `full` and leaves everything as it is if there is not enough memory for that. */
  changeLayout(layout: Layout): void {
    this.flush();
    this.moved = true;
    const { layout: from, buckets, linear, depth } = this;
    if (!this.begin(layout, buckets.length)) {
      this.full = true;
      return;
    }
    const repack = repacker(this.linear, from, layout, this.hand, () => {
      this.makeRoom();
      return !this.full;
    });
    const byLevel = bucketsByLevel(buckets, depth);
    for (let level = 0; level < depth; level++) {
      this.depth = level + 1;
      for (let b = byLevel.offsets[level]!; b < byLevel.offsets[level + 1]!; b++) {
        const bucket = buckets[byLevel.buckets[b]!]!;
        const { from: first, to } = this.level(bucket, level);
        const at = (position: number): number => bucket.states + position * from.words;
        repack(linear.words.subarray(at(first), at(to)));
      }
      this.flush();
    }
    this.depth = depth;
    this.findFrontiers();
  }

  /** Begins with so many empty buckets in a new memory. @returns whether there is enough memory; if not, nothing is changed */
  private begin(layout: Layout, buckets: number): boolean {
    const linear = new LinearMemory();
    const slotBytes = linear.kernel.configure(layout.words, QUEUE_STATES, MOST_STATES);
    const hand = linear.allocate(repackerBytes(layout));
    const slots = linear.allocate(buckets * slotBytes);
    const table = linear.allocate(buckets * ENTRY_BYTES);
    if (hand === undefined || slots === undefined || table === undefined) return false;
    this.linear = linear;
    this.layout = layout;
    this.hand = hand;
    this.slotBytes = slotBytes;
    this.useBuckets(this.createBuckets(slots, buckets), table);
    return true;
  }

  private createBuckets(slots: number, count: number): Bucket[] {
    const { kernel } = this.linear;
    return Array.from({ length: count }, (_, i): Bucket => {
      const slot = slots + i * this.slotBytes;
      kernel.clear(slot);
      const [levels, starts] = [new Int32Array(16), new Int32Array(16)];
      return { slot, states: address(kernel.statesOf(slot)) / 4, count: 0, levels, starts, levelCount: 0 };
    });
  }

  /** Tells the kernel of the buckets that there are now. */
  private useBuckets(buckets: Bucket[], table: number): void {
    const { kernel } = this.linear;
    this.buckets = buckets;
    kernel.useBuckets(table, Math.log2(buckets.length));
    this.marks = 0;
    for (const [number, { slot, levels }] of buckets.entries()) {
      kernel.useBucket(number, slot);
      this.marks += levels.length;
    }
  }

  /** Hands a packed state to the kernel. @returns its address */
  private handOver(state: Int32Array): number {
    const { words } = this.linear;
    for (let w = 0; w < this.layout.words; w++) words[this.hand / 4 + w] = state[w]!;
    return this.hand;
  }

  /** Notes what the kernel has inserted since the last time. What is still queued is forgotten. */
  private settle(): void {
    const { kernel } = this.linear;
    for (let i = 0; i < kernel.waiting(); i++) {
      const number = kernel.waitingAt(i);
      const bucket = this.buckets[number]!;
      const before = bucket.count;
      bucket.count = kernel.countOf(bucket.slot);
      if (bucket.count === before) continue;
      const marks = bucket.levels.length;
      if (mark(bucket, this.depth - 1, before)) this.fresh.push(number);
      this.marks += bucket.levels.length - marks;
    }
    kernel.forgetQueues();
  }

  /** Divides every bucket in two by the next bit of the hash; queues must be empty. @returns whether there was memory for it */
  private divide(): boolean {
    const { buckets, linear } = this;
    const slots = linear.allocate(buckets.length * this.slotBytes);
    const table = slots === undefined ? undefined : linear.allocate(2 * buckets.length * ENTRY_BYTES);
    if (slots === undefined || table === undefined) return false;
    const others = this.createBuckets(slots, buckets.length);
    const bit = 63 - Math.log2(buckets.length);
    for (const [b, bucket] of buckets.entries()) this.move(bucket, others[b]!, bit);
    this.useBuckets(
      buckets.flatMap((bucket, b) => [bucket, others[b]!]),
      table,
    );
    this.findFrontiers();
    return true;
  }

  /** Moves those states of a bucket to another, empty one whose hash has a 1 at a bit. */
  private move(bucket: Bucket, other: Bucket, bit: number): void {
    const { kernel } = this.linear;
    const { levels, starts, levelCount, count } = bucket;
    bucket.levels = new Int32Array(levelCount);
    bucket.starts = new Int32Array(levelCount);
    bucket.levelCount = bucket.count = 0;
    kernel.prepareToDivide(bucket.slot, other.slot);
    for (let l = 0; l < levelCount; l++) {
      const end = l + 1 < levelCount ? starts[l + 1]! : count;
      kernel.divide(bucket.slot, other.slot, starts[l]!, end, bit);
      for (const half of [bucket, other]) {
        const before = half.count;
        half.count = kernel.countOf(half.slot);
        if (half.count > before) mark(half, levels[l]!, before);
      }
    }
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
