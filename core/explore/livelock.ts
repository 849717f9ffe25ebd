import { grow } from "./grow.ts";
import { pack, unpack } from "./layout.ts";
import { KIND } from "./local-machine.ts";
import { createMoves } from "./moves.ts";
import type { Search } from "./search.ts";
import { bucketsByLevel } from "./state-set.ts";
import type { Target } from "./witness.ts";

/** States from which no run can end any more. */
export interface Livelocks {
  readonly count: number;
  /** A nearest one, if there are any. */
  readonly first?: Target;
}

/** States looked at between two yields. */
const STATES_PER_TURN = 8192;

/** States of a set: bucket and position of each. */
class Places {
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

/**
 * Finds the states of a finished search from which no final state can be reached, nor a state in which a thread has met a fault.
 * Marks go backwards from the ends, level by level; a loop can make further passes necessary, over what is left. Yields now and then; sending `true` back ends it, and nothing is returned.
 */
export function* findLivelocks(search: Search): Generator<void, Livelocks | undefined, boolean | undefined> {
  const { set, automaton } = search;
  const { layout } = set;
  const ends = set.buckets.map((b) => new Uint8Array(b.count));
  const fields = new Int32Array(layout.threads + 1);
  const successor = new Int32Array(layout.threads + 1);
  const words = new Int32Array(layout.words);
  const moves = createMoves(layout.threads);

  const canEnd = (): boolean => {
    for (let t = 0; t < layout.threads; t++) if (automaton.kind[fields[t]!] === KIND.FAULTED) return true;
    search.select(automaton, fields, moves);
    if (moves.count === 0) return true;
    for (let m = 0; m < moves.count; m++) {
      search.apply(fields, moves, m, successor);
      pack(layout, successor, words, 0);
      if (ends[set.bucketOf(words)]![set.find(words)] === 1) return true;
    }
    return false;
  };

  /** Marks a state if it can end; whether it did. */
  const mark = (b: number, i: number): boolean => {
    unpack(layout, set.buckets[b]!.states, i * layout.words, fields);
    if (!canEnd()) return false;
    ends[b]![i] = 1;
    return true;
  };

  const rest = new Places();
  let turn = 0;
  const { buckets, offsets } = bucketsByLevel(set.buckets, set.depth);
  for (let level = set.depth - 1; level >= 0; level--) {
    for (let n = offsets[level]!; n < offsets[level + 1]!; n++) {
      const b = buckets[n]!;
      const { from, to } = set.level(set.buckets[b]!, level);
      for (let i = to - 1; i >= from; i--) if (!mark(b, i)) rest.push(b, i);
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
      if (!mark(bucket, position)) rest.push(bucket, position);
      if (r % STATES_PER_TURN === 0 && (yield)) return undefined;
    }
  }
  return summarize(search, rest);
}

function summarize({ set }: Search, rest: Places): Livelocks {
  let first: Target | undefined;
  for (let r = 0; r < rest.length; r++) {
    const bucket = set.buckets[rest.bucket[r]!]!;
    const position = rest.position[r]!;
    const depth = set.levelOf(bucket, position);
    if (first && first.depth <= depth) continue;
    const fields = new Int32Array(set.layout.threads + 1);
    unpack(set.layout, bucket.states, position * set.layout.words, fields);
    first = { fields, depth, arrangement: Int32Array.from(fields.subarray(0, -1), (_, t) => t) };
  }
  return { count: rest.length, ...(first && { first }) };
}
