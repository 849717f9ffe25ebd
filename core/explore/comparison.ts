import type { State } from "../machine/state.ts";
import type { ExploreReport, Outcome } from "./explore.ts";

/** One model's part of a comparison: what was explored from where. */
export interface Exploration {
  readonly start: State;
  readonly report: ExploreReport;
}

/** An outcome with what each model says of it, in the order of the explorations. */
export interface ComparedOutcome {
  readonly values: readonly number[];
  readonly byModel: readonly (Outcome | undefined)[];
}

/** The outcomes of all models together, in ascending order. The weaker model, which can do all that the stronger one can, comes last. */
export function compareOutcomes(explorations: readonly Exploration[]): ComparedOutcome[] {
  const rows = new Map<string, ComparedOutcome & { byModel: (Outcome | undefined)[] }>();
  for (const { report } of explorations.toReversed()) {
    for (const { values } of report.outcomes) {
      rows.set(values.join(), { values, byModel: explorations.map(() => undefined) });
    }
  }
  for (const [m, { report }] of explorations.entries()) {
    for (const outcome of report.outcomes) rows.get(outcome.values.join())!.byModel[m] = outcome;
  }
  return [...rows.values()];
}
