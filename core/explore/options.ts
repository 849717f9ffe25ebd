import type { Check, Location } from "../check/check.ts";
import type { Reduction } from "./reduction/reduction.ts";
import type { SearchLimits } from "./search/search.ts";

export interface ExploreOptions {
  /** What an outcome is made of; what the checks name is added. */
  readonly observe: readonly Location[];
  readonly checks: readonly Check[];
  /** Levels above 2 are lowered to 2 where a check is about every state. */
  readonly reduction: Reduction;
  /** False: livelocks are not looked for. To count them, where there are some, takes longer than the search. */
  readonly livelocks?: boolean;
  /** Largest number of states, and of instructions carried out to fill tables; unbounded if left out. */
  readonly maxStates?: number;
  /** Largest number of bytes in tables; unbounded if left out. */
  readonly maxBytes?: number;
  /** Of these, largest number on the JavaScript engine's heap, which may have a limit of its own; unbounded if left out. */
  readonly maxHeapBytes?: number;
}

/** Bytes that rebuilding schedules may use even where the search has used up its own. */
const LEAST_ROOM = 2 ** 26;

export const limitsOf = ({ maxStates, maxBytes, maxHeapBytes }: ExploreOptions): SearchLimits => ({
  states: maxStates ?? Infinity,
  bytes: maxBytes ?? Infinity,
  heapBytes: maxHeapBytes ?? Infinity,
});

/** Bytes that rebuilding schedules may use behind a search that has used so many. */
export const roomLeft = ({ bytes }: SearchLimits, used: number): number => Math.max(LEAST_ROOM, bytes - used);
