import type { WrittenCheck } from "../core/check/check.ts";
import { type Lookup, sameLocation } from "../core/check/check.ts";
import type { ExploreReport } from "../core/explore/report.ts";
import type { Program } from "../core/machine/program.ts";
import {
  type ComparedOutcome,
  compareWithModels,
  type HardwareResult,
  type HardwareTest,
  isAlarm,
} from "../hardware/index.ts";
import { EXIT } from "./exit.ts";

/** What `interleave hardware` has to tell. */
export interface Result {
  readonly program: Program;
  readonly test: HardwareTest;
  readonly checks: readonly WrittenCheck[];
  /** SC and TSO, about the test's locations. */
  readonly reports: readonly ExploreReport[];
  readonly seen: HardwareResult;
}

/** What was seen beside what the models allow. */
export const rowsOf = ({ seen, reports }: Result): ComparedOutcome[] => compareWithModels(seen, reports);

/** What the runs say about a check: how many show its condition, and whether that decides it. */
export interface Judgement {
  readonly text: string;
  /** Runs in which the condition held; undefined for a check about every state, which runs do not show. */
  readonly positive: number | undefined;
  readonly negative: number;
  /** Undefined: runs alone cannot decide it. */
  readonly holds: boolean | undefined;
}

/** Whether the condition of a check holds in an outcome; undefined for a check about every state. */
export function holdsIn(
  { check }: WrittenCheck,
  { test }: Result,
  values: readonly number[],
): boolean | undefined {
  if (check.kind === "mutex" || check.kind === "always") return undefined;
  const lookup: Lookup = (l) => values[test.locations.findIndex((other) => sameLocation(l, other))]!;
  return check.proposition.holds(lookup);
}

export function judge(written: WrittenCheck, result: Result): Judgement {
  const { text, check } = written;
  let positive = 0;
  let negative = 0;
  for (const { values, count } of result.seen.outcomes) {
    const holds = holdsIn(written, result, values);
    if (holds === undefined) return { text, positive: undefined, negative: 0, holds: undefined };
    if (holds) positive += count;
    else negative += count;
  }
  if (check.kind === "exists") return { text, positive, negative, holds: positive > 0 ? true : undefined };
  const against = check.kind === "forall" ? negative : positive;
  return { text, positive, negative, holds: against > 0 ? false : undefined };
}

/** Status 1 for an alarm, a fault or a check that a run has refuted, 4 for a test that did not make all its runs. */
export function exitStatus(result: Result): number {
  const { seen, checks } = result;
  const refuted = checks.some((c) => judge(c, result).holds === false);
  if (refuted || seen.faulty > 0 || rowsOf(result).some(isAlarm)) return EXIT.FAILED;
  return seen.end === "done" && seen.stuck === 0 ? EXIT.OK : EXIT.LIMIT;
}
