import { lookupIn } from "../check/breach.ts";
import type { Location, WrittenCheck } from "../check/check.ts";
import { createJudge, type Judgement } from "../check/judge.ts";
import type { Program } from "../machine/program.ts";
import type { Configuration } from "../options/configuration.ts";
import { advance, createRun, type RunEnd } from "./run.ts";

export interface SweepOptions {
  /** One run for each. */
  readonly configurations: readonly Configuration[];
  /** What is told of the last state of a run. */
  readonly observe: readonly Location[];
  readonly checks: readonly WrittenCheck[];
  /** Instructions after which a run is given up; greater than 0. */
  readonly maxSteps: number;
}

/** The same start with another interval between interrupts. */
export const withInterval = (configuration: Configuration, interval: number): Configuration => ({
  ...configuration,
  interrupts: { ...configuration.interrupts, interval },
});

/** The same start with another seed of random intervals and random drains. */
export const withSeed = (configuration: Configuration, seed: number): Configuration => ({
  ...configuration,
  seed,
  interrupts: { ...configuration.interrupts, seed },
});

/** What one run of a sweep has come to. */
export interface SweptRun {
  readonly configuration: Configuration;
  readonly instructions: number;
  /** Undefined: it was given up. */
  readonly end: RunEnd | undefined;
  /** By location, in the last state; NaN for a cell that is not mapped. */
  readonly values: readonly number[];
  readonly judgements: readonly Judgement[];
}

/** Runs a program once for each of several configurations, from its start; yields after every run. */
export function* sweep(
  program: Program,
  { configurations, observe, checks, maxSteps }: SweepOptions,
): Generator<SweptRun, void, undefined> {
  for (const configuration of configurations) {
    const run = createRun(program, configuration);
    const { look, judge, looksAtEach } = createJudge(run.state, checks);
    advance(run, maxSteps, { each: looksAtEach, executed: look, drained: look, switched() {} });
    yield {
      configuration,
      instructions: run.instructions,
      end: run.end,
      values: observe.map(lookupIn(run.state)),
      judgements: judge(run.end?.kind === "finished"),
    };
  }
}

/** Runs that have come to the same end, with the same values and the same judgements. */
export interface SameRuns {
  /** The first of them. */
  readonly first: SweptRun;
  readonly runs: readonly SweptRun[];
  /** Fewest and most instructions of a run. */
  readonly instructions: readonly [least: number, most: number];
}

/** Puts together what has come to the same, in the order of the first runs. */
export function groupRuns(runs: readonly SweptRun[]): SameRuns[] {
  const groups = new Map<string, SweptRun[]>();
  for (const run of runs) {
    const { end, values, judgements } = run;
    const fault = end?.kind === "fault" ? [end.fault.kind, end.fault.thread] : [];
    const key = JSON.stringify([end?.kind, fault, values.map(String), judgements.map((j) => j.verdict)]);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.values()].map((same) => ({
    first: same[0]!,
    runs: same,
    instructions: same.reduce<readonly [number, number]>(
      ([least, most], run) => [Math.min(least, run.instructions), Math.max(most, run.instructions)],
      [Number.POSITIVE_INFINITY, 0],
    ),
  }));
}
