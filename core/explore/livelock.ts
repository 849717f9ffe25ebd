import { pack, unpack } from "./layout.ts";
import { KIND } from "./local-machine.ts";
import { createMoves } from "./moves.ts";
import type { Search } from "./search.ts";
import type { Target } from "./witness.ts";

/** States from which no run can end any more. */
export interface Livelocks {
  readonly count: number;
  /** A nearest one, if there are any. */
  readonly first?: Target;
}

/**
 * Finds the states of a finished search from which no final state can be reached, nor a state in which a thread has met a fault.
 * Marks go backwards from the ends, level by level; a loop can make further passes necessary, and only what is unmarked is
 * looked at again. Yields now and then; sending `true` back ends it, and nothing is returned.
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

  for (let changed = true; changed; ) {
    changed = false;
    for (let level = set.depth - 1; level >= 0; level--) {
      for (const [b, bucket] of set.buckets.entries()) {
        if (yield) return undefined;
        const { from, to } = set.level(bucket, level);
        for (let i = to - 1; i >= from; i--) {
          if (ends[b]![i] === 1) continue;
          unpack(layout, bucket.states, i * layout.words, fields);
          if (!canEnd()) continue;
          ends[b]![i] = 1;
          changed = true;
        }
      }
    }
  }
  return unmarked(search, ends);
}

function unmarked({ set }: Search, ends: readonly Uint8Array[]): Livelocks {
  let count = 0;
  let first: Target | undefined;
  for (const [b, bucket] of set.buckets.entries()) {
    for (let level = 0; level < set.depth; level++) {
      const { from, to } = set.level(bucket, level);
      for (let i = from; i < to; i++) {
        if (ends[b]![i] === 1) continue;
        count++;
        if (first && first.depth <= level) continue;
        const fields = new Int32Array(set.layout.threads + 1);
        unpack(set.layout, bucket.states, i * set.layout.words, fields);
        first = { fields, depth: level, arrangement: Int32Array.from(fields.subarray(0, -1), (_, t) => t) };
      }
    }
  }
  return { count, ...(first && { first }) };
}
