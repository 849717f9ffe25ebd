import type { Program } from "../machine/program.ts";
import type { State } from "../machine/state.ts";
import { conclude, gather } from "./conclusion.ts";
import { type ExploreOptions, limitsOf, roomLeft } from "./options.ts";
import { decidesLivelocks } from "./reduction/reduction.ts";
import type { ExploreReport, Progress } from "./report.ts";
import { createFindings } from "./search/findings.ts";
import { findLivelocks, type Livelocks } from "./search/livelock.ts";
import { createOutcomeTable } from "./search/outcomes.ts";
import { prepare } from "./search/prepare.ts";
import { progressOf, reporting } from "./search/progress.ts";
import type { Search } from "./search/search.ts";
import { hasLoops } from "./threads/data-flow.ts";
import { NONE_SHORTEST, shortestTo } from "./witness/shortest.ts";
import { schedules } from "./witness/witness.ts";

/**
 * Explores everything that the threads can do from a state: all schedules, by breadth-first search over all states. The state is not
 * changed. Its buffers' capacity must be finite, since otherwise a thread that only stores has no end of states.
 */
export function explore(start: State, options: ExploreOptions): ExploreReport {
  const exploration = explorer(start, options);
  for (;;) {
    const { done, value } = exploration.next();
    if (done) return value;
  }
}

/**
 * The same, a few milliseconds at a time: yields its progress, so that whoever drives it can show it, see to other things, or end the
 * exploration with what it has found so far by sending `true`. Each `true` ends what is being done: first the search, then the search for
 * livelocks, then those for schedules. Whoever has patience can send `false` again to get the schedules, too.
 */
export function* explorer(
  start: State,
  options: ExploreOptions,
): Generator<Progress, ExploreReport, boolean | undefined> {
  const { checks } = options;
  const { reduction, locations, classes, symmetry, automaton, search } = prepare(start, options);
  const findings = createFindings(
    automaton,
    symmetry,
    createOutcomeTable(automaton, classes, symmetry, locations),
    checks,
  );
  const limits = limitsOf(options);
  const limit = yield* reporting(search, search.run(limits, findings.visitor));
  const wanted =
    limit === undefined && options.livelocks !== false && decidesLivelocks(reduction, start.program);
  const livelocks = wanted ? yield* livelocksOf(search, start.program) : undefined;

  const room = roomLeft(limits, search.byteLength);
  const shortest =
    limit === "cancelled"
      ? NONE_SHORTEST
      : yield* reporting(search, shortestTo(findings, start, options, room));
  const found = gather(findings, livelocks, shortest);
  const rebuilt = yield* reporting(search, schedules(search, found.targets, room));
  return conclude(start, checks, {
    ...found,
    ...rebuilt,
    livelocks,
    limit,
    unfinished: wanted && !livelocks,
    ...progressOf(search),
    boundHit: automaton.boundHit,
    locations,
    reduction,
  });
}

function* livelocksOf(
  search: Search,
  { code }: Program,
): Generator<Progress, Livelocks | undefined, boolean | undefined> {
  return hasLoops(code) ? yield* reporting(search, findLivelocks(search)) : { count: 0 };
}
