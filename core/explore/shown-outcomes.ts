import { type Location, type Lookup, sameLocation } from "../check/check.ts";
import type { ExploreReport, Outcome } from "./report.ts";
import type { Subject } from "./subject.ts";

/** An outcome as a person is shown it: `values` are those of the subject's columns. */
export interface ShownOutcome extends Outcome {
  /** The values as the exploration found them. */
  readonly lookup: Lookup;
}

/** The values of locations as a person is shown them; undefined for an outcome that does not count. */
export function shownAs(
  values: readonly number[],
  locations: readonly Location[],
  { columns, filter }: Pick<Subject, "columns" | "filter">,
): Pick<ShownOutcome, "values" | "lookup"> | undefined {
  const lookup = (wanted: Location): number => values[locations.findIndex((l) => sameLocation(l, wanted))]!;
  if (filter && !filter.holds(lookup)) return undefined;
  return { values: columns.map(({ observed, read }) => read(lookup(observed))), lookup };
}

/** The outcomes that count, those that look alike in all columns as one, with the shortest of their schedules. */
export function shownOutcomes(
  { outcomes, locations }: Pick<ExploreReport, "outcomes" | "locations">,
  subject: Pick<Subject, "columns" | "filter">,
): ShownOutcome[] {
  const shown = new Map<string, ShownOutcome>();
  for (const outcome of outcomes) {
    const seen = shownAs(outcome.values, locations, subject);
    if (!seen) continue;
    const { values, lookup } = seen;
    const known = shown.get(values.join());
    const nearer = known && lengthOf(known) <= lengthOf(outcome) ? known : { ...outcome, lookup };
    const finalStates = outcome.finalStates + (known?.finalStates ?? 0);
    shown.set(values.join(), { ...nearer, values, finalStates });
  }
  return [...shown.values()];
}

const lengthOf = ({ schedule }: Outcome): number => schedule?.length ?? Number.POSITIVE_INFINITY;
