import { stateBreaks } from "../check/breach.ts";
import { type Check, isAboutEveryState, type Location, sameLocation } from "../check/check.ts";
import type { Fault } from "../machine/fault.ts";
import type { State } from "../machine/state.ts";
import { step } from "../machine/transition.ts";
import { append, type ScheduleLog, wordOf } from "../schedule/log.ts";
import type { ExploreReport, Progress, Verdict } from "./report.ts";
import { type Findings, type FoundFault, faultKey } from "./search/findings.ts";
import type { Livelocks } from "./search/livelock.ts";
import type { FoundOutcome } from "./search/outcomes.ts";
import type { Limit } from "./search/search.ts";
import { shorten } from "./witness/shorten.ts";
import type { Shortest } from "./witness/shortest.ts";
import type { Target } from "./witness/witness.ts";

/** What a search has found, and the states to which schedules are wanted. */
interface Found {
  readonly outcomes: readonly FoundOutcome[];
  readonly faults: readonly FoundFault[];
  readonly deadlocks: Findings["deadlocks"];
  readonly broken: Findings["broken"];
  readonly shortest: Shortest;
  /** Those to which schedules are still wanted. */
  readonly targets: readonly Target[];
}

/** All that there is to report when a search, and what comes behind it, is over. */
interface Conclusion extends Found, Progress, Pick<ExploreReport, "boundHit" | "locations" | "reduction"> {
  /** By target; undefined where it was not found before the end. */
  readonly logs: readonly (ScheduleLog | undefined)[];
  /** Whether those that were not found are missing because there was no more room, not because the work was cancelled. */
  readonly outOfRoom?: boolean;
  readonly livelocks: Livelocks | undefined;
  /** What ended the search. */
  readonly limit: Limit | undefined;
  /** Whether the search for livelocks was cancelled. */
  readonly unfinished: boolean;
}

export function gather(
  { outcomes, faults, deadlocks, broken }: Findings,
  livelocks: Livelocks | undefined,
  shortest: Shortest,
): Found {
  const found = outcomes();
  const bad = [deadlocks.nearest, livelocks?.first].filter((t) => t !== undefined);
  const otherFaults = faults.filter((f) => !shortest.faults.has(faultKey(f.fault))).map((f) => f.target);
  const otherBroken = [...broken]
    .filter(([check]) => !shortest.broken.has(check))
    .map(([, target]) => target);
  const targets = [...found.map((o) => o.target), ...otherFaults, ...otherBroken, ...bad];
  return { outcomes: found, faults, deadlocks, broken, shortest, targets };
}

export function conclude(start: State, checks: readonly Check[], conclusion: Conclusion): ExploreReport {
  const { outcomes, faults, deadlocks, broken, targets, logs, livelocks, limit, ...others } = conclusion;
  const { unfinished, outOfRoom, shortest, ...rest } = others;
  const schedules = new Map(logs.map((log, i) => [targets[i]!, log]));
  const withSchedule = (
    target: Target | undefined,
    improve = (log: ScheduleLog): ScheduleLog => log,
  ): { readonly schedule?: ScheduleLog } => {
    const schedule = target && schedules.get(target);
    return schedule ? { schedule: improve(schedule) } : {};
  };
  return {
    ...rest,
    model: start.model,
    outcomes: outcomes.map(({ target, ...outcome }) => ({ ...outcome, ...withSchedule(target) })),
    verdicts: checks.map((check) => {
      if (!isAboutEveryState(check)) {
        return judge(check, outcomes, rest.locations, limit === undefined, withSchedule);
      }
      const target = broken.get(check);
      if (!target) return { check, holds: limit === undefined ? true : undefined };
      const schedule = shortest.broken.get(check);
      if (schedule) return { check, holds: false, schedule };
      const shorter = (log: ScheduleLog): ScheduleLog =>
        shorten(start, log, (state) => stateBreaks(state, check));
      return { check, holds: false, ...withSchedule(target, shorter) };
    }),
    faults: faults.map(({ fault, target }) => {
      const schedule = shortest.faults.get(faultKey(fault));
      if (schedule) return { fault, schedule };
      return { fault, ...withSchedule(target, (log) => shortenToFault(start, log, fault)) };
    }),
    deadlocks: { count: deadlocks.count, ...withSchedule(deadlocks.nearest) },
    livelocks: livelocks && { count: livelocks.count, ...withSchedule(livelocks.first) },
    limit,
    unfinished: [
      ...(unfinished ? [{ what: "livelocks", limit: "cancelled" } as const] : []),
      ...(logs.includes(undefined)
        ? [{ what: "schedules", limit: outOfRoom ? "memory" : "cancelled" } as const]
        : []),
    ],
  };
}

/** Judges a check about final states by the outcomes; an example or a counterexample is certain even where not everything was seen. */
function judge(
  check: Check,
  outcomes: readonly FoundOutcome[],
  locations: readonly Location[],
  complete: boolean,
  withSchedule: (target: Target) => { readonly schedule?: ScheduleLog },
): Verdict {
  if (check.kind === "mutex") return { check, holds: undefined };
  const wanted = check.kind !== "forall";
  const nearest = outcomes
    .filter(({ values }) => {
      const lookup = (l: Location): number => values[locations.findIndex((other) => sameLocation(l, other))]!;
      return check.proposition.holds(lookup) === wanted;
    })
    .sort((a, b) => a.target.depth - b.target.depth)[0];
  const found = check.kind === "exists";
  if (nearest) return { check, holds: found, ...withSchedule(nearest.target) };
  return { check, holds: complete ? !found : undefined };
}

/** A schedule to a state with a fault, without what comes after the fault and what it does not need. */
function shortenToFault(
  start: State,
  schedule: ScheduleLog,
  { thread, kind, operation }: Fault,
): ScheduleLog {
  const words = [...schedule.words.subarray(0, schedule.length)];
  const execution = wordOf(thread, "execute");
  const last = words.lastIndexOf(execution);
  const before = { length: last, words: Uint16Array.from(words.slice(0, last)) };
  const shorter = shorten(start, before, (state) => {
    const result = step(state, { thread, kind: "execute" });
    return typeof result === "object" && result.kind === kind && result.operation === operation;
  });
  append(shorter, execution);
  return shorter;
}
