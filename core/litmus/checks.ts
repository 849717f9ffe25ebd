import { compileProposition } from "../condition/evaluate.ts";
import { printCondition } from "../condition/print.ts";
import { type Location, locationsOf } from "../condition/tree.ts";
import type { WrittenCheck } from "../explore/checks.ts";
import type { Lookup } from "../explore/observation.ts";
import type { Program } from "../machine/program.ts";
import { columnOf } from "./columns.ts";
import { lowerLitmus } from "./lower.ts";
import { canonical, locationText } from "./observed.ts";
import { parseLitmus } from "./parse.ts";

/**
 * The condition of a litmus test as a check, for exploring and debugging it like any other program; none where the test has none.
 * Of a test with a filter only the executions that pass it count. `program` is one that `lowerLitmus` has made, free of errors.
 */
export function litmusChecks(program: Program): WrittenCheck[] {
  const test = lowerLitmus(parseLitmus(program.text));
  const { condition: clause, filter: filterClause, dialect } = test.tree;
  if (!clause) return [];
  const { condition } = clause;
  const filter = filterClause?.proposition;
  const column = (location: Location) => columnOf(test, program, location);
  const compile = (proposition: typeof condition.proposition) =>
    compileProposition<Lookup>(proposition, {
      location: (location) => {
        const { observed, read } = column(location);
        return (lookup) => read(lookup(observed));
      },
      address: (name) => test.variables.get(name)?.address ?? Number.NaN,
      wide: program.wide,
    });
  const holds = compile(condition.proposition);
  const passes = filter ? compile(filter) : () => true;
  const locations = [condition.proposition, ...(filter ? [filter] : [])].flatMap(locationsOf);
  const text = printCondition(condition, { location: (l) => locationText(canonical(l, dialect)) });
  const all = condition.quantifier === "forall";
  const proposition = {
    locations: locations.map((l) => column(l).observed),
    holds: (lookup: Lookup) => (passes(lookup) ? holds(lookup) : all),
  };
  return [{ check: { kind: condition.quantifier, proposition }, text, range: condition.range }];
}
