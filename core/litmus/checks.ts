import type { Lookup, Proposition as Observable, WrittenCheck } from "../check/check.ts";
import { compileProposition } from "../condition/evaluate.ts";
import { printCondition } from "../condition/print.ts";
import { locationsOf, type Proposition } from "../condition/tree.ts";
import type { Program } from "../machine/program.ts";
import { columnOf } from "./columns.ts";
import { type LitmusTest, lowerLitmus } from "./lower.ts";
import { canonical, locationText } from "./observed.ts";
import { parseLitmus } from "./parse.ts";
import { conditionOf, filterOf } from "./typed-condition.ts";

/**
 * The condition of a litmus test as a check, for exploring and debugging it like any other program; none where the test has none.
 * Of a test with a filter only the executions that pass it count. `program` is one that `lowerLitmus` has made, free of errors.
 */
export function litmusChecks(program: Program): WrittenCheck[] {
  const test = lowerLitmus(parseLitmus(program.text));
  const condition = conditionOf(test);
  if (!condition) return [];
  const whole = observable(test, program, condition.proposition);
  const passing = filterOf(test);
  const filter = passing && observable(test, program, passing);
  const all = condition.quantifier === "forall";
  const proposition: Observable = {
    locations: [...whole.locations, ...(filter?.locations ?? [])],
    holds: (lookup) => (filter && !filter.holds(lookup) ? all : whole.holds(lookup)),
  };
  const text = printCondition(condition, { location: (l) => locationText(canonical(l, test.tree.dialect)) });
  return [{ check: { kind: condition.quantifier, proposition }, text, range: condition.range }];
}

/** A proposition whose locations are read as their types say. */
export function observable(test: LitmusTest, program: Program, proposition: Proposition): Observable {
  const holds = compileProposition<Lookup>(proposition, {
    location: (location) => {
      const { observed, read } = columnOf(test, program, location);
      return (lookup) => read(lookup(observed));
    },
    address: (name) => test.variables.get(name)?.address ?? Number.NaN,
    wide: program.wide,
  });
  return { locations: locationsOf(proposition).map((l) => columnOf(test, program, l).observed), holds };
}
