import type { Proposition } from "../check/check.ts";
import type { Program } from "../machine/program.ts";
import { observable } from "./checks.ts";
import { type Column, columnOf, compareLocations } from "./columns.ts";
import { lowerLitmus } from "./lower.ts";
import { observedLocations } from "./observed.ts";
import { parseLitmus } from "./parse.ts";
import { filterOf } from "./typed-condition.ts";

/** What is shown of a litmus test's final states. */
export interface Shown {
  /** In the order of a report. */
  readonly columns: readonly Column[];
  /** Only final states in which this holds count; all if it is left out. */
  readonly filter?: Proposition;
}

/** `program` is one that `lowerLitmus` has made, free of errors. */
export function shownOf(program: Program): Shown {
  const test = lowerLitmus(parseLitmus(program.text));
  const filter = filterOf(test);
  return {
    columns: observedLocations(test.tree)
      .sort(compareLocations)
      .map((location) => columnOf(test, program, location)),
    ...(filter && { filter: observable(test, program, filter) }),
  };
}
