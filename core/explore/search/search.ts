import { canonicalize, type Symmetry } from "../reduction/symmetry.ts";
import type { Bucket } from "../states/bucket.ts";
import type { Elsewhere } from "../states/elsewhere.ts";
import { createLayout, fits, pack } from "../states/layout.ts";
import { Pending } from "../states/pending.ts";
import { StateSet } from "../states/state-set.ts";
import type { Automaton } from "./automaton.ts";
import { expandAll } from "./expand-all.ts";
import { createMoves, type Moves, type Selector, selectAll } from "./moves.ts";
import { createStepTables, type StepTables } from "./step-tables.ts";

/** What stops a search before it has seen everything. */
export type Limit = "states" | "memory" | "cancelled";

export interface SearchLimits {
  /** Largest number of states, and of transitions carried out to fill tables: a step of a reduced search can stand for thousands. */
  readonly states: number;
  /** Largest number of bytes in the search's tables, and of those that lie on the heap of the JavaScript engine. */
  readonly bytes: number;
  readonly heapBytes: number;
}

/** Told about every state when its turn comes. A state may come more than once. */
export interface Visitor {
  /** Every state, if set. */
  readonly state?: (fields: Int32Array, depth: number) => void;
  /** States in which nothing can move any more. */
  readonly terminal: (fields: Int32Array, depth: number) => void;
  /** States in which some thread has met a fault. */
  readonly fault: (fields: Int32Array, depth: number) => void;
  /** Bytes on the heap for what it keeps. */
  readonly heapBytes: () => number;
}

/** Between two looks at the limits: states expanded, and effort of the automaton to fill its tables. Together some tens of milliseconds. */
const EFFORT_PER_TURN = 1 << 18;
/** A state of many threads has many steps, each of them over many fields. */
const statesPerTurn = (threads: number): number =>
  Math.max(1, Math.min(8192, Math.floor(131_072 / threads ** 2)));

/** How far a level is done: the bucket, and how many of its states. */
interface Place {
  bucket: number;
  state: number;
}

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
  /** The last level that has states, as far as it is known. */
  depth: number;
  /** Set for a search that keeps only a part of the states. */
  elsewhere: Elsewhere | undefined;
  /** States that are more than one level on. */
  readonly pending = new Pending();
  /** One state, as its fields and packed: room to work in. */
  readonly fields: Int32Array;
  words: Int32Array;
  readonly moves: Moves;
  private readonly successor: Int32Array;
  /** Whether every step is taken, and states are not reordered. */
  private readonly takesAll: boolean;
  /** States still to be expanded before the limits are looked at again. */
  private room: number;
  private readonly turn: number;
  /** The automaton's effort from which on the limits are to be looked at again. */
  enough = EFFORT_PER_TURN;
  /** The level whose steps are being taken, and the number of states when that began. */
  private current: number;
  private before = 0;
  private visitorBytes = 0;
  private tables: StepTables | undefined;

  constructor(automaton: Automaton, select: Selector, symmetry: Symmetry) {
    this.automaton = automaton;
    this.select = select;
    this.symmetry = symmetry;
    const threads = automaton.initial.length;
    this.takesAll = select === selectAll && symmetry.orbits.length === 0;
    this.turn = statesPerTurn(threads);
    this.room = this.turn;
    this.moves = createMoves(threads);
    this.fields = new Int32Array(threads + 1);
    this.successor = new Int32Array(threads + 1);
    this.start = Int32Array.from([...automaton.initial.map((i) => i.local), 0]);
    canonicalize(symmetry, automaton.digests, this.start);
    this.firstLevel = automaton.initial.reduce((sum, i) => sum + i.weight, 0);
    this.depth = this.current = this.firstLevel;
    this.set = new StateSet(createLayout(threads, automaton.locals.count, 1));
    this.words = new Int32Array(this.set.layout.words);
  }

  /**
   * Runs to the end, or to a limit, which is returned. Yields now and then, so that whoever drives it can look at the progress or let others
   * run; sending `true` back ends the search.
   */
  *run(limits: SearchLimits, visitor: Visitor): Generator<void, Limit | undefined, boolean | undefined> {
    this.begin(true);
    for (let level = this.firstLevel; ; level++) {
      const limit = yield* this.level(level, limits, visitor);
      if (limit) return limit;
      if (!this.finish(level)) return undefined;
    }
  }

  /** Makes ready for the first level. @param keepsStart whether the first state is kept here */
  begin(keepsStart: boolean): void {
    for (let level = 0; level <= this.firstLevel; level++) this.set.beginLevel();
    if (!keepsStart) return;
    pack(this.set.layout, this.start, this.words, 0);
    this.set.add(this.words);
    this.set.flush();
  }

  /** Takes the steps of all states of a level. */
  *level(
    level: number,
    limits: SearchLimits,
    visitor: Visitor,
  ): Generator<void, Limit | undefined, boolean | undefined> {
    const { set, automaton, transitions } = this;
    this.current = level;
    set.balance();
    this.before = set.count;
    set.beginLevel();
    set.moved = false;
    const place = { bucket: 0, state: 0 };
    for (;;) {
      const outcome = set.moved ? "moved" : this.expand(level, place, visitor);
      if (outcome === "moved") {
        this.widen();
        if (set.full) return "memory";
        set.moved = false;
        this.transitions = transitions;
        place.bucket = place.state = 0;
        continue;
      }
      if (this.room <= 0) {
        this.visitorBytes = visitor.heapBytes();
        const limit = this.limitMet(limits) ?? ((yield) ? "cancelled" : undefined);
        if (limit) return limit;
        this.room = this.turn;
        this.enough = automaton.effort + EFFORT_PER_TURN;
      }
      if (outcome === "done") return undefined;
    }
  }

  /** Gathers the states of the next level. @returns whether there are any, or some further on */
  finish(level: number): boolean {
    const { set, pending } = this;
    pending.take(level + 1, this.words.length, (words) => set.add(words));
    set.flush();
    const more = set.count > this.before;
    if (more) this.depth = level + 1;
    return more || !pending.empty;
  }

  /** Takes a state in that another search has come to, of a level behind the one that is being done. */
  arrive(fields: Int32Array, level: number): void {
    this.widen();
    pack(this.set.layout, fields, this.words, 0);
    if (level === this.current + 1) this.set.add(this.words);
    else this.pending.add(level, this.words);
  }

  get byteLength(): number {
    const { set, automaton, pending, visitorBytes } = this;
    const tables = this.tables?.byteLength ?? 0;
    return set.byteLength + automaton.byteLength + tables + pending.byteLength + visitorBytes;
  }

  private limitMet(limits: SearchLimits): Limit | undefined {
    if (Math.max(this.set.count, this.automaton.carriedOut) > limits.states) return "states";
    const heap = this.automaton.locals.heapBytes + this.visitorBytes;
    return this.byteLength > limits.bytes || heap > limits.heapBytes ? "memory" : undefined;
  }

  /**
   * Takes the steps of some more states of a level, from `place` on, which is moved.
   * @returns "moved" if states have been moved, or must be, as a number has become too large for its field: the level must be done again
   */
  private expand(level: number, place: Place, visitor: Visitor): "done" | "more" | "moved" {
    const { set, automaton } = this;
    for (; place.bucket < set.frontier.length; place.bucket++, place.state = 0) {
      const bucket = set.buckets[set.frontier[place.bucket]!]!;
      const { from, to } = set.level(bucket, level);
      const first = from + place.state;
      const end = Math.min(to, first + this.room);
      const tables = this.stepTables();
      const reached = tables
        ? expandAll(this, tables, bucket, first, end, level, visitor)
        : this.expandSelected(bucket, first, end, level, visitor);
      if (reached === undefined) return "moved";
      this.room = automaton.effort > this.enough ? 0 : this.room - (reached - first);
      if (reached < to) {
        place.state = reached - from;
        return "more";
      }
    }
    return "done";
  }

  /** Up to date, if they are what steps are looked up in. */
  private stepTables(): StepTables | undefined {
    const { set, automaton, elsewhere } = this;
    if (!this.takesAll || set.layout.words > 2) return undefined;
    if (this.tables?.linear !== set.linear) {
      this.tables = createStepTables(automaton, set.linear, set.layout, elsewhere);
    }
    return this.tables?.update() ? this.tables : undefined;
  }

  /** `expandAll` for searches that leave out steps, or reorder states, and for large states and tables. */
  private expandSelected(
    bucket: Bucket,
    from: number,
    to: number,
    level: number,
    visitor: Visitor,
  ): number | undefined {
    const { set, automaton, fields, moves } = this;
    const { locals, memories } = automaton;
    let known = locals.count + memories.count;
    for (let i = from; i < to; i++) {
      set.read(bucket, i, fields);
      this.select(automaton, fields, moves);
      if (locals.count + memories.count !== known) {
        if (this.outgrown) return undefined;
        known = locals.count + memories.count;
      }
      visitor.state?.(fields, level);
      if (moves.faulted) visitor.fault(fields, level);
      if (moves.count === 0) visitor.terminal(fields, level);
      this.transitions += moves.count;
      this.elsewhere?.from(fields);
      for (let m = 0; m < moves.count; m++) {
        this.take(m, level, bucket.states + i * set.layout.words);
        if (set.moved) return undefined;
      }
      if (automaton.effort > this.enough) return i + 1;
    }
    return to;
  }

  /** Whether a number has become too large for its field. */
  get outgrown(): boolean {
    const { locals, memories } = this.automaton;
    const { localBits, memoryBits } = this.set.layout;
    return (locals.count - 1) >>> localBits > 0 || (memories.count - 1) >>> memoryBits > 0;
  }

  /** Packs the state after a move and hands it on. The packed state before it is at `at` in the set's words. */
  private take(move: number, level: number, at: number): void {
    const { moves, automaton, set, words, fields } = this;
    const { layout } = set;
    if (this.symmetry.orbits.length > 0) {
      this.apply(fields, moves, move, this.successor);
      pack(layout, this.successor, words, 0);
    } else {
      // Only two fields change, so they are changed in place.
      const { word, shift, threads } = layout;
      for (let w = 0; w < words.length; w++) words[w] = set.linear.words[at + w]!;
      const t = moves.thread[move]!;
      words[word[t]!]! += (automaton.next[moves.step[move]!]! - fields[t]!) << shift[t]!;
      words[word[threads]!]! += (moves.memory[move]! - fields[threads]!) << shift[threads]!;
    }
    const weight = automaton.weight[moves.step[move]!]!;
    if (this.isElsewhere(fields, moves, move)) this.elsewhere!.send(layout, words, level + weight);
    else if (weight === 1) set.add(words);
    else this.pending.add(level + weight, words);
  }

  /** Whether the state after a move is not kept here. */
  isElsewhere(fields: Int32Array, moves: Moves, move: number): boolean {
    if (!this.elsewhere) return false;
    const before = fields[moves.thread[move]!]!;
    const after = this.automaton.next[moves.step[move]!]!;
    return this.elsewhere.has(before, after, fields[fields.length - 1]!, moves.memory[move]!);
  }

  /** The state after a move, in canonical form, into `successor`; `names` is permuted as its threads are. */
  apply(fields: Int32Array, moves: Moves, move: number, successor: Int32Array, names?: Int32Array): void {
    successor.set(fields);
    successor[moves.thread[move]!] = this.automaton.next[moves.step[move]!]!;
    successor[fields.length - 1] = moves.memory[move]!;
    if (this.symmetry.orbits.length > 0) {
      canonicalize(this.symmetry, this.automaton.digests, successor, names);
    }
  }

  /** Packs everything anew if a number has become too large for its field. */
  private widen(): void {
    const { set, automaton } = this;
    const old = set.layout;
    if (fits(old, automaton.locals.count, automaton.memories.count)) return;
    const layout = createLayout(old.threads, automaton.locals.count, automaton.memories.count);
    set.changeLayout(layout);
    if (set.full) return;
    this.pending.changeLayout(old, layout);
    this.words = new Int32Array(layout.words);
  }
}
