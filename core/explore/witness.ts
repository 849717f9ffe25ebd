import { append, createLog, type ScheduleLog, wordOf } from "../schedule/log.ts";
import { pack, unpack } from "./layout.ts";
import { createMoves } from "./moves.ts";
import type { Search } from "./search.ts";

/** A state that a search has reached, to which a schedule is wanted. */
export interface Target {
  readonly fields: Int32Array;
  /** Its level: the length of the shortest schedule to it. */
  readonly depth: number;
  /** Which local state each thread is to have: thread t that of `fields[arrangement[t]]`. */
  readonly arrangement: Int32Array;
}

/** A state on the way to a target, and the move that leads on. */
interface Node {
  readonly words: Int32Array;
  readonly fields: Int32Array;
  readonly depth: number;
  before?: { readonly node: Node; readonly move: number };
}

/**
 * Schedules to states of a finished search, shortest among those that its reduction keeps. The search remembers no predecessors; they
 * are found by taking the steps of its levels once more, from the deepest wanted state back, until all chains reach the start. Yields now and then.
 */
export function* schedules(
  search: Search,
  targets: readonly Target[],
): Generator<void, ScheduleLog[], unknown> {
  const chains = new Chains(search);
  const nodes = targets.map((t) => chains.want(t.fields, t.depth));
  yield* chains.complete();
  return targets.map((target, i) => forward(search, nodes[i]!, target));
}

class Chains {
  private readonly search: Search;
  private readonly nodes = new Map<string, Node>();
  private open = 0;
  /** By low hash bits, whether a wanted state may have them: spares most look-ups. */
  private readonly filter = new Uint8Array(1 << 14);

  constructor(search: Search) {
    this.search = search;
  }

  want(fields: Int32Array, depth: number): Node {
    const { layout } = this.search.set;
    const words = new Int32Array(layout.words);
    pack(layout, fields, words, 0);
    const key = words.join();
    const known = this.nodes.get(key);
    if (known) return known;
    const node: Node = { words, fields: fields.slice(), depth };
    this.nodes.set(key, node);
    this.filter[filterHash(words)] = 1;
    if (depth > this.search.firstLevel) this.open++;
    return node;
  }

  *complete(): Generator<void, void, unknown> {
    const { search, nodes } = this;
    const { set, automaton } = search;
    const { layout } = set;
    const fields = new Int32Array(layout.threads + 1);
    const successor = new Int32Array(layout.threads + 1);
    const words = new Int32Array(layout.words);
    const moves = createMoves(layout.threads);
    let level = Math.max(0, ...[...nodes.values()].map((n) => n.depth)) - 1;
    for (; this.open > 0 && level >= search.firstLevel; level--) {
      yield;
      for (const bucket of set.buckets) {
        const { from, to } = set.level(bucket, level);
        for (let i = from; i < to; i++) {
          unpack(layout, bucket.states, i * layout.words, fields);
          search.select(automaton, fields, moves);
          for (let m = 0; m < moves.count; m++) {
            search.apply(fields, moves, m, successor);
            pack(layout, successor, words, 0);
            if (this.filter[filterHash(words)] === 0) continue;
            const node = nodes.get(words.join());
            if (!node || node.before || node.depth !== level + automaton.weight[moves.step[m]!]!) continue;
            node.before = { node: this.want(fields, level), move: m };
            this.open--;
          }
        }
      }
    }
  }
}

function filterHash(words: Int32Array): number {
  let h = 0;
  for (const word of words) h = Math.imul(h ^ word, 0x9e3779b1);
  return h >>> 18;
}

/** Follows a chain from the start, keeping track of which thread stands in which place of the canonical form. */
function forward(search: Search, target: Node, { arrangement }: Target): ScheduleLog {
  const { automaton } = search;
  const path: Node[] = [];
  for (let node: Node | undefined = target; node; node = node.before?.node) path.unshift(node);
  const threads = automaton.initial.length;
  const names = Int32Array.from({ length: threads }, (_, t) => t);
  const moves = createMoves(threads);
  const successor = new Int32Array(threads + 1);
  const taken: { thread: number; drain: boolean; weight: number }[] = [];
  for (let i = 1; i < path.length; i++) {
    const { node, move } = path[i]!.before!;
    search.select(automaton, node.fields, moves);
    const thread = names[moves.thread[move]!]!;
    taken.push({ thread, drain: moves.drain[move] === 1, weight: automaton.weight[moves.step[move]!]! });
    search.apply(node.fields, moves, move, successor, names);
  }
  const renamed = new Int32Array(threads);
  for (let t = 0; t < threads; t++) renamed[names[arrangement[t]!]!] = t;
  const log = createLog();
  for (const [t, { weight }] of automaton.initial.entries()) append(log, wordOf(t, "execute"), weight);
  for (const { thread, drain, weight } of taken) {
    const actual = renamed[thread]!;
    if (drain) append(log, wordOf(actual, "drain"));
    append(log, wordOf(actual, "execute"), drain ? weight - 1 : weight);
  }
  return log;
}
