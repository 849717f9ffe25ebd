import { closeSync, openSync, writeSync } from "node:fs";
import type { WrittenCheck } from "../core/check/check.ts";
import { checksOf } from "../core/load/checks.ts";
import { type Loaded, load } from "../core/load/load.ts";
import type { Program } from "../core/machine/program.ts";
import { isFinal } from "../core/machine/state.ts";
import type { Configuration, RunOptionValues } from "../core/options/configuration.ts";
import type { OptionTable, OptionValues } from "../core/options/parse.ts";
import { RUN_OPTIONS } from "../core/options/run.ts";
import { SIMULATOR_OPTIONS } from "../core/options/simulator.ts";
import { explainStop, takeObserved } from "../core/run/follow.ts";
import { findLoops } from "../core/run/loop.ts";
import { createRecorder, type RecordedEnd, type Recorder, recordingHeader } from "../core/run/recording.ts";
import { advance, createRun, type Run, type RunObserver } from "../core/run/run.ts";
import { currentThread } from "../core/schedule/interrupts.ts";
import { type ScheduleLog, transitionOf, wordOf } from "../core/schedule/log.ts";
import { hasErrors } from "../core/text/diagnostic.ts";
import type { Command } from "./command.ts";
import { EXIT, Failure } from "./exit.ts";
import { watchInterrupt } from "./interrupt.ts";
import { positive } from "./limits.ts";
import { flush, print } from "./output.ts";
import { createReport, type ReportedEnd } from "./run-report.ts";
import { readSchedule } from "./schedule.ts";
import { complainAbout, readText } from "./source.ts";
import { printLoading } from "./verbose.ts";

const DEFAULT_MAX_STEPS = 10_000_000;

const TABLE = {
  ...RUN_OPTIONS,
  schedule: {
    long: "schedule",
    kind: "text",
    value: "TEXT",
    summary: 'run exactly this schedule, as in "0*2 1 0! 1"',
  },
  record: {
    long: "record",
    kind: "text",
    value: "FILE",
    summary: "write a recording that `interleave replay` runs again",
  },
  json: { long: "json", kind: "switch", summary: "print the end of the run as JSON instead of rows" },
  maxSteps: {
    long: "max-steps",
    kind: "integer",
    value: "N",
    summary: `stop after N instructions (${DEFAULT_MAX_STEPS})`,
  },
} as const satisfies OptionTable;

type Values = OptionValues<typeof TABLE>;

export const command: Command<typeof TABLE> = {
  name: "run",
  usage: "run FILE | run -p FILE",
  summary: "simulate one schedule",
  details: [
    "With -p: the output and the exit status of x86.py, byte for byte; `#@` lines are comments.",
    "Without: the file's `#@ run` line gives the start, values are shown, checks are judged on this one run.",
  ].join("\n"),
  table: TABLE,
  main,
};

async function main(values: Values, words: readonly string[]): Promise<number> {
  const compatible = values.program !== undefined;
  const file = values.program ?? words[0];
  if (compatible && !values.json) printArguments(values);
  if (!file)
    throw new Failure(
      words.length || !usedLikeX86(values) ? EXIT.USAGE : EXIT.FAILED,
      "error: no program named: interleave run FILE",
    );
  if (!compatible && words.length > 1)
    throw new Failure(EXIT.USAGE, `error: one program at a time; \`${words[1]}\` is one too many`);
  const most = positive("--max-steps", values.maxSteps) ?? DEFAULT_MAX_STEPS;
  const schedule = values.schedule === undefined ? undefined : readSchedule("--schedule", values.schedule);
  const text = readText(file);
  const loaded = load(text, { name: file, values, runLine: !compatible });
  const { program, configuration } = ready(file, text, loaded, compatible ? EXIT.FAILED : EXIT.USAGE);
  if (loaded.values.verbose && !values.json && program.dialect === "asm") printLoading(program);
  const allValues = { ...values, ...loaded.values } as Values;
  const run = createRun(program, configuration);
  const report = createReport(program, run.state, allValues, {
    compatible,
    json: values.json ?? false,
    checks: compatible ? [] : checksToJudge(program, run.state.threadCount),
    loaded: () => currentThread(run.interrupts),
  });
  const recording =
    values.record === undefined ? undefined : openRecording(values.record, program, allValues, run);
  const observer = recording ? recorded(report, recording.recorder, run) : report;
  try {
    report.begin(currentThread(run.interrupts));
    const end = schedule ? follow(run, schedule, observer) : await goOn(run, most, observer);
    recording?.recorder.end(run.state, recordedEnd(end));
    return report.finish(end);
  } finally {
    recording?.close();
    flush();
  }
}

/** x86.py run without any program exits with 1, not with 2. */
const usedLikeX86 = (values: Values): boolean =>
  Object.keys(values).every((name) => name in SIMULATOR_OPTIONS);

/** A loaded text that can run, or a failure that says what is wrong. */
export function ready(
  file: string,
  text: string,
  loaded: Loaded,
  usageStatus: number,
): { readonly program: Program; readonly configuration: Configuration } {
  complainAbout(file, text, loaded.diagnostics);
  if (loaded.error && !hasErrors(loaded.diagnostics))
    throw new Failure(usageStatus, `error: ${loaded.error}`);
  if (!loaded.program || !loaded.configuration) throw new Failure(EXIT.FAILED, "");
  return { program: loaded.program, configuration: loaded.configuration };
}

/** The checks of a program's file; fails where one of them is wrong. */
export function checksToJudge(program: Program, threadCount: number): readonly WrittenCheck[] {
  const { checks, diagnostics } = checksOf(program, threadCount);
  complainAbout(program.name, program.text, diagnostics);
  if (hasErrors(diagnostics)) throw new Failure(EXIT.FAILED, "");
  return checks;
}

/** Instructions between two looks at Ctrl+C. */
const SLICE = 100_000;

async function goOn(run: Run, most: number, observer: RunObserver): Promise<ReportedEnd> {
  const interrupt = watchInterrupt();
  try {
    while (!run.end && run.instructions < most && !interrupt.wished) {
      advance(run, Math.min(most, run.instructions + SLICE), observer);
      await interrupt.breathe();
    }
  } finally {
    interrupt.dispose();
  }
  if (run.end) return run.end;
  return interrupt.wished ? { kind: "interrupted" } : { kind: "limit", loops: findLoops(run.state) };
}

/** Takes exactly the transitions of a schedule. */
function follow(run: Run, schedule: ScheduleLog, observer: RunObserver): ReportedEnd {
  for (let i = 0; i < schedule.length; i++) {
    const refused = takeObserved(run.state, transitionOf(schedule.words[i]!), observer, run.burst);
    if (refused === "disabled")
      return { kind: "refused", why: `--schedule: ${explainStop(schedule, i, run.state, refused)}` };
    if (refused) return { kind: "fault", fault: refused };
  }
  return isFinal(run.state) ? { kind: "finished" } : { kind: "schedule-over" };
}

interface OpenRecording {
  readonly recorder: Recorder;
  close(): void;
}

function openRecording(file: string, program: Program, values: Values, run: Run): OpenRecording {
  let descriptor: number;
  try {
    descriptor = openSync(file, "wx");
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new Failure(
      EXIT.FAILED,
      `${file}: error: ${exists ? "this file exists; nothing was written over" : (error as Error).message}`,
    );
  }
  const { record: _record, maxSteps: _maxSteps, ...options } = values;
  const header = recordingHeader(program.name, program.text, run.state.model, options);
  return {
    recorder: createRecorder(header, (line) => writeSync(descriptor, line)),
    close: () => closeSync(descriptor),
  };
}

/** Why a run was not recorded to its end. */
function recordedEnd(end: ReportedEnd): RecordedEnd | undefined {
  if (end.kind === "fault") return { how: "fault", thread: end.fault.thread };
  return end.kind === "limit" || end.kind === "interrupted" ? { how: end.kind } : undefined;
}

/** An observer that also records. */
function recorded(observer: RunObserver, recorder: Recorder, { state }: Run): RunObserver {
  return {
    ...observer,
    room: () => recorder.room(),
    executed: (thread, operation, count) => {
      recorder.record(wordOf(thread, "execute"), count, state);
      observer.executed(thread, operation, count);
    },
    drained: (thread, address, value) => {
      recorder.record(wordOf(thread, "drain"), 1, state);
      observer.drained(thread, address, value);
    },
  };
}

/** The ARG block (dialect §9.1). */
export function printArguments(values: RunOptionValues): void {
  const flag = (value: true | undefined): string => (value ? "True" : "False");
  const rows: [string, string | number][] = [
    ["seed", values.seed ?? 0],
    ["numthreads", values.threads ?? 2],
    ["program", values.program ?? ""],
    ["interrupt frequency", values.interrupt ?? 50],
    ["interrupt randomness", flag(values.randints)],
    ["procsched", values.procsched ?? ""],
    ["argv", values.argv ?? ""],
    ["load address", values.loadaddr ?? 1000],
    ["memsize", values.memsize ?? 128],
    ["memtrace", values.memtrace ?? ""],
    ["regtrace", values.regtrace ?? ""],
    ["cctrace", flag(values.cctrace)],
    ["printstats", flag(values.printstats)],
    ["verbose", flag(values.verbose)],
  ];
  print(`${rows.map(([name, value]) => `ARG ${name} ${value}\n`).join("")}\n`);
}
