import { type Circles, stepsInCircles } from "../search/circles.ts";
import { Marks, Places, summarize } from "../search/livelock.ts";
import type { Search } from "../search/search.ts";
import { bucketsByLevel } from "../states/bucket.ts";
import { pack } from "../states/layout.ts";
import type { Neighbours } from "./neighbours.ts";
import { FOUND, type Found } from "./protocol.ts";

/** Yielded by work that cannot go on before a neighbour has answered. */
export const WAIT = "wait";

/** States looked at between two yields. */
const STATES_PER_TURN = 8192;

type Work = Generator<typeof WAIT | undefined, void, boolean | undefined>;

/**
 * Which states of a partition can come to an end, as `findLivelocks` finds it where all states are in one place. A state none of whose successors
 * here is marked asks those who keep the others.
 */
export class Ends {
  private readonly search: Search;
  private readonly neighbours: Neighbours;
  private readonly find: (kind: Found, fields: Int32Array, depth: number) => void;
  private marks: Marks | undefined;
  private byLevel: ReturnType<typeof bucketsByLevel> | undefined;
  private readonly rest = new Places();

  constructor(
    search: Search,
    neighbours: Neighbours,
    find: (kind: Found, fields: Int32Array, depth: number) => void,
  ) {
    this.search = search;
    this.neighbours = neighbours;
    this.find = find;
  }

  /** States that were looked at and are not marked. */
  get unmarked(): number {
    return this.rest.length;
  }

  get byteLength(): number {
    return this.marks?.byteLength ?? 0;
  }

  /** Whether a state, which is kept here, is marked. */
  has(fields: Int32Array): boolean {
    const words = new Int32Array(this.search.set.layout.words);
    pack(this.search.set.layout, fields, words, 0);
    return this.marks!.has(words);
  }

  /** Takes a neighbour's answers. */
  hear(from: number, marked: Uint8Array): void {
    this.neighbours.answered(from, marked, (bucket, position) => this.marks!.set(bucket, position));
  }

  /** Marks the states in which a step does not stay in a circle, once all states are known. */
  *markLeading(circles: Circles): Work {
    this.renew();
    const { buckets } = this.search.set;
    const stays = stepsInCircles(this.search.automaton, circles);
    let work = 0;
    for (const [b, { count }] of buckets.entries()) {
      for (let i = 0; i < count; i++) {
        if (!this.marks!.markLeading(b, i, stays)) this.rest.push(b, i);
        if (++work % STATES_PER_TURN === 0 && (yield)) return;
      }
    }
  }

  /** Forgets all marks. */
  *forget(): Work {
    if (yield) return;
    this.renew();
  }

  /** Looks at the states of a level. Nearly all of them can end in any way, so that one question each is enough at first. */
  *mark(level: number): Work {
    const { set } = this.search;
    const before = this.rest.length;
    let work = 0;
    const { buckets, offsets } = this.byLevel!;
    for (let n = offsets[level]!; n < offsets[level + 1]!; n++) {
      const b = buckets[n]!;
      const { from, to } = set.level(set.buckets[b]!, level);
      for (let i = to - 1; i >= from; i--) {
        if (!this.marks!.mark(b, i, 1)) this.rest.push(b, i);
        if (++work % STATES_PER_TURN === 0 && (yield)) return;
      }
    }
    yield* this.settle(before);
  }

  /** Looks again at the states that are not marked, in the other direction. */
  *markRest(): Work {
    const { rest } = this;
    rest.reverse();
    for (let r = 0; r < rest.length; r++) {
      this.marks!.mark(rest.bucket[r]!, rest.position[r]!);
      if (r % STATES_PER_TURN === 0 && (yield)) return;
    }
    yield* this.settle(0);
  }

  /** Names a nearest state that is not marked. */
  *nameNearest(): Work {
    if (yield) return;
    const { first } = summarize(this.search, this.rest);
    if (first) this.find(FOUND.LIVELOCK, first.fields, first.depth);
  }

  private renew(): void {
    this.marks = new Marks(this.search);
    this.byLevel ??= bucketsByLevel(this.search.set.buckets, this.search.set.depth);
    this.rest.length = 0;
  }

  /** Waits for the answers, and leaves out of the rest, from a place on, what is marked then. */
  private *settle(from: number): Work {
    while (this.neighbours.waiting > 0) if (yield WAIT) return;
    const { rest } = this;
    const { bucket, position } = rest;
    let kept = from;
    for (let r = from; r < rest.length; r++) {
      if (this.marks!.at(bucket[r]!, position[r]!)) continue;
      bucket[kept] = bucket[r]!;
      position[kept++] = position[r]!;
    }
    rest.length = kept;
  }
}
