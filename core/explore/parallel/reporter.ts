import { type Check, isAboutEveryState } from "../../check/check.ts";
import type { Automaton } from "../search/automaton.ts";
import { faultKey, faultsOf } from "../search/findings.ts";
import type { Visitor } from "../search/search.ts";
import { fieldsBreak } from "../search/watch.ts";
import { FOUND, type Found } from "./protocol.ts";

/**
 * Tells the coordinator's findings of those states of a partition that can matter to them: all in which nothing can move, and the first with each
 * fault and for each broken check, which are the nearest of this partition.
 */
export function createReporter(
  automaton: Automaton,
  checks: readonly Check[],
  find: (kind: Found, fields: Int32Array, depth: number) => void,
): Visitor {
  const faults = new Set<string>();
  let watched = checks.filter(isAboutEveryState);
  const visitor: Visitor = {
    terminal: (fields, depth) => find(FOUND.TERMINAL, fields, depth),
    fault: (fields, depth) => {
      const before = faults.size;
      for (const fault of faultsOf(automaton, fields)) faults.add(faultKey(fault));
      if (faults.size > before) find(FOUND.FAULT, fields, depth);
    },
    heapBytes: () => 0,
  };
  const state = (fields: Int32Array, depth: number): void => {
    const held = watched.filter((check) => !fieldsBreak(automaton, fields, check));
    if (held.length === watched.length) return;
    watched = held;
    find(FOUND.BROKEN, fields, depth);
  };
  return watched.length > 0 ? { ...visitor, state } : visitor;
}
