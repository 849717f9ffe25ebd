import { bucketsByLevel } from "../states/bucket.ts";
import type { Elsewhere } from "../states/elsewhere.ts";
import { grow } from "../states/grow.ts";
import { pack } from "../states/layout.ts";
import { KIND } from "../threads/local-machine.ts";
import { type Target, targetAt } from "../witness/witness.ts";
import type { Automaton } from "./automaton.ts";
import { findCircles, stepsByDigest, stepsInCircles } from "./circles.ts";
import { createMoves, type Moves } from "./moves.ts";
import type { Search } from "./search.ts";

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
    search.set.read(buckets[bucket]!, position, fields);
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

  /** Marks a state if a step of it does not stay in a circle (see `stepsInCircles`), or nothing can follow. @returns whether it is marked now */
  markLeading(bucket: number, position: number, stays: Uint8Array): boolean {
    const { fields } = this;
    const { automaton, set } = this.search;
    set.read(set.buckets[bucket]!, position, fields);
    if (isCircling(automaton, fields, stays)) return false;
    this.set(bucket, position);
    return true;
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

/** Whether there are steps from a state, and all stay in circles. */
function isCircling(automaton: Automaton, fields: Int32Array, stays: Uint8Array): boolean {
  const threads = fields.length - 1;
  let moves = false;
  for (let t = 0; t < threads; t++) {
    const local = fields[t]!;
    const kind = automaton.kind[local]!;
    if (kind === KIND.FAULTED) return false;
    if (kind >= KIND.LOCAL) {
      if (stays[automaton.execution(local, fields[threads]!)] !== 1) return false;
      moves = true;
    }
    if (automaton.oldest[local]! >= 0) {
      if (stays[automaton.drain(local)] !== 1) return false;
      moves = true;
    }
  }
  return moves;
}

/**
 * Finds the states of a finished search from which no final state can be reached, nor a state in which a thread has met a fault.
 *
 * Most steps lead a thread on for good, and no run has more of those than it has ways to go on; so where no run can end, one comes to states in
 * which all steps, and all that follow, stay in circles. There are few candidates for that, if any; the rest of the states is looked
 * at only where there are livelocks, to count them. Yields now and then; sending `true` back ends it, and nothing is returned.
 */
export function* findLivelocks(search: Search): Generator<void, Livelocks | undefined, boolean | undefined> {
  const { automaton } = search;
  const circles = findCircles([stepsByDigest(automaton)]);
  if (circles.length === 0) return { count: 0 };
  const stays = stepsInCircles(automaton, circles);
  const trapped = yield* leftUnmarked(search, (marks, b, i) => marks.markLeading(b, i, stays));
  if (!trapped?.length) return trapped && { count: 0 };
  const rest = yield* leftUnmarked(search, (marks, b, i) => marks.mark(b, i));
  return rest && summarize(search, rest);
}

/**
 * Marks states: first all, level by level from the last one back, in a way of its own, then again and again those that lead to marked ones.
 * @returns those that are left
 */
function* leftUnmarked(
  search: Search,
  markFirst: (marks: Marks, bucket: number, position: number) => boolean,
): Generator<void, Places | undefined, boolean | undefined> {
  const { set } = search;
  const marks = new Marks(search);
  const rest = new Places();
  let turn = 0;
  const { buckets, offsets } = bucketsByLevel(set.buckets, set.depth);
  for (let level = set.depth - 1; level >= 0; level--) {
    for (let n = offsets[level]!; n < offsets[level + 1]!; n++) {
      const b = buckets[n]!;
      const { from, to } = set.level(set.buckets[b]!, level);
      for (let i = to - 1; i >= from; i--) if (!markFirst(marks, b, i)) rest.push(b, i);
      turn += to - from + 1;
      if (turn < STATES_PER_TURN) continue;
      turn = 0;
      if (yield) return undefined;
    }
  }
  for (let before = set.count + 1; rest.length > 0 && rest.length < before; ) {
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
  return rest;
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
    set.read(bucket, position, fields);
    first = targetAt(fields, depth);
  }
  return { count: rest.length, ...(first && { first }) };
}
