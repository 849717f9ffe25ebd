import type { State } from "../machine/state.ts";
import type { ExploreReport, Outcome } from "./report.ts";

/** One model's part of a comparison: what was explored from where. */
export interface Exploration {
  readonly start: State;
  readonly report: ExploreReport;
}

/** An outcome with what each model says of it, in the order of the models. */
export interface ComparedOutcome<O extends Outcome = Outcome> {
  readonly values: readonly number[];
  readonly byModel: readonly (O | undefined)[];
}

/** The outcomes of all models together, in ascending order. The weaker model, which can do all that the stronger one can, comes last. */
export function compareOutcomes<O extends Outcome>(byModel: readonly (readonly O[])[]): ComparedOutcome<O>[] {
  const rows = new Map<string, ComparedOutcome<O> & { byModel: (O | undefined)[] }>();
  for (const outcomes of byModel.toReversed()) {
    for (const { values } of outcomes) {
      rows.set(values.join(), { values, byModel: byModel.map(() => undefined) });
    }
  }
  for (const [m, outcomes] of byModel.entries()) {
    for (const outcome of outcomes) rows.get(outcome.values.join())!.byModel[m] = outcome;
  }
  return [...rows.values()];
}
