import { finalLocations } from "../core/check/check.ts";
import { locationText, valueTexts } from "../core/check/locations.ts";
import { type Chooser, MOST_SAMPLED_THREADS } from "../core/explore/sample/chooser.ts";
import { type SampleReport, sampler } from "../core/explore/sample/sample.ts";
import { load } from "../core/load/load.ts";
import { jsonInteger } from "../core/machine/describe.ts";
import { explainFault } from "../core/machine/fault.ts";
import type { Program } from "../core/machine/program.ts";
import { start } from "../core/machine/state.ts";
import type { OptionTable, OptionValues } from "../core/options/parse.ts";
import { formatSchedule } from "../core/schedule/text.ts";
import { grouped } from "../core/text/count.ts";
import type { Command } from "./command.ts";
import { EXIT, Failure } from "./exit.ts";
import { observed } from "./explore.ts";
import { watchInterrupt } from "./interrupt.ts";
import { drive, MEMORY_OPTIONS, memoryLimitsOf, positive } from "./limits.ts";
import { print } from "./output.ts";
import { createMeter } from "./progress.ts";
import { checksToJudge, ready } from "./run.ts";
import { complainAboutFault, onlyFile, readText } from "./source.ts";
import { START_OPTIONS } from "./start-options.ts";
import { printTable } from "./table.ts";

const DEFAULT_RUNS = 100_000;
const DEFAULT_MAX_STEPS = 10_000;

const TABLE = {
  ...START_OPTIONS,
  model: {
    long: "model",
    kind: "text",
    choices: ["sc", "tso"],
    summary: "memory model (the file's, or tso)",
  },
  runs: { long: "runs", kind: "integer", value: "N", summary: `number of runs (${DEFAULT_RUNS})` },
  seed: { long: "seed", kind: "integer", value: "S", summary: "the same seed gives the same runs (0)" },
  pct: {
    long: "pct",
    kind: "integer",
    value: "D",
    summary: "random priorities that change at D - 1 places (PCT), instead of uniform choice",
  },
  drains: {
    long: "drains",
    kind: "integer",
    value: "PERCENT",
    summary: "how likely a store drains before anything else happens, instead of uniform choice",
  },
  maxSteps: {
    long: "max-steps",
    kind: "integer",
    value: "N",
    summary: `give a run up after N transitions (${DEFAULT_MAX_STEPS})`,
  },
  ...MEMORY_OPTIONS,
  json: { long: "json", kind: "switch", summary: "print everything as JSON" },
} as const satisfies OptionTable;

type Values = OptionValues<typeof TABLE>;

export const command: Command<typeof TABLE> = {
  name: "sample",
  usage: "sample FILE",
  summary: "count where random schedules end",
  details: [
    "Shows what is likely. What no run shows may happen all the same: `interleave explore` decides that.",
    "Ctrl+C ends it with the runs made so far, and with status 4, as --memory does.",
  ].join("\n"),
  table: TABLE,
  main,
};

async function main(values: Values, words: readonly string[]): Promise<number> {
  const file = onlyFile("sample", words);
  const text = readText(file);
  const loaded = load(text, { name: file, values, runLine: true });
  const { program, configuration } = ready(file, text, loaded, EXIT.USAGE);
  const from = start(program, { ...configuration.start, model: loaded.values.model ?? "tso" });
  if (from.threadCount > MOST_SAMPLED_THREADS) {
    throw new Failure(EXIT.USAGE, `error: at most ${MOST_SAMPLED_THREADS} threads can be sampled`);
  }
  const seed = values.seed ?? 0;
  const runs = positive("--runs", values.runs) ?? DEFAULT_RUNS;
  const sampling = sampler(from, {
    observe: [
      ...observed(program, from.threadCount, loaded.values),
      ...checksToJudge(program, from.threadCount).flatMap(({ check }) => finalLocations(check)),
    ],
    runs,
    seed,
    chooser: chooserOf(values),
    maxSteps: positive("--max-steps", values.maxSteps) ?? DEFAULT_MAX_STEPS,
    ...memoryLimitsOf(values),
  });
  const interrupt = watchInterrupt();
  const meter = createMeter();
  let report: SampleReport;
  try {
    report = await drive(
      sampling,
      () => interrupt.wished,
      interrupt,
      (done) => meter.show(() => `${from.model.toUpperCase()} at random`, done.runs, done.bytes, "runs"),
    );
  } finally {
    interrupt.dispose();
    meter.clear();
  }
  if (values.json) print(`${JSON.stringify(toJson(program, report, seed), null, 2)}\n`);
  else printReport(program, report, runs);
  if (report.faults.length > 0) return EXIT.FAILED;
  return report.limit === undefined ? EXIT.OK : EXIT.LIMIT;
}

function chooserOf({ pct, drains }: Values): Chooser {
  if (pct !== undefined && drains !== undefined) {
    throw new Failure(EXIT.USAGE, "error: --pct and --drains are two ways to choose; give one of them");
  }
  const depth = positive("--pct", pct);
  if (depth !== undefined) return { kind: "pct", depth };
  if (drains === undefined) return { kind: "uniform" };
  if (drains < 0 || drains > 100) {
    throw new Failure(EXIT.USAGE, `error: --drains is a number of percent, 0 to 100, not ${drains}`);
  }
  return { kind: "drain", probability: drains / 100 };
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toPrecision(3)}%`;

function printReport(
  program: Program,
  { locations, outcomes, faults, unfinished, runs, limit }: SampleReport,
  wanted: number,
): void {
  const names = locations.map((l) => locationText(program, l));
  if (outcomes.length > 0) {
    printTable(
      [...names, "runs", "", "schedule of the first"],
      outcomes.map((o) => [
        ...valueTexts(program, locations, o.values),
        String(o.runs),
        percent(o.runs, runs),
        formatSchedule(o.schedule),
      ]),
      [names.length, names.length + 2],
    );
  }
  for (const { fault, runs: times, schedule } of faults) {
    print(`\nfault in ${times} runs (${percent(times, runs)}), as in: ${formatSchedule(schedule)}\n`);
    complainAboutFault(program, fault);
  }
  if (unfinished > 0)
    print(`\n${unfinished} runs (${percent(unfinished, runs)}) were given up: see --max-steps\n`);
  const made = grouped(runs);
  if (limit === undefined) print(`\n${made} runs\n`);
  else print(`\n${made} of ${grouped(wanted)} runs: stopped ${LIMITS[limit]}\n`);
}

const LIMITS: Readonly<Record<NonNullable<SampleReport["limit"]>, string>> = {
  memory: "at the largest amount of memory (--memory)",
  cancelled: "by Ctrl+C",
};

/**
 * Version 1 of what `--json` prints: `{interleave, program, seed, runs, limit, unfinished, transitions, locations, outcomes, faults}`; `limit` is
 * what ended it before all runs were made, or null; an outcome is `{values, runs, schedule}`, a fault `{kind, thread, message, runs, schedule}`. Members may be added, none is changed or taken away.
 */
function toJson(program: Program, report: SampleReport, seed: number): unknown {
  const { runs, limit, unfinished, transitions } = report;
  const names = report.locations.map((l) => locationText(program, l));
  return {
    interleave: 1,
    program: program.name,
    seed,
    runs,
    limit: limit ?? null,
    unfinished,
    transitions,
    locations: names,
    outcomes: report.outcomes.map((o) => ({
      values: Object.fromEntries(
        o.values.map((v, i) => [names[i]!, Number.isNaN(v) ? null : jsonInteger(program, v)]),
      ),
      runs: o.runs,
      schedule: formatSchedule(o.schedule),
    })),
    faults: report.faults.map(({ fault, runs: times, schedule }) => ({
      kind: fault.kind,
      thread: fault.thread,
      message: explainFault(program, fault),
      runs: times,
      schedule: formatSchedule(schedule),
    })),
  };
}
