import type { Check, Location } from "../check/check.ts";
import type { Fault } from "../machine/fault.ts";
import type { Model } from "../machine/state.ts";
import type { ScheduleLog } from "../schedule/log.ts";
import type { Reduction } from "./reduction/reduction.ts";
import type { Limit } from "./search/search.ts";

/** How large a search is or was. */
export interface Progress {
  /** Number of different states, after reduction. */
  readonly states: number;
  readonly transitions: number;
  /** Length of the longest shortest schedule. */
  readonly depth: number;
  /** Of all tables. */
  readonly bytes: number;
}

export interface Outcome {
  /** By location of the report; NaN for a cell that is not mapped. */
  readonly values: readonly number[];
  /** Number of different final states (memories and observed registers) that look so. */
  readonly finalStates: number;
  /** A shortest schedule to one of them; left out where the exploration was ended before it was known. */
  readonly schedule?: ScheduleLog;
}

export interface Verdict {
  readonly check: Check;
  /** Undefined: the exploration ended before it was certain. */
  readonly holds: boolean | undefined;
  /** Of an `exists` that holds a shortest witness, of any other check that fails a counterexample. */
  readonly schedule?: ScheduleLog;
}

export interface ReachableFault {
  readonly fault: Fault;
  /** Ends with the instruction that cannot be executed; left out where the exploration was ended before it was known. */
  readonly schedule?: ScheduleLog;
}

/** States that are bad for the same reason: how many, and how to get to a nearest one. */
export interface BadStates {
  readonly count: number;
  readonly schedule?: ScheduleLog;
}

/** Something that an exploration began and did not end, and why. */
export interface Unfinished {
  /** `livelocks`: there may be some. `schedules`: some are left out. */
  readonly what: "livelocks" | "schedules";
  readonly limit: Exclude<Limit, "states">;
}

/** All that an exploration has found, and how far it can be relied on. */
export interface ExploreReport extends Progress {
  readonly model: Model;
  readonly locations: readonly Location[];
  /** In ascending order of values. All that there are, unless a limit was met. */
  readonly outcomes: readonly Outcome[];
  /** One a check, in order. */
  readonly verdicts: readonly Verdict[];
  /** All that there are, unless a limit was met, or the level is above 2 and the program has loops. */
  readonly faults: readonly ReachableFault[];
  /** States in which no thread can move although not all have halted. */
  readonly deadlocks: BadStates;
  /** States from which no run can end. Undefined where that was not decided: not asked for, at a limit, or at levels above 2 if the program has loops. */
  readonly livelocks: BadStates | undefined;
  /** Whether a store had to wait for room in its buffer. If not, the answer is that of buffers of any size. */
  readonly boundHit: boolean;
  /** What ended the search before it had seen everything. */
  readonly limit: Limit | undefined;
  /** What was not done behind the search; outcomes and verdicts are no less certain for it. */
  readonly unfinished: readonly Unfinished[];
  /** What was applied. */
  readonly reduction: Reduction;
}
