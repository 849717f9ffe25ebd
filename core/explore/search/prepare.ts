import { type Check, distinctLocations, finalLocations, isAboutEveryState } from "../../check/check.ts";
import type { State } from "../../machine/state.ts";
import type { ExploreOptions } from "../options.ts";
import type { Reduction } from "../reduction/reduction.ts";
import { selectorFor } from "../reduction/selector.ts";
import { createSymmetry } from "../reduction/symmetry.ts";
import type { Fusing } from "../threads/local-machine.ts";
import { observeThreads } from "../threads/observation.ts";
import { classify } from "../threads/thread-class.ts";
import { Automaton } from "./automaton.ts";
import { Search } from "./search.ts";

/** Everything that a search needs, and the search, not yet begun. */
export function prepare(start: State, options: ExploreOptions, fusing: Fusing = "early") {
  const { checks } = options;
  const reduction = applicable(options.reduction, checks);
  const locations = distinctLocations([...options.observe, ...checks.flatMap(finalLocations)]);
  const observations = observeThreads(start.program, start.threadCount, locations, checks);
  const classes = classify(start, observations, reduction);
  const symmetry = createSymmetry(reduction.symmetry ? classes : []);
  const automaton = new Automaton(start, classes, reduction, fusing);
  const search = new Search(automaton, selectorFor(reduction), symmetry);
  return { reduction, locations, classes, symmetry, automaton, search };
}

function applicable(wanted: Reduction, checks: readonly Check[]): Reduction {
  return wanted.level > 2 && checks.some(isAboutEveryState) ? { ...wanted, level: 2 } : wanted;
}
