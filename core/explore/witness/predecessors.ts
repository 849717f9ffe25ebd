import { canonicalize } from "../reduction/symmetry.ts";
import type { Search } from "../search/search.ts";
import { pack } from "../states/layout.ts";

/** Lists of numbers, one for each number below a bound: the items of a list are linked. */
class Lists {
  /** By list its last item + 1; by item the one before it + 1. 0: none. */
  private readonly last: Int32Array;
  private readonly links: Int32Array;

  constructor(lists: number, items: number) {
    this.last = new Int32Array(lists);
    this.links = new Int32Array(items);
  }

  add(list: number, item: number): void {
    this.links[item] = this.last[list]!;
    this.last[list] = item + 1;
  }

  /** The last item of a list, or -1. */
  first(list: number): number {
    return this.last[list]! - 1;
  }

  /** The item that comes after one, or -1. */
  next(item: number): number {
    return this.links[item]! - 1;
  }
}

/**
 * The steps of a finished search backwards: the tables of its automaton, read from their results. What may come before a state is one of
 * a few states, and which of them the search has reached is looked up, so that the way to a state is found without going through all
 * others again.
 */
export class Predecessors {
  private readonly search: Search;
  /** By step the local state that it leaves, and by local state the steps that lead to it. */
  private readonly origin: Int32Array;
  private readonly into: Lists;
  /** Writes that were made: memory before and effect, and by memory those that lead to it. */
  private readonly before: Int32Array;
  private readonly effect: Int32Array;
  private readonly written: Lists;
  private readonly fields: Int32Array;
  private readonly words: Int32Array;

  constructor(search: Search) {
    const { automaton, set } = search;
    this.search = search;
    this.origin = new Int32Array(automaton.steps + 1);
    this.into = new Lists(automaton.locals.count, automaton.steps + 1);
    automaton.forEachStep((local, step) => {
      this.origin[step] = local;
      this.into.add(automaton.next[step]!, step);
    });
    const writes = automaton.memories.writesMade;
    this.before = new Int32Array(writes);
    this.effect = new Int32Array(writes);
    this.written = new Lists(automaton.memories.count, writes);
    let made = 0;
    automaton.memories.forEachWrite((memory, effect, after) => {
      this.before[made] = memory;
      this.effect[made] = effect;
      this.written.add(after, made++);
    });
    this.fields = new Int32Array(set.layout.threads + 1);
    this.words = new Int32Array(set.layout.words);
  }

  /**
   * Looks through the states from which a state may have been reached.
   * @param depth the level of the state
   * @param accept gets a state that the search has reached, on the level that fits; true: it is one from which it was, look no further
   * @returns how many states were looked up
   */
  look(state: Int32Array, depth: number, accept: (fields: Int32Array, level: number) => boolean): number {
    const { automaton } = this.search;
    const threads = state.length - 1;
    const memory = state[threads]!;
    let looked = 0;
    for (let t = 0; t < threads; t++) {
      for (let step = this.into.first(state[t]!); step >= 0; step = this.into.next(step)) {
        const level = depth - automaton.weight[step]!;
        const effect = automaton.write[step]!;
        if (effect === 0) {
          looked++;
          if (this.reached(state, t, step, memory, level) && accept(this.fields, level)) return looked;
          continue;
        }
        for (let w = this.written.first(memory); w >= 0; w = this.written.next(w)) {
          if (this.effect[w] !== effect) continue;
          looked++;
          if (this.reached(state, t, step, this.before[w]!, level) && accept(this.fields, level))
            return looked;
        }
      }
    }
    return looked;
  }

  /** Whether the search has reached, on a level, the state that a thread's step may have left, which is put into `fields`. */
  private reached(state: Int32Array, thread: number, step: number, memory: number, level: number): boolean {
    const { fields, words } = this;
    const { set, symmetry, automaton } = this.search;
    fields.set(state);
    fields[thread] = this.origin[step]!;
    fields[fields.length - 1] = memory;
    canonicalize(symmetry, automaton.digests, fields);
    pack(set.layout, fields, words, 0);
    const position = set.find(words);
    return position >= 0 && set.levelOf(set.buckets[set.bucketOf(words)]!, position) === level;
  }
}
