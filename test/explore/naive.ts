import type { Fault } from "../../core/machine/fault.ts";
import {
  copyState,
  isFinal,
  restoreState,
  type Snapshot,
  type State,
  saveState,
} from "../../core/machine/state.ts";
import { enabled, step } from "../../core/machine/transition.ts";

/** Everything a naive exploration finds. Distances are numbers of transitions. */
export interface NaiveReport {
  readonly states: number;
  readonly transitions: number;
  /** By outcome as `describe` writes it: the distance of the nearest final state. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** By `thread:operation:kind`: the length of the shortest schedule that ends with the fault. */
  readonly faults: ReadonlyMap<string, number>;
  /** Number of states from which neither a final state nor a fault can be reached. */
  readonly livelocks: number;
  /** Distance of the nearest state for which `bad` holds. */
  readonly bad: number | undefined;
}

/**
 * Explores by the book: whole states in a map by their text, no tables, no reduction. A thread that meets a fault moves no more.
 * @returns undefined if there are more than `most` states
 */
export function exploreNaively(
  start: State,
  describe: (state: State) => string,
  { most = 20_000, bad = (_: State): boolean => false } = {},
): NaiveReport | undefined {
  const state = copyState(start);
  const depths = new Map<string, number>();
  const before = new Map<string, string[]>();
  const queue: { key: string; snapshot: Snapshot }[] = [];
  const outcomes = new Map<string, number>();
  const faults = new Map<string, number>();
  const ends: string[] = [];
  let transitions = 0;
  let nearestBad: number | undefined;
  const reach = (depth: number): string => {
    const snapshot = saveState(state);
    const key = keyOf(snapshot);
    if (!depths.has(key)) {
      depths.set(key, depth);
      queue.push({ key, snapshot });
    }
    return key;
  };
  reach(0);
  for (let i = 0; i < queue.length; i++) {
    if (queue.length > most) return undefined;
    const { key, snapshot } = queue[i]!;
    const depth = depths.get(key)!;
    restoreState(state, snapshot);
    if (nearestBad === undefined && bad(state)) nearestBad = depth;
    if (isFinal(state)) {
      const outcome = describe(state);
      if (!outcomes.has(outcome)) outcomes.set(outcome, depth);
      ends.push(key);
    }
    for (const transition of enabled(state)) {
      const met = step(state, transition);
      if (typeof met === "object") {
        const name = faultName(met);
        if (!faults.has(name)) faults.set(name, depth + 1);
        ends.push(key);
        continue;
      }
      transitions++;
      const next = reach(depth + 1);
      before.set(next, [...(before.get(next) ?? []), key]);
      restoreState(state, snapshot);
    }
  }
  return {
    states: depths.size,
    transitions,
    outcomes,
    faults,
    livelocks: depths.size - countBackwards(ends, before),
    bad: nearestBad,
  };
}

export const faultName = ({ thread, operation, kind }: Fault): string => `${thread}:${operation}:${kind}`;

function countBackwards(ends: readonly string[], before: ReadonlyMap<string, readonly string[]>): number {
  const marked = new Set(ends);
  for (const key of marked) for (const previous of before.get(key) ?? []) marked.add(previous);
  return marked.size;
}

/** Where in the program a buffered store came from does not count: it changes nothing that can happen. */
function keyOf({ pc, halted, flags, registers, memory, buffers }: Snapshot): string {
  const cells = [...memory.addresses].map((a, i) => `${a}=${memory.values[i]}`).sort();
  const stores = buffers.map((b) => b.map((s) => `${s.address}=${s.value}`).join());
  return [pc.join(), halted.join(), flags.join(), registers.join(), cells.join(), stores.join("|")].join(";");
}
