import { append, createLog, type ScheduleLog, wordOf } from "../../schedule/log.ts";
import { createMoves, type Moves } from "../search/moves.ts";
import type { Search } from "../search/search.ts";
import { grow } from "../states/grow.ts";
import { type Layout, pack, unpack } from "../states/layout.ts";
import { hash } from "../states/state-hash.ts";
import { Predecessors } from "./predecessors.ts";

/** A state that a search has reached, to which a schedule is wanted. */
export interface Target {
  readonly fields: Int32Array;
  /** Its level: the length of the shortest schedule to it. */
  readonly depth: number;
  /** Which local state each thread is to have: thread t that of `fields[arrangement[t]]`. */
  readonly arrangement: Int32Array;
}

/** A state as a target, its threads as they stand in it. */
export const targetAt = (fields: Int32Array, depth: number): Target => ({
  fields: fields.slice(),
  depth,
  arrangement: Int32Array.from(fields.subarray(0, -1), (_, t) => t),
});

/** The target in which two interchangeable threads have changed places. */
export function exchanged({ arrangement, ...target }: Target, one: number, other: number): Target {
  const changed = arrangement.slice();
  changed[one] = arrangement[other]!;
  changed[other] = arrangement[one]!;
  return { ...target, arrangement: changed };
}

/** States looked at, or transitions written down, between two yields. */
const WORK_PER_TURN = 8192;

/** Schedules that were worked out. */
export interface Schedules {
  /** By target; undefined where it had not been found when the work was ended. */
  readonly logs: readonly (ScheduleLog | undefined)[];
  /** Whether it was ended because there was no more room. */
  readonly outOfRoom: boolean;
}

/**
 * Schedules to states of a search, shortest among those that its reduction keeps. The search remembers no predecessors; they
 * are worked out from the wanted states back, until all chains reach the start. Yields now and then; sending `true` ends it.
 * @param room bytes that may be used; where they do not suffice, it ends, too
 */
export function* schedules(
  search: Search,
  targets: readonly Target[],
  room: number,
): Generator<void, Schedules, boolean | undefined> {
  const chains = new Chains(search, search.set.layout, room);
  const nodes = targets.map((t) => chains.want(t.fields, t.depth));
  const completed = yield* complete(chains, search);
  const logs = completed ? yield* chains.writeDown(nodes, targets) : targets.map(() => undefined);
  return { logs, outOfRoom: chains.full };
}

/** Finds what comes before the states of chains, and before those, and so on; whether it came to the end. */
function* complete(chains: Chains, search: Search): Generator<void, boolean, boolean | undefined> {
  const predecessors = new Predecessors(search);
  const fields = new Int32Array(search.set.layout.threads + 1);
  let work = 0;
  for (let node = 0; chains.open > 0 && node < chains.count; node++) {
    if (chains.isDone(node)) continue;
    const depth = chains.read(node, fields);
    work += predecessors.look(fields, depth, (before, level) => {
      chains.leadsOn(before, level);
      return chains.isDone(node);
    });
    if (work < WORK_PER_TURN) continue;
    work = 0;
    if ((yield) || chains.full) return false;
  }
  return true;
}

/** The states on the way to targets, each with the one before it, in columns: deep searches have millions of them. */
export class Chains {
  count = 0;
  /** How many of them have nothing before them yet. */
  open = 0;
  private readonly search: Search;
  private readonly layout: Layout;
  private readonly room: number;
  /** Packed states. */
  private states = new Int32Array(64);
  private depth = new Int32Array(64);
  /** The node before, or -1 where it is not known, and the move that leads on from there. */
  private before = new Int32Array(64);
  private move = new Int32Array(64);
  /** Open addressing: node + 1; 0: empty. */
  private index = new Int32Array(128);
  /** Bytes of the schedules written down. */
  private logBytes = 0;
  private readonly fields: Int32Array;
  private readonly successor: Int32Array;
  private readonly words: Int32Array;
  private readonly moves: Moves;

  /**
   * @param layout must have room for all numbers that come
   * @param room bytes that may be used
   */
  constructor(search: Search, layout: Layout, room: number) {
    this.search = search;
    this.layout = layout;
    this.room = room;
    this.fields = new Int32Array(layout.threads + 1);
    this.successor = new Int32Array(layout.threads + 1);
    this.words = new Int32Array(layout.words);
    this.moves = createMoves(layout.threads);
  }

  get byteLength(): number {
    return [this.states, this.depth, this.before, this.move, this.index].reduce(
      (n, a) => n + a.byteLength,
      this.logBytes,
    );
  }

  /** The node of a state, a new one if there is none yet. */
  want(fields: Int32Array, depth: number): number {
    const { layout, words } = this;
    pack(layout, fields, words, 0);
    const slot = this.slot(words);
    if (this.index[slot]! > 0) return this.index[slot]! - 1;
    const node = this.count++;
    this.index[slot] = node + 1;
    this.states = grow(this.states, this.count * layout.words);
    this.states.set(words, node * layout.words);
    this.depth = grow(this.depth, this.count);
    this.before = grow(this.before, this.count);
    this.move = grow(this.move, this.count);
    this.depth[node] = depth;
    this.before[node] = -1;
    if (2 * this.count > this.index.length) this.reindex();
    if (depth > this.search.firstLevel) this.open++;
    return node;
  }

  /** Whether it has used up its room. */
  get full(): boolean {
    return this.byteLength > this.room;
  }

  /** Whether it is known what comes before a node, or nothing does. */
  isDone(node: number): boolean {
    return this.before[node]! >= 0 || this.depth[node]! <= this.search.firstLevel;
  }

  /** The fields of a node's state, into `fields`. @returns its depth */
  read(node: number, fields: Int32Array): number {
    unpack(this.layout, this.states, node * this.layout.words, fields);
    return this.depth[node]!;
  }

  /** Looks whether a state of a level comes before nodes that want one. */
  leadsOn(fields: Int32Array, level: number): void {
    const { search, layout, successor, words, moves } = this;
    search.select(search.automaton, fields, moves);
    for (let m = 0; m < moves.count; m++) {
      search.apply(fields, moves, m, successor);
      pack(layout, successor, words, 0);
      const node = this.index[this.slot(words)]! - 1;
      if (node < 0 || this.before[node]! >= 0) continue;
      if (this.depth[node] !== level + search.automaton.weight[moves.step[m]!]!) continue;
      this.move[node] = m;
      const earlier = this.want(fields, level);
      this.before[node] = earlier;
      this.open--;
    }
  }

  /** The schedules to targets, which must be `nodes` and have been completed. */
  *writeDown(
    nodes: readonly number[],
    targets: readonly Target[],
  ): Generator<void, (ScheduleLog | undefined)[], boolean | undefined> {
    const found = targets.map((): ScheduleLog | undefined => undefined);
    let written = 0;
    for (const [i, target] of targets.entries()) {
      const log = this.forward(nodes[i]!, target);
      found[i] = log;
      written += log.length;
      this.logBytes += log.words.byteLength;
      if (this.full) return found;
      if (written < WORK_PER_TURN) continue;
      written = 0;
      if (yield) return found;
    }
    return found;
  }

  /** Follows a chain from the start, keeping track of which thread stands in which place of the canonical form. */
  private forward(node: number, { arrangement }: Target): ScheduleLog {
    const { search, layout, fields, moves, successor } = this;
    const { automaton } = search;
    const path: number[] = [];
    for (let n = node; this.before[n]! >= 0; n = this.before[n]!) path.push(n);
    const threads = automaton.initial.length;
    const names = Int32Array.from({ length: threads }, (_, t) => t);
    const taken = new Int32Array(path.length * 3);
    for (const [i, n] of path.reverse().entries()) {
      unpack(layout, this.states, this.before[n]! * layout.words, fields);
      search.select(automaton, fields, moves);
      const m = this.move[n]!;
      const thread = names[moves.thread[m]!]!;
      taken.set([thread, moves.drain[m]!, automaton.weight[moves.step[m]!]!], i * 3);
      search.apply(fields, moves, m, successor, names);
    }
    const renamed = new Int32Array(threads);
    for (let t = 0; t < threads; t++) renamed[names[arrangement[t]!]!] = t;
    const log = createLog(this.depth[node]);
    for (const [t, { weight }] of automaton.initial.entries()) append(log, wordOf(t, "execute"), weight);
    for (let i = 0; i < taken.length; i += 3) {
      const actual = renamed[taken[i]!]!;
      const drain = taken[i + 1]!;
      if (drain && !automaton.drainsLast) append(log, wordOf(actual, "drain"));
      append(log, wordOf(actual, "execute"), taken[i + 2]! - drain);
      if (drain && automaton.drainsLast) append(log, wordOf(actual, "drain"));
    }
    return log;
  }

  private slot(words: Int32Array): number {
    const { index, states } = this;
    const size = words.length;
    const mask = index.length - 1;
    for (let slot = hash(words, 0, size) & mask; ; slot = (slot + 1) & mask) {
      const node = index[slot]! - 1;
      if (node < 0) return slot;
      let w = 0;
      while (w < size && states[node * size + w] === words[w]) w++;
      if (w === size) return slot;
    }
  }

  private reindex(): void {
    const size = this.words.length;
    this.index = new Int32Array(this.index.length * 2);
    for (let n = 0; n < this.count; n++) {
      this.index[this.slot(this.states.subarray(n * size, (n + 1) * size))] = n + 1;
    }
  }
}
