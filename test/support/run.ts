import { load } from "../../core/load/load.ts";
import { describeState, type StateDescription } from "../../core/machine/describe.ts";
import type { RunOptionValues } from "../../core/options/configuration.ts";
import { advance, createRun, type Run } from "../../core/run/run.ts";

/** A run of a text under option values that wins over its `#@ run` line; the text must be free of errors. */
export function runOf(text: string, values: RunOptionValues = {}): Run {
  const { program, configuration, diagnostics, error } = load(text, {
    name: "test.s",
    values,
    runLine: true,
  });
  if (!program || !configuration) {
    throw new Error(
      `the test's program has errors: ${error ?? diagnostics.map((d) => d.message).join("; ")}`,
    );
  }
  return createRun(program, configuration);
}

/** Runs a text to its end and describes the state there. */
export function endOf(text: string, values: RunOptionValues = {}): StateDescription {
  const run = runOf(text, values);
  advance(run, 100_000);
  if (run.end?.kind !== "finished") throw new Error(`the run did not finish: ${JSON.stringify(run.end)}`);
  return describeState(run.state);
}
