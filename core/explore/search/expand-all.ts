import { REASON } from "../kernel/kernel.ts";
import type { Bucket } from "../states/bucket.ts";
import { selectAll } from "./moves.ts";
import type { Search, Visitor } from "./search.ts";
import type { StepTables } from "./step-tables.ts";

/**
 * Takes every step of the states `from` … `to`−1 of a bucket, threads in order, each thread's execution before its drain: what levels 0 to 2
 * do most of their time. A kernel does it, and leaves to this what happens seldom.
 * @param tables up to date
 * @returns the position after the last state done, which is before `to` if the limits should be looked at, or if the tables have grown too
 *   large; undefined if states have been moved, or must be, as a number has become too large for its field: all must be done again
 */
export function expandAll(
  search: Search,
  tables: StepTables,
  bucket: Bucket,
  from: number,
  to: number,
  level: number,
  visitor: Visitor,
): number | undefined {
  const { automaton, set, fields } = search;
  const { kernel } = set.linear;
  let i = from;
  while (i < to) {
    const reached = kernel.expand(bucket.slot, i, to);
    const reason = kernel.reason();
    if (reason === REASON.FULL) {
      set.makeRoom();
      return undefined;
    }
    search.transitions += kernel.taken();
    depart(search, tables, level);
    if (visitor.state) {
      for (; i < reached; i++) {
        set.read(bucket, i, fields);
        visitor.state(fields, level);
      }
    }
    i = reached;
    if (reason === REASON.MISSING) {
      // Fill in what is missing, and take the state again: states that have been queued twice do no harm.
      set.read(bucket, i, fields);
      selectAll(automaton, fields, search.moves);
      if (search.outgrown) return undefined;
      if (!tables.refresh(fields)) return i;
      if (automaton.effort > search.enough) to = i + 1;
    } else if (reason >= REASON.TERMINAL) {
      set.read(bucket, i - 1, fields);
      if (reason & REASON.FAULT) visitor.fault(fields, level);
      if (reason & REASON.TERMINAL) visitor.terminal(fields, level);
    }
  }
  return i;
}

/** Sees to the states that the kernel has noted as departures: those of a level further on, and those that are not kept here. */
function depart(
  { set, elsewhere, pending, words: state }: Search,
  { departures }: StepTables,
  level: number,
): void {
  const { words, kernel } = set.linear;
  let at = departures / 4;
  for (let left = kernel.departures(); left > 0; left--, at += 4) {
    const owner = words[at]!;
    const reached = level + words[at + 1]!;
    for (let w = 0; w < state.length; w++) state[w] = words[at + 2 + w]!;
    if (elsewhere && owner !== elsewhere.place.index) elsewhere.send(set.layout, state, reached, owner);
    else pending.add(reached, state);
  }
}
