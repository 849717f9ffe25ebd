import { existsSync } from "node:fs";
import { OP } from "../core/isa/operations.ts";
import { load } from "../core/load/load.ts";
import { STOP } from "../core/machine/execute.ts";
import { isFinal, type State } from "../core/machine/state.ts";
import { step } from "../core/machine/transition.ts";
import type { RunOptionValues } from "../core/options/configuration.ts";
import type { OptionTable, OptionValues } from "../core/options/parse.ts";
import { findLoops } from "../core/run/loop.ts";
import { parseRecording, type Recording, sha256Text } from "../core/run/recording.ts";
import { replay } from "../core/run/replay.ts";
import { createRun, type Run, type RunObserver } from "../core/run/run.ts";
import { verifyReplays } from "../core/run/verify.ts";
import { afterBurst, currentThread } from "../core/schedule/interrupts.ts";
import type { Command } from "./command.ts";
import { EXIT, Failure } from "./exit.ts";
import { complain, print } from "./output.ts";
import { checksToJudge, printArguments, ready } from "./run.ts";
import { createReport, type ReportedEnd, type RunReport } from "./run-report.ts";
import { onlyFile, readText } from "./source.ts";
import { printLoading } from "./verbose.ts";

const TABLE = {
  json: { long: "json", kind: "switch", summary: "print the end of the run as JSON instead of rows" },
  verify: {
    long: "verify",
    kind: "integer",
    value: "N",
    summary: "replay it N times side by side and compare every event",
  },
} as const satisfies OptionTable;

export const command: Command<typeof TABLE> = {
  name: "replay",
  usage: "replay RECORDING",
  summary: "run a recording again and find any divergence",
  details:
    "Prints what `run` printed. A divergence, because program or machine changed, ends with the first differing transition.",
  table: TABLE,
  main,
};

function main(values: OptionValues<typeof TABLE>, words: readonly string[]): number {
  const file = onlyFile("replay", words, "recording");
  const parsed = parseRecording(readText(file));
  if ("error" in parsed) throw new Failure(EXIT.FAILED, `${file}:${parsed.line}:1: error: ${parsed.error}`);
  const { recording } = parsed;
  const { name, text } = recording.header.program;
  const options = recording.header.options as RunOptionValues & { readonly schedule?: string };
  const compatible = options.program !== undefined;
  const json = values.json ?? false;
  if (compatible && !json && values.verify === undefined) printArguments(options);
  const now = presentText(recording);
  const original = ready(
    name,
    text,
    load(text, { name, values: options, runLine: !compatible }),
    EXIT.FAILED,
  );
  const loaded = load(now, { name, values: options, runLine: !compatible });
  const { program, configuration } = ready(name, now, loaded, EXIT.FAILED);
  if (options.verbose && program.dialect === "asm" && !json && values.verify === undefined)
    printLoading(program);
  if (values.verify !== undefined)
    return verify(recording, values.verify, () => createRun(program, configuration).state);
  const run = createRun(program, configuration);
  const report = createReport(program, run.state, options, {
    compatible,
    json,
    checks: compatible ? [] : checksToJudge(program, run.state.threadCount),
    loaded: () => currentThread(run.interrupts),
  });
  report.begin(currentThread(run.interrupts));
  const observer = options.schedule === undefined ? withSwitches(report, run) : report;
  const beside = createRun(original.program, original.configuration).state;
  const divergence = replay(recording, run.state, beside, observer);
  return report.finish(divergence ? { kind: "diverged", divergence } : endOf(run, recording));
}

function verify(recording: Recording, count: number, create: () => State): number {
  if (count < 2) throw new Failure(EXIT.USAGE, `error: --verify compares at least 2 replays, not ${count}`);
  const different = verifyReplays(recording, Array.from({ length: count }, create));
  if (different === undefined) {
    print(`${count} replays of ${recording.transitions} transitions are equal, event by event\n`);
    return EXIT.OK;
  }
  complain(`the replays differ after ${different} events`);
  return EXIT.DIVERGED;
}

/** How the run that was recorded ended: as it does again. */
function endOf({ state }: Run, { end }: Recording): ReportedEnd {
  switch (end?.how) {
    case "limit":
      return { kind: "limit", loops: findLoops(state) };
    case "interrupted":
      return { kind: "interrupted" };
    case "fault": {
      const met = step(state, { thread: end.thread, kind: "execute" });
      if (typeof met === "object") return { kind: "fault", fault: met };
    }
  }
  return { kind: isFinal(state) ? "finished" : "schedule-over" };
}

/** The program as it is now, or as it was recorded where its file is gone. */
function presentText({ header: { program } }: Recording): string {
  if (!existsSync(program.name)) {
    complain(
      `${program.name}: note: there is no such file any more; replaying the program as it was recorded`,
    );
    return program.text;
  }
  const text = readText(program.name);
  if (sha256Text(text) !== program.sha256) {
    complain(`${program.name}: note: the program has changed since the recording`);
  }
  return text;
}

/** Shows the scheduler's switches, which follow from the instructions and so are not recorded. */
function withSwitches(report: RunReport, { state, interrupts }: Run): RunObserver {
  return {
    ...report,
    executed: (thread, operation, count) => {
      report.executed(thread, operation, count);
      if (state.halted.every((h) => h === 1)) return;
      const yields = state.program.code.operation[operation] === OP.YIELD;
      const stop = state.halted[thread] ? STOP.HALTED : yields ? STOP.YIELD : STOP.LIMIT;
      afterBurst(interrupts, state, count, stop, report.switched);
    },
  };
}
