import { distinctLocations, finalLocations } from "../../core/check/check.ts";
import type { Judgement } from "../../core/check/judge.ts";
import { locationText, valueTexts } from "../../core/check/locations.ts";
import { namedCells } from "../../core/check/named-cells.ts";
import { checksOf } from "../../core/load/checks.ts";
import { load } from "../../core/load/load.ts";
import { explainFault } from "../../core/machine/fault.ts";
import { groupRuns, type SweptRun, sweep, withInterval } from "../../core/run/sweep.ts";
import type { DrainPolicy } from "../../core/schedule/drain-policy.ts";
import { hasErrors } from "../../core/text/diagnostic.ts";

/** Instructions after which a run is given up: few enough that the editor does not notice one run. */
const MOST_STEPS = 100_000;

/** What runs with different interrupt intervals come to, as a person reads it. */
export interface SweepResult {
  /** Names of what is shown of a last state. */
  readonly locations: readonly string[];
  readonly checks: readonly string[];
  readonly ends: readonly SweepEnd[];
  /** When stores drained under TSO. */
  readonly drain: DrainPolicy;
}

/** What several intervals lead to. */
export interface SweepEnd {
  /** In ascending order. */
  readonly intervals: readonly number[];
  readonly values: readonly string[];
  readonly verdicts: readonly Judgement["verdict"][];
  /** Fewest and most instructions of a run. */
  readonly instructions: readonly [least: number, most: number];
  /** Why there was no end to come to. */
  readonly trouble?: string;
}

/**
 * Runs a text once for every interval; yields between two runs.
 * @param name the file's name, which tells litmus tests from programs
 * @returns the result, or why there is none, in one sentence
 */
export function* sweepIntervals(
  text: string,
  name: string,
  intervals: readonly number[],
): Generator<void, SweepResult | { readonly error: string }, undefined> {
  const { program, configuration, error, diagnostics } = load(text, { name, values: {}, runLine: true });
  if (error !== undefined) return { error };
  if (!program || !configuration || hasErrors(diagnostics)) return { error: "The program has errors." };
  if (configuration.interrupts.manual) {
    return { error: "The `#@ run` line gives a schedule by hand (-P), which has no interrupts." };
  }
  const read = checksOf(program, configuration.start.threads ?? 0);
  if (hasErrors(read.diagnostics)) return { error: "A check of the program has errors." };
  const { checks } = read;
  const observe = distinctLocations([
    ...namedCells(program),
    ...checks.flatMap(({ check }) => finalLocations(check)),
  ]);
  const configurations = intervals.map((interval) => withInterval(configuration, interval));
  const runs: SweptRun[] = [];
  for (const run of sweep(program, { configurations, observe, checks, maxSteps: MOST_STEPS })) {
    runs.push(run);
    yield;
  }
  return {
    drain: configuration.drain,
    locations: observe.map((location) => locationText(program, location)),
    checks: checks.map((written) => written.text),
    ends: groupRuns(runs).map(({ first, runs: same, instructions }) => {
      const trouble = first.end?.kind === "fault" ? explainFault(program, first.end.fault) : "given up";
      return {
        intervals: same.map((run) => run.configuration.interrupts.interval),
        values: valueTexts(program, observe, first.values),
        verdicts: first.judgements.map(({ verdict }) => verdict),
        instructions,
        ...(first.end?.kind === "finished" ? {} : { trouble }),
      };
    }),
  };
}
