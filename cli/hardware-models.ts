import type { WrittenCheck } from "../core/check/check.ts";
import { explorer } from "../core/explore/explore.ts";
import { completeReduction } from "../core/explore/reduction/reduction.ts";
import type { ExploreReport } from "../core/explore/report.ts";
import type { Model } from "../core/machine/state.ts";
import { copyState } from "../core/machine/state.ts";
import type { HardwareTest } from "../hardware/index.ts";

/** Limits of an exploration beside which a test is run; enough for what is called a test. */
const MOST_STATES = 1_000_000;
const MOST_BYTES = 1 << 30;
/** Milliseconds for a model: with dozens of threads even so many states take minutes, and it is the runs that one waits for. */
const LONGEST = 5000;
const BUFFER = 8;

const MODELS: readonly Model[] = ["sc", "tso"];

/** What SC and TSO allow a test to do, about the test's locations; where a limit was met, what is not found is not known. */
export async function exploreModels(
  { start, locations }: HardwareTest,
  checks: readonly WrittenCheck[],
  signal: AbortSignal,
): Promise<ExploreReport[]> {
  const options = {
    observe: locations,
    checks: checks.map((c) => c.check),
    reduction: completeReduction(start.program),
    maxStates: MOST_STATES,
    maxBytes: MOST_BYTES,
  };
  const reports: ExploreReport[] = [];
  for (const model of MODELS) {
    const exploration = explorer({ ...copyState(start), model, bufferCapacity: BUFFER }, options);
    const deadline = performance.now() + LONGEST;
    for (;;) {
      const { done, value } = exploration.next(signal.aborted || performance.now() > deadline);
      if (done) {
        reports.push(value);
        break;
      }
      await new Promise(setImmediate);
    }
  }
  return reports;
}
