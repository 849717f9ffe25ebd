import { grow } from "./grow.ts";
import { pack, unpack } from "./layout.ts";
import { createMoves, type Moves } from "./moves.ts";
import type { Elsewhere, Search } from "./search.ts";
import { bucketsByLevel } from "./state-set.ts";
import { type Target, targetAt } from "./witness.ts";

/** States from which no run can end any more. */
export interface Livelocks {
  readonly count: number;
  /** A nearest one, if there are any. */
  readonly first?: Target;
}

/** States looked at between two yields. */
const STATES_PER_TURN = 8192;

/** States of a set: bucket and position of each. */
export class Places {
  length = 0;
  bucket = new Int32Array(64);
  position = new Int32Array(64);

  push(bucket: number, position: number): void {
    this.bucket = grow(this.bucket, this.length + 1);
    this.position = grow(this.position, this.length + 1);
    this.bucket[this.length] = bucket;
    this.position[this.length++] = position;
  }

  reverse(): void {
    this.bucket.subarray(0, this.length).reverse();
    this.position.subarray(0, this.length).reverse();
  }
}

/** Which states of a finished search are known to come to an end: a final state, or one in which a thread has met a fault. */
export class Marks {
  private readonly search: Search;
  private readonly marks: readonly Uint8Array[];
  private readonly fields: Int32Array;
  private readonly successor: Int32Array;
  private readonly words: Int32Array;
  private readonly moves: Moves;

  constructor(search: Search) {
    this.search = search;
    const { layout, buckets } = search.set;
    this.marks = buckets.map((b) => new Uint8Array(b.count));
    this.fields = new Int32Array(layout.threads + 1);
    this.successor = new Int32Array(layout.threads + 1);
    this.words = new Int32Array(layout.words);
    this.moves = createMoves(layout.threads);
  }

  get byteLength(): number {
    return this.marks.reduce((sum, m) => sum + m.byteLength, 0);
  }

  set(bucket: number, position: number): void {
    this.marks[bucket]![position] = 1;
  }

  at(bucket: number, position: number): boolean {
    return this.marks[bucket]![position] === 1;
  }

  /** Whether a packed state of the search is marked. */
  has(words: Int32Array): boolean {
    const { set } = this.search;
    return this.at(set.bucketOf(words), set.find(words));
  }

  /**
   * Marks a state if one of its steps leads to a marked one that is kept here, or nothing can follow. Otherwise those who keep its other
   * successors are asked for their marks.
   * @param asks how many of them at most
   * @returns whether it is marked now
   */
  mark(bucket: number, position: number, asks = Infinity): boolean {
    const { search, fields, moves, successor, words } = this;
    const { layout, buckets } = search.set;
    unpack(layout, buckets[bucket]!.states, position * layout.words, fields);
    search.select(search.automaton, fields, moves);
    let ends = moves.faulted || moves.count === 0;
    search.elsewhere?.from(fields);
    for (let m = 0; m < moves.count && !ends; m++) {
      if (search.isElsewhere(fields, moves, m)) continue;
      search.apply(fields, moves, m, successor);
      pack(layout, successor, words, 0);
      ends = this.has(words);
    }
    if (ends) this.set(bucket, position);
    else if (search.elsewhere) this.ask(search.elsewhere, bucket, position, asks);
    return ends;
  }

  private ask(elsewhere: Elsewhere, bucket: number, position: number, most: number): void {
    const { search, fields, moves, successor, words } = this;
    for (let m = 0, asked = 0; m < moves.count && asked < most; m++) {
      if (!search.isElsewhere(fields, moves, m)) continue;
      asked++;
      search.apply(fields, moves, m, successor);
      pack(search.set.layout, successor, words, 0);
      elsewhere.ask(search.set.layout, words, bucket, position);
    }
  }
}

/**
 * Finds the states of a finished search from which no final state can be reached, nor a state in which a thread has met a fault.
 * Marks go backwards from the ends, level by level; a loop can make further passes necessary, over what is left. Yields now and then; sending `true` back ends it, and nothing is returned.
 */
export function* findLivelocks(search: Search): Generator<void, Livelocks | undefined, boolean | undefined> {
  const { set } = search;
  const marks = new Marks(search);
  const rest = new Places();
  let turn = 0;
  const { buckets, offsets } = bucketsByLevel(set.buckets, set.depth);
  for (let level = set.depth - 1; level >= 0; level--) {
    for (let n = offsets[level]!; n < offsets[level + 1]!; n++) {
      const b = buckets[n]!;
      const { from, to } = set.level(set.buckets[b]!, level);
      for (let i = to - 1; i >= from; i--) if (!marks.mark(b, i)) rest.push(b, i);
      turn += to - from + 1;
      if (turn < STATES_PER_TURN) continue;
      turn = 0;
      if (yield) return undefined;
    }
  }
  for (let before = set.count; rest.length > 0 && rest.length < before; ) {
    before = rest.length;
    // Marks spread against the order of the last pass, too: what waits for a later state is found now.
    rest.reverse();
    rest.length = 0;
    for (let r = 0; r < before; r++) {
      const bucket = rest.bucket[r]!;
      const position = rest.position[r]!;
      if (!marks.mark(bucket, position)) rest.push(bucket, position);
      if (r % STATES_PER_TURN === 0 && (yield)) return undefined;
    }
  }
  return summarize(search, rest);
}

/** How many states there are at some places of a set, and a nearest one. */
export function summarize({ set }: Search, rest: Places): Livelocks {
  const fields = new Int32Array(set.layout.threads + 1);
  let first: Target | undefined;
  for (let r = 0; r < rest.length; r++) {
    const bucket = set.buckets[rest.bucket[r]!]!;
    const position = rest.position[r]!;
    const depth = set.levelOf(bucket, position);
    if (first && first.depth <= depth) continue;
    unpack(set.layout, bucket.states, position * set.layout.words, fields);
    first = targetAt(fields, depth);
  }
  return { count: rest.length, ...(first && { first }) };
}
