import { lengthOf } from "../../core/run/branches.ts";
import type { Debuggee } from "../debuggee.ts";
import { shortSchedule } from "./schedule.ts";

/** A way through the program that this session has gone. */
export interface BranchView {
  readonly id: number;
  readonly isPresent: boolean;
  /** Number of its events. */
  readonly length: number;
  /** The branch that it parts from, and after how many events; the present branch is where all others are seen from. */
  readonly from?: number;
  readonly fork: number;
  /** Its transitions behind the fork, or the first of them with `…` behind. */
  readonly schedule: string;
}

/** All branches, the oldest first. */
export function branchViews({ trace }: Pick<Debuggee, "trace">): BranchView[] {
  const { log, branches } = trace;
  const present: BranchView = {
    id: branches.present,
    isPresent: true,
    length: log.length,
    fork: 0,
    schedule: shortSchedule(log.words.subarray(0, log.length)),
  };
  const others = [...branches.kept.values()].map(
    (branch): BranchView => ({
      id: branch.id,
      isPresent: false,
      length: lengthOf(branch),
      from: branch.parent,
      fork: branch.fork,
      schedule: shortSchedule(branch.tail.words),
    }),
  );
  return [present, ...others].sort((a, b) => a.id - b.id);
}

/** A branch in a line. */
export function branchText({ id, isPresent, length, from, fork, schedule }: BranchView): string {
  const where = isPresent ? "the present one" : `parts from branch ${from} after ${fork}`;
  return `branch ${id}: ${length} transitions, ${where}${schedule ? `: ${schedule}` : ""}`;
}
