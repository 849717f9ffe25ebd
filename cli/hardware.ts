import type { WrittenCheck } from "../core/check/check.ts";
import { distinctLocations, finalLocations } from "../core/check/check.ts";
import { load } from "../core/load/load.ts";
import type { Program } from "../core/machine/program.ts";
import { start } from "../core/machine/state.ts";
import type { OptionTable, OptionValues } from "../core/options/parse.ts";
import { grouped } from "../core/text/count.ts";
import {
  BACKENDS,
  BARRIERS,
  emitC,
  HardwareFailure,
  type HardwareOptions,
  type HardwareResult,
  type HardwareTest,
  type Histogram,
  hardwareTest,
  parseCpuList,
  runOnHardware,
} from "../hardware/index.ts";
import type { Command } from "./command.ts";
import { EXIT, Failure } from "./exit.ts";
import { observed, readAll } from "./explore.ts";
import { toJson } from "./hardware-json.ts";
import { exploreModels } from "./hardware-models.ts";
import { printHardware } from "./hardware-report.ts";
import { exitStatus } from "./hardware-result.ts";
import { positive } from "./limits.ts";
import { flush, print } from "./output.ts";
import { ready } from "./run.ts";
import { complainAbout, onlyFile, readText } from "./source.ts";
import { START_OPTIONS } from "./start-options.ts";

const DEFAULT_RUNS = 1_000_000;
const DEFAULT_SECONDS = 60;

const TABLE = {
  ...START_OPTIONS,
  check: {
    long: "check",
    kind: "list",
    value: "CHECK",
    summary: 'one more check, as in "exists (count = 1)"; may be repeated',
  },
  backend: {
    long: "backend",
    kind: "text",
    choices: BACKENDS,
    summary: "run on threads, or on virtual processors (threads)",
  },
  runs: { long: "runs", kind: "integer", value: "N", summary: `number of runs (${DEFAULT_RUNS})` },
  batch: { long: "batch", kind: "integer", value: "N", summary: "runs that are prepared together (1000)" },
  barrier: {
    long: "barrier",
    kind: "text",
    choices: BARRIERS,
    summary: "start at agreed times, or when all have met (tsc)",
  },
  affinity: {
    long: "affinity",
    kind: "text",
    value: "CPUS",
    summary: "CPUs to run on, as in 0,2 or 0-3 (those there are)",
  },
  seconds: {
    long: "seconds",
    kind: "integer",
    value: "S",
    summary: `stop after S seconds (${DEFAULT_SECONDS})`,
  },
  emitC: { long: "emit-c", kind: "switch", summary: "print the C program instead of running it" },
  json: { long: "json", kind: "switch", summary: "print everything as JSON" },
} as const satisfies OptionTable;

type Values = OptionValues<typeof TABLE>;

export const command: Command<typeof TABLE> = {
  name: "hardware",
  usage: "hardware FILE",
  summary: "run a test on the real processor",
  details: [
    "Runs the program many times and sets what was seen beside what the models SC and TSO allow.",
    "An outcome that was seen although TSO forbids it ends with status 1. Linux on x86-64, with a C compiler.",
  ].join("\n"),
  table: TABLE,
  main,
};

async function main(values: Values, words: readonly string[]): Promise<number> {
  const file = onlyFile("hardware", words);
  const options = optionsOf(values);
  const text = readText(file);
  const loaded = load(text, { name: file, values, runLine: true });
  const { program, configuration } = ready(file, text, loaded, EXIT.USAGE);
  const first = start(program, { ...configuration.start, model: "sc" });
  const checks = readAll(program, first.threadCount, values.check ?? []);
  const own = observed(program, first.threadCount, loaded.values);
  const locations = distinctLocations([...own, ...checks.flatMap((c) => finalLocations(c.check))]);
  const test = hardwareTest(first, locations);
  if ("refused" in test) {
    complainAbout(file, text, test.refused);
    throw new Failure(EXIT.FAILED, "");
  }
  if (values.emitC) {
    print(emitC(test, options.backend));
    return EXIT.OK;
  }
  return runAndReport(program, test, checks, options, values.json ?? false);
}

function optionsOf(values: Values): HardwareOptions {
  const cpus = values.affinity === undefined ? undefined : parseCpuList(values.affinity);
  if (values.affinity !== undefined && cpus === undefined) {
    throw new Failure(
      EXIT.USAGE,
      `error: --affinity is a list of CPUs, as in 0,2 or 0-3, not \`${values.affinity}\``,
    );
  }
  const batch = positive("--batch", values.batch);
  return {
    backend: values.backend ?? "threads",
    runs: positive("--runs", values.runs) ?? DEFAULT_RUNS,
    barrier: values.barrier ?? "tsc",
    seconds: positive("--seconds", values.seconds) ?? DEFAULT_SECONDS,
    ...(batch === undefined ? {} : { batch }),
    ...(cpus ? { cpus } : {}),
  };
}

async function runAndReport(
  program: Program,
  test: HardwareTest,
  checks: readonly WrittenCheck[],
  options: HardwareOptions,
  json: boolean,
): Promise<number> {
  const cancel = new AbortController();
  const interrupt = (): void => cancel.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  try {
    const reports = await exploreModels(test, checks, cancel.signal);
    const seen = await run(test, options, cancel.signal);
    const result = { program, test, checks, reports, seen };
    if (json) print(`${JSON.stringify(toJson(result), null, 2)}\n`);
    else printHardware(result);
    flush();
    return exitStatus(result);
  } finally {
    process.removeListener("SIGINT", interrupt);
    process.removeListener("SIGTERM", interrupt);
  }
}

async function run(
  test: HardwareTest,
  options: HardwareOptions,
  signal: AbortSignal,
): Promise<HardwareResult> {
  try {
    return await runOnHardware(test, options, { signal, onProgress });
  } catch (error) {
    if (error instanceof HardwareFailure) throw new Failure(EXIT.FAILED, `error: ${error.message}`);
    throw error;
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  }
}

function onProgress({ runs, seconds, outcomes }: Histogram): void {
  if (!process.stderr.isTTY) return;
  const rate = grouped(Math.round(runs / seconds));
  process.stderr.write(`\r\x1b[K${grouped(runs)} runs (${rate}/s), ${outcomes.length} outcomes; Ctrl+C ends`);
}
