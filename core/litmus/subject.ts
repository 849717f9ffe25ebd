import { compileProposition } from "../condition/evaluate.ts";
import { locationsOf, type Proposition } from "../condition/tree.ts";
import type { WrittenCheck } from "../explore/checks.ts";
import type { Lookup, Proposition as Observable } from "../explore/observation.ts";
import type { Subject, SubjectOptions } from "../explore/subject.ts";
import type { Program } from "../machine/program.ts";
import { start } from "../machine/state.ts";
import { columnOf, compareLocations } from "./columns.ts";
import { type LitmusTest, lowerLitmus } from "./lower.ts";
import { observedLocations } from "./observed.ts";
import { parseLitmus } from "./parse.ts";

/** What there is to explore in a litmus test: its observed locations, its condition, and only what passes its filter. */
export function litmusSubject(
  text: string,
  { name, values }: SubjectOptions,
): Subject | { readonly error: string } {
  const test = lowerLitmus(parseLitmus(text), name.replace(/\.litmus$/i, ""));
  const { program, tree } = test;
  if (!program) return { error: `${name} has errors` };
  const filter = tree.filter && observable(test, program, tree.filter.proposition);
  return {
    program,
    judge: values.model ?? "tso",
    columns: observedLocations(tree)
      .sort(compareLocations)
      .map((location) => columnOf(test, program, location)),
    checks: checksOf(test, program, filter),
    ...(filter && { filter }),
    start: (model, bufferCapacity) => start(program, { model, bufferCapacity }),
  };
}

/** The condition, which is about the final states that pass the filter. */
function checksOf(test: LitmusTest, program: Program, filter: Observable | undefined): WrittenCheck[] {
  const { condition, text } = test.tree;
  if (!condition) return [];
  const { keyword, condition: whole } = condition;
  const range = { start: keyword.range.start, end: whole.range.end };
  const { locations, holds } = observable(test, program, whole.proposition);
  const universal = whole.quantifier === "forall" || whole.quantifier === "always";
  const proposition: Observable = {
    locations: [...locations, ...(filter?.locations ?? [])],
    holds: (lookup) => (filter && !filter.holds(lookup) ? universal : holds(lookup)),
  };
  const check = { kind: whole.quantifier, proposition };
  return [{ check, text: text.slice(range.start, range.end).replace(/\s+/g, " "), range }];
}

/** A proposition whose locations are read as their types say. */
function observable(test: LitmusTest, program: Program, proposition: Proposition): Observable {
  const holds = compileProposition<Lookup>(proposition, {
    wide: program.wide,
    address: (name) => test.variables.get(name)?.address ?? Number.NaN,
    location: (named) => {
      const { observed, read } = columnOf(test, program, named);
      return (lookup) => read(lookup(observed));
    },
  });
  return { locations: locationsOf(proposition).map((l) => columnOf(test, program, l).observed), holds };
}
