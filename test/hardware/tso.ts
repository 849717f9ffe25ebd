import { explorer } from "../../core/explore/explore.ts";
import { completeReduction } from "../../core/explore/reduction/reduction.ts";
import type { ExploreReport } from "../../core/explore/report.ts";
import { copyState } from "../../core/machine/state.ts";
import type { HardwareTest } from "../../hardware/index.ts";

/** What TSO allows a test to do. */
export function tso({ start, locations }: HardwareTest): ExploreReport {
  const options = { observe: locations, checks: [], reduction: completeReduction(start.program) };
  const exploration = explorer({ ...copyState(start), model: "tso", bufferCapacity: 8 }, options);
  for (;;) {
    const { done, value } = exploration.next();
    if (done) return value;
  }
}
