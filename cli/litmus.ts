import path from "node:path";
import type { Limit } from "../core/explore/search/search.ts";
import { litmusReport, summarize } from "../core/herd/report.ts";
import { type LitmusLimits, runningLitmus } from "../core/herd/run.ts";
import { litmusHash } from "../core/litmus/hash.ts";
import { lowerLitmus } from "../core/litmus/lower.ts";
import { parseLitmus } from "../core/litmus/parse.ts";
import type { Model } from "../core/machine/state.ts";
import type { OptionTable, OptionValues } from "../core/options/parse.ts";
import type { Command } from "./command.ts";
import { EXIT, Failure } from "./exit.ts";
import { type Interrupt, watchInterrupt } from "./interrupt.ts";
import { createStop, drive, LIMIT_OPTIONS, limitsOf, positive } from "./limits.ts";
import { litmusJson } from "./litmus-json.ts";
import { expandList } from "./litmus-list.ts";
import { complain, flush, print } from "./output.ts";
import { createMeter, type Meter } from "./progress.ts";
import { complainAbout, complainAboutFault, readText } from "./source.ts";

const TABLE = {
  model: { long: "model", kind: "text", choices: ["sc", "tso"], summary: "memory model (tso)" },
  ...LIMIT_OPTIONS,
  json: { long: "json", kind: "switch", summary: "print each test's result as one line of JSON" },
} as const satisfies OptionTable;

export const command: Command<typeof TABLE> = {
  name: "litmus",
  usage: "litmus FILE…",
  summary: "report what X86 and X86_64 litmus tests allow, as herd7 does",
  details: [
    "A FILE whose name begins with @ is a list of files, one a line, relative to it.",
    "The limits are those of one test; one that meets them is not reported, and the status is 4.",
    "A test with an error is reported on stderr, and the others go on.",
  ].join("\n"),
  table: TABLE,
  main,
};

/** What all tests of a call share. */
interface Session {
  readonly model: Model;
  readonly json: boolean;
  readonly limits: LitmusLimits;
  /** Seconds for one test. */
  readonly seconds: number | undefined;
  readonly interrupt: Interrupt;
  readonly meter: Meter;
  /** By name of a test: its hash and its file. */
  readonly seen: Map<string, { readonly hash: string; readonly file: string }>;
}

async function main(values: OptionValues<typeof TABLE>, words: readonly string[]): Promise<number> {
  if (words.length === 0) throw new Failure(EXIT.USAGE, "error: no test named: interleave litmus FILE…");
  const session: Session = {
    model: values.model ?? "tso",
    json: values.json ?? false,
    limits: limitsOf(values),
    seconds: positive("--seconds", values.seconds),
    interrupt: watchInterrupt(),
    meter: createMeter(),
    seen: new Map(),
  };
  let status: number = EXIT.OK;
  try {
    for (const entry of words.flatMap(expandList)) {
      status = worse(status, "error" in entry ? fail(entry.error) : await reportTest(entry.file, session));
      if (session.interrupt.wished) return worse(status, EXIT.LIMIT);
    }
    return status;
  } finally {
    session.interrupt.dispose();
    session.meter.clear();
  }
}

/** What is certain and bad counts more than what is not certain. */
const worse = (a: number, b: number): number =>
  a === EXIT.FAILED || b === EXIT.FAILED ? EXIT.FAILED : Math.max(a, b);

function fail(message: string): number {
  complain(message);
  return EXIT.FAILED;
}

/** Runs the test of a file and prints its report. @returns the exit status that it asks for */
async function reportTest(file: string, session: Session): Promise<number> {
  const began = performance.now();
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    if (error instanceof Failure) return fail(error.message);
    throw error;
  }
  const test = lowerLitmus(parseLitmus(text), path.basename(file, ".litmus"));
  complainAbout(file, text, test.diagnostics);
  if (!test.program) return EXIT.FAILED;
  const { program } = test;
  const hash = litmusHash(test.tree);
  const earlier = session.seen.get(program.name);
  if (earlier && earlier.hash !== hash) {
    return fail(
      `${file}:1:1: error: another test with the name ${program.name} was reported before, from ${earlier.file}; herd's tools tell tests by their names`,
    );
  }
  session.seen.set(program.name, { hash, file });
  const { model, limits, seconds: most, interrupt, meter } = session;
  const work = runningLitmus(test, program, model, limits);
  const result = await drive(work, createStop(interrupt, most), interrupt, ({ states, bytes }) =>
    meter.show(() => model.toUpperCase(), states, bytes),
  );
  meter.clear();
  for (const { fault } of result.faults) complainAboutFault({ ...program, name: file }, fault);
  if (result.boundHit && result.limit === undefined) {
    complain(`${file}: warning: a store buffer was full; larger ones might allow more`);
  }
  if (result.limit !== undefined) {
    return worse(result.faults.length > 0 ? EXIT.FAILED : EXIT.LIMIT, stopped(file, result.limit));
  }
  const seconds = (performance.now() - began) / 1000;
  print(
    session.json ? `${JSON.stringify(litmusJson(result, file, seconds))}\n` : litmusReport(result, seconds),
  );
  flush();
  return result.faults.length > 0 || !summarize(result).ok ? EXIT.FAILED : EXIT.OK;
}

/** Nothing is reported of a test that was not seen to its end: what it allows would look like all that it allows. */
function stopped(file: string, limit: Limit): number {
  const why = {
    states: "there are too many states (--max-states)",
    memory: "it needs too much memory (--memory)",
    cancelled: "it was stopped (--seconds, Ctrl+C)",
  }[limit];
  complain(`${file}: error: not decided: ${why}`);
  return EXIT.LIMIT;
}
