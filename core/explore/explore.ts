import type { Fault } from "../machine/fault.ts";
import type { Program } from "../machine/program.ts";
import type { Model, State } from "../machine/state.ts";
import type { ScheduleLog } from "../schedule/log.ts";
import { conclude, gather } from "./conclusion.ts";
import { hasLoops } from "./data-flow.ts";
import { createFindings } from "./findings.ts";
import { findLivelocks, type Livelocks } from "./livelock.ts";
import type { Check, Location } from "./observation.ts";
import { createOutcomeTable } from "./outcomes.ts";
import { prepare } from "./prepare.ts";
import type { Reduction } from "./reduction.ts";
import type { Limit, Search, SearchLimits } from "./search.ts";
import { NONE_SHORTEST, shortestTo } from "./shortest.ts";
import { schedules } from "./witness.ts";

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

/**
 * Explores everything that the threads can do from a state: all schedules, by breadth-first search over all states. The state is not
 * changed. Its buffers' capacity must be finite, since otherwise a thread that only stores has no end of states.
 */
export function explore(start: State, options: ExploreOptions): ExploreReport {
  const exploration = explorer(start, options);
  for (;;) {
    const { done, value } = exploration.next();
    if (done) return value;
  }
}

/**
 * The same, a few milliseconds at a time: yields its progress, so that whoever drives it can show it, see to other things, or end the
 * exploration with what it has found so far by sending `true`. Each `true` ends what is being done: first the search, then the search for
 * livelocks, then those for schedules. Whoever has patience can send `false` again to get the schedules, too.
 */
export function* explorer(
  start: State,
  options: ExploreOptions,
): Generator<Progress, ExploreReport, boolean | undefined> {
  const { checks } = options;
  const { reduction, locations, classes, symmetry, automaton, search } = prepare(start, options);
  const findings = createFindings(
    automaton,
    symmetry,
    createOutcomeTable(automaton, classes, symmetry, locations),
    checks,
  );
  const limits = limitsOf(options);
  const limit = yield* reporting(search, search.run(limits, findings.visitor));
  const wanted =
    limit === undefined && options.livelocks !== false && decidesLivelocks(reduction, start.program);
  const livelocks = wanted ? yield* livelocksOf(search, start.program) : undefined;

  const room = roomLeft(limits, search.byteLength);
  const shortest =
    limit === "cancelled"
      ? NONE_SHORTEST
      : yield* reporting(search, shortestTo(findings, start, options, room));
  const found = gather(findings, livelocks, shortest);
  const rebuilt = yield* reporting(search, schedules(search, found.targets, room));
  return conclude(start, checks, {
    ...found,
    ...rebuilt,
    livelocks,
    limit,
    unfinished: wanted && !livelocks,
    ...progressOf(search),
    boundHit: automaton.boundHit,
    locations,
    reduction,
  });
}

export const limitsOf = ({ maxStates, maxBytes, maxHeapBytes }: ExploreOptions): SearchLimits => ({
  states: maxStates ?? Infinity,
  bytes: maxBytes ?? Infinity,
  heapBytes: maxHeapBytes ?? Infinity,
});

/** Bytes that rebuilding schedules may use behind a search that has used so many. */
export const roomLeft = ({ bytes }: SearchLimits, used: number): number => Math.max(LEAST_ROOM, bytes - used);

export function* reporting<T>(
  search: Search,
  work: Generator<void, T, boolean | undefined>,
): Generator<Progress, T, boolean | undefined> {
  let answer: boolean | undefined;
  for (;;) {
    const { done, value } = work.next(answer);
    if (done) return value;
    answer = yield progressOf(search);
  }
}

/** Levels above 2 leave out states that a thread which loops for ever would come to. */
export const decidesLivelocks = ({ level }: Reduction, { code }: Program): boolean =>
  level <= 2 || !hasLoops(code);

function* livelocksOf(
  search: Search,
  { code }: Program,
): Generator<Progress, Livelocks | undefined, boolean | undefined> {
  return hasLoops(code) ? yield* reporting(search, findLivelocks(search)) : { count: 0 };
}

export const progressOf = (search: Search): Progress => ({
  states: search.set.count,
  transitions: search.transitions,
  depth: search.depth,
  bytes: search.byteLength,
});
