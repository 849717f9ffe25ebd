import { distinctLocations, isAboutEveryState, type Location } from "../../../core/check/check.ts";
import { valueText } from "../../../core/check/locations.ts";
import type { NoAnswer } from "../../../core/explore/question.ts";
import { shownAs } from "../../../core/explore/shown-outcomes.ts";
import { type Subject, subjectOf } from "../../../core/explore/subject.ts";
import type { State } from "../../../core/machine/state.ts";
import { count } from "../../../core/text/count.ts";
import { LineMap } from "../../../core/text/range.ts";
import {
  type EndReason,
  FAULTS,
  HardwareFailure,
  type HardwareResult,
  type Histogram,
  hardwareTest,
  placeText,
  requireMachine,
  runOnHardware,
} from "../../../hardware/index.ts";
import type { Processor, RunHooks, Seen, SeenOutcome, WantedRuns } from "./processor.ts";

/** A test is stopped after this time, in seconds. */
const SECONDS = 30;

/** The processor of the desktop: compiles a text and runs it. Must not be used in a workspace that is not trusted. */
export const nativeProcessor: Processor = {
  hindrance(backend) {
    const failure = failureOf(() => requireMachine(backend));
    return failure && `Running on this CPU: ${failure}`;
  },
  run: async (wanted, hooks = {}) => {
    try {
      return await run(wanted, hooks);
    } catch (error) {
      if (error instanceof HardwareFailure) return { error: error.message };
      throw error;
    }
  },
};

function failureOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof HardwareFailure) return error.message;
    throw error;
  }
}

async function run(
  { text, runs, backend, ...options }: WantedRuns,
  { onProgress, signal }: RunHooks,
): Promise<Seen | NoAnswer> {
  const subject = subjectOf(text, options);
  if ("error" in subject) return subject;
  const { columns, filter } = subject;
  const locations = distinctLocations([...columns.map((c) => c.observed), ...(filter?.locations ?? [])]);
  const test = hardwareTest(subject.start("sc", Number.POSITIVE_INFINITY), locations);
  if ("refused" in test) {
    const lines = new LineMap(text);
    const refused = test.refused.map((d) => `line ${lines.position(d.range.start).line + 1}: ${d.message}`);
    return { error: `this cannot be run on the processor: ${refused.join("; ")}` };
  }
  const result = await runOnHardware(
    test,
    { backend, barrier: "tsc", runs, seconds: SECONDS },
    { signal, onProgress: (histogram) => onProgress?.(describe(histogram, locations, subject)) },
  );
  const over = { backend, cpus: result.cpus, notes: notesOf(result, test.start) };
  return { ...describe(result, locations, subject), over };
}

function describe(histogram: Histogram, locations: readonly Location[], subject: Subject): Seen {
  const { runs, seconds, faulty, stuck } = histogram;
  const outcomes = new Map<string, SeenOutcome>();
  for (const { values, count } of histogram.outcomes) {
    const shown = shownAs(values, locations, subject);
    if (!shown) continue;
    const texts = shown.values.map((v) => valueText(subject.program, v));
    const holds = subject.checks.map(({ check }) =>
      isAboutEveryState(check) || check.kind === "mutex" ? null : check.proposition.holds(shown.lookup),
    );
    const known = outcomes.get(texts.join())?.count ?? 0;
    outcomes.set(texts.join(), { values: texts, holds, count: count + known });
  }
  return { outcomes: [...outcomes.values()], runs, seconds, faulty, stuck };
}

const STOPPED: Readonly<Record<Exclude<EndReason, "done">, string>> = {
  cancelled: "stopped",
  time: `stopped after ${SECONDS} seconds`,
  room: "stopped, because there are too many different outcomes",
  stuck: "stopped, because runs do not end",
};

function notesOf(
  { end, cpus, faulty, faults }: HardwareResult,
  { program, threadCount: threads }: State,
): string[] {
  const places = faults.map((f) => `${placeText(program, f)} (${count(f.count, "run")})`);
  return [
    ...(faulty > 0 ? [`A fault is ${FAULTS}. Here: ${places.join("; ")}.`] : []),
    ...(end === "done" ? [] : [`It was ${STOPPED[end]}: what was not seen may happen all the same.`]),
    ...(cpus.length < threads
      ? [
          `${threads} threads took turns on ${count(cpus.length, "CPU")}: they hardly ever ran at the same time, so that rare outcomes stay unseen.`,
        ]
      : []),
  ];
}
