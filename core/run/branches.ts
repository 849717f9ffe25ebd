import type { Snapshot } from "../machine/state.ts";
import type { Edit } from "./trace.ts";

/** Events that a trace once had from some index on, with all that going there again needs. */
export interface Tail {
  readonly words: Uint16Array;
  /** By the index of their event in the whole way. */
  readonly edits: readonly (readonly [number, Edit])[];
  /** The checkpoints behind the index. */
  readonly checkpoints: readonly Snapshot[];
}

/**
 * A way that is not the present one. It shares the events before its fork with the branch that it parts from, which is kept or present; so all
 * branches together hold no event twice.
 */
export interface Branch {
  /** Counted from 1 in the order in which the ways began. */
  readonly id: number;
  readonly parent: number;
  /** Number of events that it has in common with its parent. */
  readonly fork: number;
  readonly tail: Tail;
}

/** The tree of all ways that were gone, seen from the present one. */
export interface Branches {
  /** The branch that the trace holds. */
  present: number;
  /** How many ways were begun; the highest id. */
  begun: number;
  /** All others, by id. */
  readonly kept: Map<number, Branch>;
}

export const createBranches = (): Branches => ({ present: 1, begun: 1, kept: new Map() });

/** Number of events of a kept branch. */
export const lengthOf = ({ fork, tail }: Branch): number => fork + tail.words.length;

/** Begins a new branch at an index: what came after is kept under the id of the branch it belongs to. */
export function leaveFuture(branches: Branches, fork: number, tail: Tail): void {
  const { present: left } = branches;
  branches.present = ++branches.begun;
  adopt(branches, left, branches.present, fork);
  branches.kept.set(left, { id: left, parent: branches.present, fork, tail });
}

/** Makes a branch that parts from the present one present; `tail` is what the present one has behind that fork. */
export function swapBranch(branches: Branches, { id, fork }: Branch, tail: Tail): void {
  const { present: left } = branches;
  branches.kept.delete(id);
  adopt(branches, left, id, fork);
  branches.kept.set(left, { id: left, parent: id, fork, tail });
  branches.present = id;
}

/** The branches to swap in, one after the other, to come to a kept one; none if there is no such branch. */
export function wayTo({ kept }: Branches, id: number): Branch[] {
  const way: Branch[] = [];
  for (let branch = kept.get(id); branch; branch = kept.get(branch.parent)) way.unshift(branch);
  return way;
}

/** What parted from a branch up to the fork parts from the one that has those events now. */
function adopt({ kept }: Branches, from: number, to: number, fork: number): void {
  for (const branch of kept.values())
    if (branch.parent === from && branch.fork <= fork) kept.set(branch.id, { ...branch, parent: to });
}
