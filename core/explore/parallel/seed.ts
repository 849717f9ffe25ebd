import { checksOf, readCheck } from "../../load/checks.ts";
import type { State } from "../../machine/state.ts";
import type { ExploreOptions } from "../options.ts";
import type { Place } from "./neighbours.ts";
import { Partition } from "./partition.ts";
import type { FromPartition } from "./protocol.ts";

/** All that a partition in another thread begins with: plain data, which checks are not. */
export interface Seed {
  readonly start: State;
  readonly options: Omit<ExploreOptions, "checks">;
  /** The checks beside those in the program's own text, as they were written; they have been found to be free of errors. */
  readonly moreChecks: readonly string[];
  readonly place: Place;
}

/** @param send see `Partition` */
export function partitionOf(
  { start, options, moreChecks, place }: Seed,
  send: (message: FromPartition) => void,
): Partition {
  const { program, threadCount } = start;
  const written = [
    ...checksOf(program, threadCount).checks,
    ...moreChecks.flatMap((text) => readCheck(program, threadCount, text).checks),
  ];
  return new Partition(start, { ...options, checks: written.map((w) => w.check) }, place, send);
}
