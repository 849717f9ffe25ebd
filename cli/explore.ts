import type { Location, WrittenCheck } from "../core/check/check.ts";
import { tracedLocations } from "../core/check/locations.ts";
import { namedCells } from "../core/check/named-cells.ts";
import type { Exploration } from "../core/explore/comparison.ts";
import { MOST_THREADS } from "../core/explore/parallel/explorer.ts";
import { completeReduction, parseReduction, type Reduction } from "../core/explore/reduction/reduction.ts";
import type { Progress } from "../core/explore/report.ts";
import { estimator } from "../core/explore/search/estimate.ts";
import { shownOf } from "../core/litmus/shown.ts";
import { type ReadChecks, readCheck } from "../core/load/checks.ts";
import { load } from "../core/load/load.ts";
import type { Program } from "../core/machine/program.ts";
import { type Model, type State, start } from "../core/machine/state.ts";
import { step } from "../core/machine/transition.ts";
import type { RunOptionValues } from "../core/options/configuration.ts";
import type { OptionTable, OptionValues } from "../core/options/parse.ts";
import { explainStop } from "../core/run/follow.ts";
import { type ScheduleLog, transitionOf } from "../core/schedule/log.ts";
import { hasErrors } from "../core/text/diagnostic.ts";
import type { Command } from "./command.ts";
import { EXIT, Failure } from "./exit.ts";
import { type EstimatedModel, printEstimates } from "./explore-estimate.ts";
import { reportJson } from "./explore-json.ts";
import { exitStatus, printExploration } from "./explore-report.ts";
import { exploreTask } from "./explore-task.ts";
import { watchInterrupt } from "./interrupt.ts";
import { createStop, drive, LIMIT_OPTIONS, limitsOf, positive } from "./limits.ts";
import { print } from "./output.ts";
import { createMeter } from "./progress.ts";
import { tracedOrFail } from "./rows.ts";
import { checksToJudge, ready } from "./run.ts";
import { readSchedule } from "./schedule.ts";
import { complainAbout, onlyFile, readText } from "./source.ts";
import { START_OPTIONS } from "./start-options.ts";

const DEFAULT_BUFFER = 8;

const TABLE = {
  ...START_OPTIONS,
  model: {
    long: "model",
    kind: "text",
    choices: ["sc", "tso", "both"],
    summary: "memory model (the file's, or both)",
  },
  check: {
    long: "check",
    kind: "list",
    value: "CHECK",
    summary: 'one more check, as in "exists (count = 1)"; may be repeated',
  },
  buffer: {
    long: "buffer",
    kind: "integer",
    value: "N",
    summary: `entries in a store buffer (${DEFAULT_BUFFER})`,
  },
  from: {
    long: "from",
    kind: "text",
    value: "SCHEDULE",
    summary: "explore from the state that this schedule leads to",
  },
  reduction: {
    long: "reduction",
    kind: "text",
    value: "LEVEL",
    summary: "L0 to L4, with +dead and +sym, as in L2+dead (the strongest that decides everything)",
  },
  ...LIMIT_OPTIONS,
  workers: {
    long: "workers",
    kind: "integer",
    value: "N",
    summary: "search on N cores (one until the search turns out to be large)",
  },
  estimate: {
    long: "estimate",
    kind: "switch",
    summary: "only guess how many states there are, from how the first ones grow in number",
  },
  json: { long: "json", kind: "switch", summary: "print everything as JSON" },
} as const satisfies OptionTable;

type Values = OptionValues<typeof TABLE>;

export const command: Command<typeof TABLE> = {
  name: "explore",
  usage: "explore FILE",
  summary: "find everything that all interleavings can do",
  details: [
    "Tells all final outcomes with a shortest schedule each, and judges the `#@` checks of the file.",
    "--estimate tells beforehand how large that will be, from the first 200,000 states: a guess that can be wrong by a factor of",
    "ten; it is exact, and says so, where there are no more states than these.",
    "Ctrl+C ends it with what was found so far, and with status 4.",
    "Searches that turn out to be large are done on all cores, where there are more than two;",
    "--workers N says on how many from the beginning. The answer is the same for any number; which of several shortest schedules to an",
    "outcome is shown can differ between one and many. The states that one worker keeps take 4 gigabytes at most, whatever --memory says.",
    "Faults make the status 1, like checks that fail; deadlocks and livelocks are shown and leave it as it is.",
  ].join("\n"),
  table: TABLE,
  main,
};

async function main(values: Values, words: readonly string[]): Promise<number> {
  const file = onlyFile("explore", words);
  const began = performance.now();
  const text = readText(file);
  const { model, ...rest } = values;
  const given: RunOptionValues = model === undefined || model === "both" ? rest : { ...rest, model };
  const loaded = load(text, { name: file, values: given, runLine: true });
  const { program, configuration } = ready(file, text, loaded, EXIT.USAGE);
  const models: readonly Model[] =
    model === "both" || loaded.values.model === undefined ? ["sc", "tso"] : [loaded.values.model];
  const threadCount = configuration.start.threads ?? 0;
  const checks = readAll(program, threadCount, values.check ?? []);
  const options = {
    observe: observed(program, threadCount, loaded.values),
    checks: checks.map((c) => c.check),
    reduction: reductionOf(program, values.reduction),
    ...limitsOf(values),
  };
  const bufferCapacity = positive("--buffer", values.buffer) ?? DEFAULT_BUFFER;
  const workers = positive("--workers", values.workers);
  if (workers !== undefined && workers > MOST_THREADS) {
    throw new Failure(EXIT.USAGE, `error: --workers must be at most ${MOST_THREADS}, not ${workers}`);
  }
  const way = values.from === undefined ? undefined : readSchedule("--from", values.from);
  const interrupt = watchInterrupt();
  const meter = createMeter();
  const stop = createStop(interrupt, values.seconds);
  const explorations: Exploration[] = [];
  const estimates: EstimatedModel[] = [];
  try {
    for (const each of models) {
      const from = start(program, { ...configuration.start, model: each, bufferCapacity });
      if (way) goTo(from, way);
      const show = ({ depth, states, bytes }: Progress): void =>
        meter.show(() => `${each.toUpperCase()}: depth ${depth}`, states, bytes);
      if (values.estimate) {
        const estimate = await drive(estimator(from, options), stop, interrupt, show);
        estimates.push({ model: each, estimate });
        continue;
      }
      const moreChecks = values.check ?? [];
      const task = {
        start: from,
        options,
        moreChecks,
        ...(workers === undefined ? {} : { threads: workers }),
      };
      const report = await exploreTask(task, { stop, interrupt, show });
      explorations.push({ start: from, report });
    }
  } finally {
    interrupt.dispose();
    meter.clear();
  }
  if (values.estimate) return printEstimates(estimates, values.json ?? false);
  const result = { program, checks, explorations, milliseconds: performance.now() - began };
  if (values.json) print(`${JSON.stringify(reportJson(result), null, 2)}\n`);
  else printExploration(result);
  return exitStatus(result);
}

function reductionOf(program: Program, text: string | undefined): Reduction {
  if (text === undefined) return completeReduction(program);
  const reduction = parseReduction(text);
  if (reduction) return reduction;
  throw new Failure(
    EXIT.USAGE,
    `error: --reduction: \`${text}\` is not a level; write L0 to L4, and +dead or +sym behind it`,
  );
}

/** The checks of the file, then those of the command line. */
export function readAll(
  program: Program,
  threadCount: number,
  given: readonly string[],
): readonly WrittenCheck[] {
  const own = checksToJudge(program, threadCount);
  const others = given.map((text): ReadChecks => {
    const read = readCheck(program, threadCount, text);
    complainAbout("--check", text, read.diagnostics);
    return read;
  });
  if (others.some((r) => hasErrors(r.diagnostics))) throw new Failure(EXIT.USAGE, "");
  return [...own, ...others.flatMap((r) => r.checks)];
}

/** The cells that the program names, what a litmus test's `locations` name, and what -M and -R name. */
export const observed = (program: Program, threadCount: number, values: RunOptionValues): Location[] => [
  ...namedCells(program),
  ...(program.dialect === "asm" ? [] : shownOf(program).columns.map((c) => c.observed)),
  ...tracedLocations(tracedOrFail(program, values, EXIT.USAGE), threadCount),
];

/** Brings a state to where a schedule leads, or fails with the transition that cannot be taken. */
function goTo(state: State, log: ScheduleLog): void {
  for (let i = 0; i < log.length; i++) {
    const refused = step(state, transitionOf(log.words[i]!));
    if (refused) throw new Failure(EXIT.FAILED, `error: --from: ${explainStop(log, i, state, refused)}`);
  }
}
