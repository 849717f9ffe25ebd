import { distinctLocations, finalLocations, type Location } from "../core/check/check.ts";
import { locationText, valueTexts } from "../core/check/locations.ts";
import { load } from "../core/load/load.ts";
import { jsonInteger } from "../core/machine/describe.ts";
import { explainFault } from "../core/machine/fault.ts";
import type { Program } from "../core/machine/program.ts";
import type { Configuration } from "../core/options/configuration.ts";
import type { OptionTable, OptionValues } from "../core/options/parse.ts";
import { formatRanges, parseIntervals, parseRanges } from "../core/options/ranges.ts";
import { RUN_OPTIONS } from "../core/options/run.ts";
import { groupRuns, type SweptRun, sweep, withInterval, withSeed } from "../core/run/sweep.ts";
import { count } from "../core/text/count.ts";
import type { Command } from "./command.ts";
import { EXIT, Failure } from "./exit.ts";
import { observed } from "./explore.ts";
import { watchInterrupt } from "./interrupt.ts";
import { positive } from "./limits.ts";
import { print } from "./output.ts";
import { checksToJudge, ready } from "./run.ts";
import { onlyFile, readText } from "./source.ts";
import { START_OPTIONS } from "./start-options.ts";
import { printTable } from "./table.ts";

const DEFAULT_INTERVALS = "1-50";
const DEFAULT_MAX_STEPS = 1_000_000;

const TABLE = {
  intervals: {
    short: "i",
    long: "intervals",
    kind: "text",
    value: "RANGES",
    summary: `instructions between interrupts, as in 1,3,10-20 (${DEFAULT_INTERVALS})`,
  },
  seeds: {
    short: "s",
    long: "seeds",
    kind: "text",
    value: "RANGES",
    summary: "seeds of random intervals (-r) or of random drains",
  },
  randints: RUN_OPTIONS.randints,
  ...START_OPTIONS,
  model: RUN_OPTIONS.model,
  drain: RUN_OPTIONS.drain,
  each: { long: "each", kind: "switch", summary: "print every run, with its number of instructions" },
  json: { long: "json", kind: "switch", summary: "print everything as JSON" },
  maxSteps: {
    long: "max-steps",
    kind: "integer",
    value: "N",
    summary: `give a run up after N instructions (${DEFAULT_MAX_STEPS})`,
  },
} as const satisfies OptionTable;

type Values = OptionValues<typeof TABLE>;

export const command: Command<typeof TABLE> = {
  name: "sweep",
  usage: "sweep FILE",
  summary: "run once for every interrupt interval, or for every seed",
  details: [
    "Tells which intervals or seeds end how, and which checks hold in these runs.",
    "What no run shows may happen all the same: `interleave explore` decides that.",
  ].join("\n"),
  table: TABLE,
  main,
};

/** What differs from run to run. */
type Swept = "interval" | "seed";

async function main(values: Values, words: readonly string[]): Promise<number> {
  const file = onlyFile("sweep", words);
  const { intervals: _intervals, seeds: _seeds, ...given } = values;
  const text = readText(file);
  const loaded = load(text, { name: file, values: given, runLine: true });
  const { program, configuration } = ready(file, text, loaded, EXIT.USAGE);
  const { swept, configurations } = configurationsOf(values, configuration);
  const threadCount = configuration.start.threads ?? 0;
  const checks = checksToJudge(program, threadCount);
  const observe = distinctLocations([
    ...observed(program, threadCount, loaded.values),
    ...checks.flatMap(({ check }) => finalLocations(check)),
  ]);
  const sweeping = sweep(program, {
    configurations,
    observe,
    checks,
    maxSteps: positive("--max-steps", values.maxSteps) ?? DEFAULT_MAX_STEPS,
  });
  const runs: SweptRun[] = [];
  const interrupt = watchInterrupt();
  try {
    for (const run of sweeping) {
      runs.push(run);
      await interrupt.breathe();
      if (interrupt.wished) break;
    }
  } finally {
    interrupt.dispose();
  }
  const names = observe.map((l) => locationText(program, l));
  const report = { program, swept, locations: observe, names, runs };
  if (values.json) print(`${JSON.stringify(toJson(report), null, 2)}\n`);
  else {
    if (values.each) printEach(report);
    printSummary(report);
    if (runs.length < configurations.length) {
      print(`\n${runs.length} of ${count(configurations.length, "run")}: stopped by Ctrl+C\n`);
    }
  }
  return exitStatus(runs, configurations.length);
}

function configurationsOf(
  { intervals, seeds }: Values,
  configuration: Configuration,
): { readonly swept: Swept; readonly configurations: readonly Configuration[] } {
  const { interrupts, drain } = configuration;
  if (interrupts.manual) {
    throw new Failure(
      EXIT.USAGE,
      "error: the `#@ run` line gives a schedule by hand (-P), which has no interrupts",
    );
  }
  if (seeds === undefined) {
    return {
      swept: "interval",
      configurations: orFail("--intervals", parseIntervals(intervals ?? DEFAULT_INTERVALS)).map((interval) =>
        withInterval(configuration, interval),
      ),
    };
  }
  const [interval = interrupts.interval, ...others] =
    intervals === undefined ? [] : orFail("--intervals", parseIntervals(intervals));
  if (others.length > 0) {
    throw new Failure(EXIT.USAGE, "error: sweep over several intervals or over several seeds, not over both");
  }
  if (!interrupts.random && drain !== "random") {
    throw new Failure(
      EXIT.USAGE,
      "error: a seed changes nothing without random intervals (-r) or --drain random",
    );
  }
  const start = withInterval(configuration, interval);
  return {
    swept: "seed",
    configurations: orFail("--seeds", parseRanges(seeds)).map((seed) => withSeed(start, seed)),
  };
}

function orFail(flag: string, numbers: ReturnType<typeof parseRanges>): readonly number[] {
  if ("error" in numbers) throw new Failure(EXIT.USAGE, `error: ${flag}: ${numbers.error}`);
  return numbers;
}

interface Report {
  readonly program: Program;
  readonly swept: Swept;
  readonly locations: readonly Location[];
  readonly names: readonly string[];
  readonly runs: readonly SweptRun[];
}

const sweptValue = (swept: Swept, { configuration }: SweptRun): number =>
  swept === "interval" ? configuration.interrupts.interval : configuration.seed;

/** How a run ended, where it did not come to its end. */
const endText = (program: Program, { end }: SweptRun): string => {
  if (!end) return "given up";
  return end.kind === "fault" ? `fault: ${explainFault(program, end.fault)}` : "";
};

const checkTexts = ([run]: readonly SweptRun[]): string[] =>
  run?.judgements.map(({ written }) => written.text) ?? [];

const cellsOf = ({ program, locations }: Report, { values, judgements }: SweptRun): string[] => [
  ...valueTexts(program, locations, values),
  ...judgements.map(({ verdict }) => verdict),
];

function printEach(report: Report): void {
  const { program, swept, names, runs } = report;
  printTable(
    [swept, "instructions", ...names, ...checkTexts(runs), ""],
    runs.map((run) => [
      String(sweptValue(swept, run)),
      String(run.instructions),
      ...cellsOf(report, run),
      endText(program, run),
    ]),
    [2, 2 + names.length],
  );
  print("\n");
}

function printSummary(report: Report): void {
  const { program, swept, names, runs } = report;
  printTable(
    [...names, ...checkTexts(runs), "instructions", `${swept}s`],
    groupRuns(runs).map(({ first, runs: same, instructions: [least, most] }) => {
      const which = formatRanges(same.map((run) => sweptValue(swept, run)));
      const end = endText(program, first);
      return [
        ...cellsOf(report, first),
        least === most ? `${least}` : `${least}-${most}`,
        end === "" ? which : `${which} (${end})`,
      ];
    }),
    [names.length, names.length + checkTexts(runs).length],
  );
}

function exitStatus(runs: readonly SweptRun[], wanted: number): number {
  if (runs.some((run) => run.end?.kind === "fault" || run.judgements.some((j) => j.verdict === "fails"))) {
    return EXIT.FAILED;
  }
  return runs.length < wanted || runs.some((run) => !run.end) ? EXIT.LIMIT : EXIT.OK;
}

/**
 * Version 1 of what `--json` prints: `{interleave, program, swept, locations, runs}`; `swept` is `interval` or `seed`; a run is
 * `{interval, seed, end, instructions, values, checks}`, with `end` one of `finished`, `fault`, `limit`, a `message` where it is a fault, and a check
 * `{check, verdict}`. Members may be added, none is changed or taken away.
 */
function toJson({ program, swept, names, runs }: Report): unknown {
  return {
    interleave: 1,
    program: program.name,
    swept,
    locations: names,
    runs: runs.map(({ configuration, end, instructions, values, judgements }) => ({
      interval: configuration.interrupts.interval,
      seed: configuration.seed,
      end: end?.kind ?? "limit",
      ...(end?.kind === "fault" ? { message: explainFault(program, end.fault) } : {}),
      instructions,
      values: Object.fromEntries(
        values.map((v, i) => [names[i]!, Number.isNaN(v) ? null : jsonInteger(program, v)]),
      ),
      checks: judgements.map(({ written, verdict }) => ({ check: written.text, verdict })),
    })),
  };
}
