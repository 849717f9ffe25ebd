import type { Automaton } from "./automaton.ts";
import { createLayout, fits, pack, unpack } from "./layout.ts";
import { createMoves, type Moves, type Selector } from "./moves.ts";
import { Pending } from "./pending.ts";
import { StateSet } from "./state-set.ts";
import { canonicalize, type Symmetry } from "./symmetry.ts";

/** What stops a search before it has seen everything. */
export type Limit = "states" | "memory" | "cancelled";

export interface SearchLimits {
  /** Largest number of states. */
  readonly states: number;
  /** Largest number of bytes in the search's tables. */
  readonly bytes: number;
  /** Asked now and then; true ends the search. */
  readonly cancelled: () => boolean;
}

/** Told about every state when its turn comes. A state may come more than once. */
export interface Visitor {
  /** Every state, if set. */
  readonly state?: (fields: Int32Array, depth: number) => void;
  /** States in which nothing can move any more. */
  readonly terminal: (fields: Int32Array, depth: number) => void;
  /** States in which some thread has met a fault. */
  readonly fault: (fields: Int32Array, depth: number) => void;
}

/** States between two looks at the limits. */
const STATES_PER_LOOK = 4096;

/**
 * Breadth-first search over the product automaton. A level is a number of transitions of the machine, not of steps: a step
 * that stands for five transitions leads five levels on (a bucket queue in Dial's sense), so that a state's level is the
 * length of the shortest schedule to it.
 */
export class Search {
  readonly automaton: Automaton;
  readonly select: Selector;
  readonly symmetry: Symmetry;
  readonly set: StateSet;
  /** Level of the first state: the transitions that were part of getting to it. */
  readonly firstLevel: number;
  readonly start: Int32Array;
  transitions = 0;
  depth = 0;
  private readonly pending = new Pending();
  private readonly moves: Moves;
  private readonly fields: Int32Array;
  private readonly successor: Int32Array;
  private words: Int32Array;
  private expanded = 0;

  constructor(automaton: Automaton, select: Selector, symmetry: Symmetry) {
    this.automaton = automaton;
    this.select = select;
    this.symmetry = symmetry;
    const threads = automaton.initial.length;
    this.moves = createMoves(threads);
    this.fields = new Int32Array(threads + 1);
    this.successor = new Int32Array(threads + 1);
    this.start = Int32Array.from([...automaton.initial.map((i) => i.local), 0]);
    canonicalize(symmetry, this.start);
    this.firstLevel = automaton.initial.reduce((sum, i) => sum + i.weight, 0);
    this.set = new StateSet(createLayout(threads, automaton.locals.length, 1));
    this.words = new Int32Array(this.set.layout.words);
  }

  /** Runs to the end, or to a limit, which is returned. `progress` is called after every level. */
  run(limits: SearchLimits, visitor: Visitor, progress?: () => void): Limit | undefined {
    const { set, pending } = this;
    for (let level = 0; level < this.firstLevel; level++) set.beginLevel();
    set.beginLevel();
    pack(set.layout, this.start, this.words, 0);
    set.add(this.words);
    set.flush();
    for (let level = this.firstLevel; ; level++) {
      set.balance();
      const before = set.count;
      set.beginLevel();
      const { transitions } = this;
      let outcome = this.expandLevel(level, limits, visitor);
      while (outcome === "layout") {
        this.widen();
        this.transitions = transitions;
        outcome = this.expandLevel(level, limits, visitor);
      }
      pending.take(level + 1, this.words.length, (words) => set.add(words));
      set.flush();
      this.depth = level;
      if (outcome) return outcome;
      progress?.();
      if (set.count === before && pending.empty) return undefined;
    }
  }

  get byteLength(): number {
    return this.set.byteLength + this.automaton.byteLength + this.pending.byteLength;
  }

  /** Takes the steps of all states of a level. `"layout"`: a number has become too large for its field; do the level again. */
  private expandLevel(level: number, limits: SearchLimits, visitor: Visitor): Limit | "layout" | undefined {
    const { set, automaton, fields, moves, select } = this;
    const { layout } = set;
    const mostLocals = 2 ** layout.localBits;
    const mostMemories = 2 ** layout.memoryBits;
    for (const bucket of set.buckets) {
      const { from, to } = set.level(bucket, level);
      for (let i = from; i < to; i++) {
        unpack(layout, bucket.states, i * layout.words, fields);
        select(automaton, fields, moves);
        if (automaton.locals.length > mostLocals || automaton.memories.count > mostMemories) return "layout";
        visitor.state?.(fields, level);
        if (moves.faulted) visitor.fault(fields, level);
        if (moves.count === 0) visitor.terminal(fields, level);
        this.transitions += moves.count;
        for (let m = 0; m < moves.count; m++) this.take(m, level);
        if (++this.expanded % STATES_PER_LOOK === 0) {
          const limit = this.exceeded(limits);
          if (limit) return limit;
        }
      }
    }
    return undefined;
  }

  private take(move: number, level: number): void {
    const { moves, automaton, set, words } = this;
    this.apply(this.fields, moves, move, this.successor);
    pack(set.layout, this.successor, words, 0);
    const weight = automaton.weight[moves.step[move]!]!;
    if (weight === 1) set.add(words);
    else this.pending.add(level + weight, words);
  }

  /** The state after a move, in canonical form, into `successor`; `names` is permuted as its threads are. */
  apply(fields: Int32Array, moves: Moves, move: number, successor: Int32Array, names?: Int32Array): void {
    successor.set(fields);
    successor[moves.thread[move]!] = this.automaton.next[moves.step[move]!]!;
    successor[fields.length - 1] = moves.memory[move]!;
    if (this.symmetry.orbits.length > 0) canonicalize(this.symmetry, successor, names);
  }

  private exceeded(limits: SearchLimits): Limit | undefined {
    if (this.set.count > limits.states) return "states";
    if (limits.cancelled()) return "cancelled";
    return this.byteLength > limits.bytes ? "memory" : undefined;
  }

  private widen(): void {
    const { set, automaton } = this;
    const old = set.layout;
    const layout = createLayout(old.threads, automaton.locals.length, automaton.memories.count);
    if (fits(old, automaton.locals.length, automaton.memories.count)) return;
    set.changeLayout(layout);
    this.pending.changeLayout(old, layout);
    this.words = new Int32Array(layout.words);
  }
}
