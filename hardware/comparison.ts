import type { ExploreReport } from "../core/explore/report.ts";
import { compareValues } from "../core/explore/search/outcomes.ts";
import type { Histogram } from "./protocol.ts";

/** Whether a model can end in an outcome; undefined where its exploration ended before that was certain. */
export type Allowed = boolean | undefined;

/** An outcome beside what the models say of it. */
export interface ComparedOutcome {
  readonly values: readonly number[];
  /** By model, in the order of the reports. */
  readonly allowed: readonly Allowed[];
  /** In how many runs it was seen. */
  readonly seen: number;
}

/**
 * Sets what was seen beside what models allow, in ascending order of the values. All must be about the same locations in the same order.
 */
export function compareWithModels(
  { outcomes }: Pick<Histogram, "outcomes">,
  reports: readonly Pick<ExploreReport, "outcomes" | "limit" | "boundHit">[],
): ComparedOutcome[] {
  const seen = new Map(outcomes.map((o) => [o.values.join(), o.count]));
  const allowed = reports.map((r) => new Set(r.outcomes.map((o) => o.values.join())));
  const all = [...outcomes, ...reports.flatMap((r) => r.outcomes)].map((o) => o.values);
  const distinct = new Map(all.map((values) => [values.join(), values]));
  return [...distinct]
    .map(([key, values]) => ({
      values,
      allowed: reports.map((r, m) => allowed[m]!.has(key) || (isComplete(r) ? false : undefined)),
      seen: seen.get(key) ?? 0,
    }))
    .sort((a, b) => compareValues(a.values, b.values));
}

/** Whether an exploration has found every outcome that there is. */
const isComplete = ({ limit, boundHit }: Pick<ExploreReport, "limit" | "boundHit">): boolean =>
  limit === undefined && !boundHit;

/** Seen, and forbidden by the last of the models, the weakest: a bug in the model or in the test's program, until explained. */
export const isAlarm = ({ seen, allowed }: Pick<ComparedOutcome, "seen" | "allowed">): boolean =>
  seen > 0 && allowed.at(-1) === false;
