import type { Answer, CheckAnswer, ModelAnswer, OutcomeRow } from "../../../core/explore/answer.ts";
import { type Allowed, isAlarm } from "../../../hardware/comparison.ts";
import type { Seen } from "./processor.ts";

/** A row of the table of outcomes: what the models say, and what was seen on the processor. */
export interface ComparedRow extends OutcomeRow {
  /** By model of the answer; undefined where its exploration ended before that was certain. */
  readonly allowed: readonly Allowed[];
  /** In how many runs; undefined if nothing was run. */
  readonly seen?: number;
  /** Seen and forbidden. */
  readonly alarm: boolean;
}

/** Sets what was seen beside what the models allow. What no model has found comes first, where it cannot be overlooked. */
export function compareWithSeen(answer: Answer, seen: Seen | undefined): ComparedRow[] {
  const { models, outcomes } = answer;
  const counts = new Map(seen?.outcomes.map((o) => [o.values.join(), o.count]));
  const known = new Set(outcomes.map((o) => o.values.join()));
  const unknown = (seen?.outcomes ?? [])
    .filter((o) => !known.has(o.values.join()))
    .map(({ values, holds }): OutcomeRow => ({ values, holds, byModel: models.map(() => null) }));
  return [...unknown, ...outcomes].map((outcome) => {
    const allowed = models.map((m, i) => outcome.byModel[i] != null || (isComplete(m) ? false : undefined));
    if (!seen) return { ...outcome, allowed, alarm: false };
    const count = counts.get(outcome.values.join()) ?? 0;
    return { ...outcome, allowed, seen: count, alarm: isAlarm({ allowed, seen: count }) };
  });
}

/** Whether an exploration has found every outcome that there is. */
const isComplete = ({ limit, boundHit }: ModelAnswer): boolean => limit === null && !boundHit;

/** What runs say about a check: that it holds, that it fails, or nothing. */
export function judgeSeen(
  { kind }: Pick<CheckAnswer, "kind">,
  index: number,
  seen: Seen,
): boolean | undefined {
  const has = (wanted: boolean): boolean =>
    seen.outcomes.some((o) => o.count > 0 && o.holds[index] === wanted);
  switch (kind) {
    case "exists":
      return has(true) ? true : undefined;
    case "~exists":
      return has(true) ? false : undefined;
    case "forall":
      return has(false) ? false : undefined;
    default:
      return undefined;
  }
}
