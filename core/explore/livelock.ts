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

/** States looked at between two yields. */
const STATES_PER_TURN = 8192;

interface Place {
  readonly bucket: number;
  readonly position: number;
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

  let rest: Place[] = [];
  let turn = 0;
  for (let level = set.depth - 1; level >= 0; level--) {
    for (let b = 0; b < set.buckets.length; b++) {
      const { from, to } = set.level(set.buckets[b]!, level);
      for (let i = to - 1; i >= from; i--) if (!mark(b, i)) rest.push({ bucket: b, position: i });
      turn += to - from;
      if (turn < STATES_PER_TURN) continue;
      turn = 0;
      if (yield) return undefined;
    }
  }
  for (let before = Number.POSITIVE_INFINITY; rest.length < before; ) {
    before = rest.length;
    const left: Place[] = [];
    // Marks spread against the order of the last pass, too: what waits for a later state is found now.
    for (let r = rest.length - 1; r >= 0; r--) {
      const place = rest[r]!;
      if (!mark(place.bucket, place.position)) left.push(place);
      if (r % STATES_PER_TURN === 0 && (yield)) return undefined;
    }
    rest = left;
  }
  return summarize(search, rest);
}

function summarize({ set }: Search, rest: readonly Place[]): Livelocks {
  let first: Target | undefined;
  for (const { bucket, position } of rest) {
    const { states, levels } = set.buckets[bucket]!;
    const depth = levels.findLastIndex((start) => start <= position);
    if (first && first.depth <= depth) continue;
    const fields = new Int32Array(set.layout.threads + 1);
    unpack(set.layout, states, position * set.layout.words, fields);
    first = { fields, depth, arrangement: Int32Array.from(fields.subarray(0, -1), (_, t) => t) };
  }
  return { count: rest.length, ...(first && { first }) };
}
