import { compareValues } from "../core/explore/search/outcomes.ts";
import type { Program } from "../core/machine/program.ts";
import { fromProcessor } from "./numbers.ts";

/** Why a test came to its end: all runs done, or stopped before. `room`: too many different outcomes; `stuck`: too many endless runs. */
export type EndReason = "done" | "cancelled" | "time" | "room" | "stuck";

const END_REASONS: readonly EndReason[] = ["done", "cancelled", "time", "room", "stuck"];

/** How often threads were at an operation: where a fault ended the run, or where the thread was stuck. */
export interface PlaceCount {
  readonly thread: number;
  readonly operation: number;
  readonly count: number;
}

/** What was seen until some moment. */
export interface Histogram {
  /** By the observed locations, in ascending order of the values. While the test runs, it may be empty because there are too many. */
  readonly outcomes: readonly { readonly values: readonly number[]; readonly count: number }[];
  /** Runs that ended with a fault, and where. */
  readonly faulty: number;
  readonly faults: readonly PlaceCount[];
  /** Runs that did not end, and where their threads were: behind which label. */
  readonly stuck: number;
  readonly places: readonly PlaceCount[];
  /** All runs. */
  readonly runs: number;
  readonly seconds: number;
  /** Set in the last histogram of a test. */
  readonly end?: EndReason;
}

/** Puts the output of a test's process (`c/main.c` describes it) together, whatever pieces it comes in. */
export interface HistogramReader {
  /** Takes a piece and returns the histograms that are now complete. Throws an `Error` for what is not in that language. */
  read(piece: string): Histogram[];
}

type Draft = { -readonly [K in "faulty" | "stuck"]: Histogram[K] } & {
  outcomes: { values: readonly number[]; count: number }[];
  faults: PlaceCount[];
  places: PlaceCount[];
};

const emptyDraft = (): Draft => ({ outcomes: [], faulty: 0, faults: [], stuck: 0, places: [] });

/** @param locations how many values an outcome has */
export function createHistogramReader(program: Program, locations: number): HistogramReader {
  let draft = emptyDraft();
  let unfinished = "";

  function readLine(line: string): Histogram | undefined {
    const [keyword, ...words] = line.split(" ");
    const numbers = words.map(Number);
    const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = numbers;
    const place = { count: first, thread: second, operation: third };
    const takes = (count: number): boolean => words.length === count && !numbers.some(Number.isNaN);
    if (keyword === "outcome" && takes(locations + 1)) {
      const values = words.slice(1).map((word) => fromProcessor(program, BigInt(word)));
      draft.outcomes.push({ values, count: first });
    } else if (keyword === "faulty" && takes(1)) draft.faulty = first;
    else if (keyword === "stuck" && takes(1)) draft.stuck = first;
    else if (keyword === "fault" && takes(3)) draft.faults.push(place);
    else if (keyword === "place" && takes(3)) draft.places.push(place);
    else if (keyword === "so-far" && takes(2)) return complete(first, second);
    else if (keyword === "end" && words.length === 3) {
      const end = END_REASONS.find((reason) => reason === words[2]);
      if (end && !Number.isNaN(first + second)) return { ...complete(first, second), end };
      throw new Error(`unexpected output of the test: ${line}`);
    } else throw new Error(`unexpected output of the test: ${line}`);
    return undefined;
  }

  function complete(runs: number, seconds: number): Histogram {
    const outcomes = draft.outcomes.toSorted((a, b) => compareValues(a.values, b.values));
    const histogram = { ...draft, outcomes, runs, seconds };
    draft = emptyDraft();
    return histogram;
  }

  return {
    read(piece) {
      const lines = (unfinished + piece).split("\n");
      unfinished = lines.pop()!;
      return lines.flatMap((line) => readLine(line) ?? []);
    },
  };
}
