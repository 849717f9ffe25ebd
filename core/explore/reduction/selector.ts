import type { Automaton } from "../search/automaton.ts";
import { add, clear, type Moves, type Selector, selectAll } from "../search/moves.ts";
import { grow } from "../states/grow.ts";
import { PairMap } from "../states/pair-map.ts";
import type { Reduction } from "./reduction.ts";
import { independentStep, MOST_THREADS, type StepSet, signatureOf, stepOf, stubbornSet } from "./stubborn.ts";

/**
 * The selector of a reduction level, for one search. Levels 0 to 2 take everything and differ in what the automaton makes one step; levels 3
 * and 4 choose (see `stubborn.ts`).
 */
export function selectorFor({ level }: Reduction): Selector {
  if (level < 3) return selectAll;
  const choices = new Choices(level === 3 ? independentSet : stubbornSet);
  return (automaton, fields, moves) => {
    const many = fields.length - 1 > MOST_THREADS;
    const chosen = many ? 0 : choices.of(automaton, fields);
    const alone = many ? independentStep(automaton, fields) : -1;
    if (chosen !== 0) takeSet(chosen, automaton, fields, moves);
    else if (alone >= 0) takeStep(alone, automaton, fields, moves);
    else selectAll(automaton, fields, moves);
  };
}

const independentSet = (automaton: Automaton, fields: Int32Array): StepSet => {
  const step = independentStep(automaton, fields);
  return step < 0 ? 0 : 1 << step;
};

function takeSet(set: StepSet, automaton: Automaton, fields: Int32Array, moves: Moves): void {
  clear(moves);
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    take(31 - Math.clz32(rest & -rest), automaton, fields, moves);
  }
}

function takeStep(step: number, automaton: Automaton, fields: Int32Array, moves: Moves): void {
  clear(moves);
  take(step, automaton, fields, moves);
}

function take(step: number, automaton: Automaton, fields: Int32Array, moves: Moves): void {
  const thread = step >> 1;
  const local = fields[thread]!;
  const memory = fields[fields.length - 1]!;
  if (step === stepOf(thread, "drain")) add(automaton, moves, thread, memory, automaton.drain(local), 1);
  else add(automaton, moves, thread, memory, automaton.execution(local, memory), 0);
}

/** Entries that are kept: some tens of megabytes. What is not found among them is worked out every time. */
const MOST_ENTRIES = 1 << 20;

/**
 * What was chosen in earlier states. A choice depends on nothing but what each thread can do next and can still touch, its signature; and the
 * combinations of signatures are much fewer than the states.
 */
class Choices {
  private readonly choose: (automaton: Automaton, fields: Int32Array) => StepSet;
  private readonly numbers = new Map<string, number>();
  /** Per local state: its signature's number, from 1; 0 until it is asked for. */
  private signatures = new Int32Array(64);
  /** A combination is a path from node 0: a node and a signature lead to the next node, the last signature to the choice. */
  private readonly paths = new PairMap();
  private readonly chosen = new PairMap();
  private nodes = 1;
  private entries = 0;

  constructor(choose: (automaton: Automaton, fields: Int32Array) => StepSet) {
    this.choose = choose;
  }

  of(automaton: Automaton, fields: Int32Array): StepSet {
    const last = fields.length - 2;
    let node = 0;
    for (let t = 0; t < last; t++) {
      const signature = this.signature(automaton, fields[t]!);
      const next = this.paths.get(node, signature);
      if (next < 0 && this.entries >= MOST_ENTRIES) return this.choose(automaton, fields);
      node = next >= 0 ? next : this.branch(node, signature);
    }
    const signature = this.signature(automaton, fields[last]!);
    const known = this.chosen.get(node, signature);
    if (known >= 0) return known;
    const set = this.choose(automaton, fields);
    if (this.entries >= MOST_ENTRIES) return set;
    this.entries++;
    this.chosen.add(node, signature, set);
    return set;
  }

  private branch(node: number, signature: number): number {
    this.entries++;
    this.paths.add(node, signature, this.nodes);
    return this.nodes++;
  }

  private signature(automaton: Automaton, local: number): number {
    return this.signatures[local] || this.sign(automaton, local);
  }

  private sign(automaton: Automaton, local: number): number {
    const key = signatureOf(automaton, local);
    const number = this.numbers.get(key) ?? this.numbers.size + 1;
    this.numbers.set(key, number);
    this.signatures = grow(this.signatures, local + 1);
    this.signatures[local] = number;
    return number;
  }
}
