import { totalmem } from "node:os";
import { getHeapStatistics } from "node:v8";
import type { OptionTable, OptionValues } from "../core/options/parse.ts";
import { EXIT, Failure } from "./exit.ts";
import type { Interrupt } from "./interrupt.ts";

const MB = 2 ** 20;
const DEFAULT_STATES = 5_000_000;
/** Megabytes; a small machine keeps half of its memory. */
const DEFAULT_MEMORY = Math.min(2048, Math.floor(totalmem() / MB / 2));

/** The flag that bounds the tables alone. */
export const MEMORY_OPTIONS = {
  memory: {
    long: "memory",
    kind: "integer",
    value: "MB",
    summary: `stop when the tables need more (${DEFAULT_MEMORY})`,
  },
} as const satisfies OptionTable;

/** The flags that bound an exploration. */
export const LIMIT_OPTIONS = {
  maxStates: {
    long: "max-states",
    kind: "integer",
    value: "N",
    summary: `stop after N states, or N instructions carried out to find them (${DEFAULT_STATES})`,
  },
  seconds: { long: "seconds", kind: "integer", value: "S", summary: "stop after S seconds" },
  ...MEMORY_OPTIONS,
} as const satisfies OptionTable;

/** The JavaScript heap has a limit of its own, whatever memory there is; what is left over is for garbage and everything else. */
const PART_OF_HEAP = 0.6;

/** What the flags say, as explorations take it. */
export const limitsOf = ({ maxStates, ...rest }: OptionValues<typeof LIMIT_OPTIONS>) => ({
  maxStates: positive("--max-states", maxStates) ?? DEFAULT_STATES,
  ...memoryLimitsOf(rest),
});

/** What `--memory` says, as explorations and samplings take it. */
export function memoryLimitsOf({ memory }: OptionValues<typeof MEMORY_OPTIONS>): {
  readonly maxBytes: number;
  readonly maxHeapBytes: number;
} {
  return {
    maxBytes: (positive("--memory", memory) ?? DEFAULT_MEMORY) * MB,
    maxHeapBytes: PART_OF_HEAP * getHeapStatistics().heap_size_limit,
  };
}

/** The value of a flag that must be at least 1. */
export function positive(flag: string, value: number | undefined): number | undefined {
  if (value !== undefined && value < 1) {
    throw new Failure(EXIT.USAGE, `error: ${flag} must be at least 1, not ${value}`);
  }
  return value;
}

/** Milliseconds that schedules may still be worked out after the wish to end. */
const PATIENCE = 600;

/**
 * What to send an exploration on each turn: the wish to end once when it comes up, by Ctrl+C or because the time of `--seconds` is over, and
 * again without end when patience is over, too.
 */
export function createStop(interrupt: Interrupt, seconds: number | undefined): () => boolean {
  const deadline = performance.now() + 1000 * (positive("--seconds", seconds) ?? Number.POSITIVE_INFINITY);
  let wishedAt: number | undefined;
  return () => {
    const now = performance.now();
    if (!interrupt.wished && now < deadline) return false;
    const first = wishedAt === undefined;
    wishedAt ??= now;
    return first || now > wishedAt + PATIENCE;
  };
}

/** Takes the turns of long work to its end; between two of them signals are seen to. */
export async function drive<P, R>(
  work: Generator<P, R, boolean | undefined>,
  stop: () => boolean,
  interrupt: Interrupt,
  show: (progress: P) => void,
): Promise<R> {
  for (;;) {
    const { done, value } = work.next(stop());
    if (done) return value;
    show(value);
    await interrupt.breathe();
  }
}
