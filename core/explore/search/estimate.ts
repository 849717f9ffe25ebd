import type { State } from "../../machine/state.ts";
import type { ExploreOptions } from "../options.ts";
import type { Progress } from "../report.ts";
import { prepare } from "./prepare.ts";
import { progressOf, reporting } from "./progress.ts";
import type { Search, Visitor } from "./search.ts";

/** How large an exploration will be. */
export interface Estimate {
  /** Number of states after reduction; undefined where there is no end of growth in sight, so that nothing can be said. */
  readonly states: number | undefined;
  /** Bytes in tables that so many states will need. */
  readonly bytes: number | undefined;
  /** Whether the probe saw everything: then the numbers are not guessed. */
  readonly exact: boolean;
  /** States that the probe saw. */
  readonly probed: number;
}

/** States of the probe: about half a second. */
const PROBE_STATES = 200_000;

const NOBODY: Visitor = { terminal: () => {}, fault: () => {}, heapBytes: () => 0 };

/**
 * Guesses how large an exploration will be, without doing it: explores its first states and looks at how their number grows with the distance
 * from the start. Where threads go on side by side these numbers lie on a bell, so its curve is fitted to them and followed to its end. Loops
 * and waiting bend the bell: on the models of `bench` the guess is up to three times too small.
 * Yields its progress; sending `true` makes it guess from what it has.
 */
export function* estimator(
  start: State,
  options: ExploreOptions,
): Generator<Progress, Estimate, boolean | undefined> {
  const { search } = prepare(start, options);
  const limits = { states: PROBE_STATES, bytes: options.maxBytes ?? Infinity, heapBytes: Infinity };
  const limit = yield* reporting(search, search.run(limits, NOBODY));
  const { states: probed, bytes } = progressOf(search);
  if (!limit) return { states: probed, bytes, exact: true, probed };
  const states = followBell(levelSizes(search), probed);
  return {
    states,
    bytes: states === undefined ? undefined : Math.round((bytes / probed) * states),
    exact: false,
    probed,
  };
}

/** The number of states at each distance from the start that the search has done. */
function levelSizes({ set, depth }: Search): number[] {
  const sizes = new Array<number>(depth).fill(0);
  for (const bucket of set.buckets) {
    for (const level of bucket.levels.subarray(0, bucket.levelCount)) {
      const { from, to } = set.level(bucket, level);
      if (level < depth) sizes[level]! += to - from;
    }
  }
  return sizes;
}

/** The first levels say nothing of the curve. */
const LEFT_OUT = 0.25;
/** Levels that the bell may go on for. */
const LONGEST = 100_000;

/** The sum of sizes up to the end of the bell that fits the known ones; undefined if these do not bend down. */
function followBell(sizes: readonly number[], probed: number): number | undefined {
  const points = sizes
    .map((size, level) => [level, Math.log(size)] as const)
    .slice(Math.floor(sizes.length * LEFT_OUT))
    .filter(([, log]) => log > Number.NEGATIVE_INFINITY);
  const curve = parabola(points);
  let total = probed;
  for (let level = sizes.length; level < sizes.length + LONGEST; level++) {
    const size = Math.exp(curve(level));
    if (!Number.isFinite(size)) return undefined;
    if (size < 1) return Math.round(total);
    total += size;
  }
  return undefined;
}

/** The parabola through points by least squares, from the normal equations by Gauss's elimination. */
function parabola(points: readonly (readonly [number, number])[]): (x: number) => number {
  const sum = (term: (x: number, y: number) => number): number =>
    points.reduce((all, [x, y]) => all + term(x, y), 0);
  const powers = [0, 1, 2];
  const rows = powers.map((i) => [...powers.map((j) => sum((x) => x ** (i + j))), sum((x, y) => y * x ** i)]);
  for (const i of powers) {
    for (const j of powers) {
      if (j === i) continue;
      const factor = rows[j]![i]! / rows[i]![i]!;
      for (let k = i; k <= 3; k++) rows[j]![k]! -= factor * rows[i]![k]!;
    }
  }
  const [a, b, c] = rows.map((row, i) => row[3]! / row[i]!) as [number, number, number];
  return (x) => a + b * x + c * x * x;
}
