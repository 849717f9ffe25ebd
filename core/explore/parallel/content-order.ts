import type { WideIntegers } from "../../machine/wide.ts";
import type { Automaton } from "../search/automaton.ts";
import { memoryDigests } from "./digests.ts";

/**
 * An order of states by what they consist of, whatever numbers it has been given: from several witnesses that are as good, the same is chosen
 * in every run and for every number of partitions.
 */
export function contentOrder(
  automaton: Automaton,
  wide: WideIntegers,
): (a: Int32Array, b: Int32Array) => number {
  const memories = memoryDigests(automaton.memories, wide);
  return (a, b) => {
    const { digests } = automaton;
    const last = a.length - 1;
    for (let t = 0; t < last; t++) {
      const i = 2 * a[t]!;
      const j = 2 * b[t]!;
      if (i !== j) return digests[i]! - digests[j]! || digests[i + 1]! - digests[j + 1]!;
    }
    const byMemory = memories.upToDate();
    return byMemory[a[last]!]! - byMemory[b[last]!]!;
  };
}
