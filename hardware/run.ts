import { compile } from "./compile.ts";
import type { Backend } from "./emit.ts";
import { execute, type HardwareHooks } from "./execute.ts";
import { HardwareFailure } from "./failure.ts";
import { requireMachine, usableCpus } from "./machine.ts";
import type { EndReason, Histogram } from "./protocol.ts";
import type { HardwareTest } from "./test.ts";
import { openWorkshop } from "./workshop.ts";

/** How the threads of a run start together: at agreed times of the time stamp counter, or when they have all been seen. */
export type Barrier = "tsc" | "flag";

export const BARRIERS: readonly Barrier[] = ["tsc", "flag"];

export interface HardwareOptions {
  readonly backend: Backend;
  /** How many runs to make. */
  readonly runs: number;
  readonly barrier: Barrier;
  /** Runs that are prepared and counted together; as many as fit into the caches well if left out. */
  readonly batch?: number;
  /** CPUs to use, one for each thread as far as they go; those that this process may use if left out. */
  readonly cpus?: readonly number[];
  /** The test is stopped after this time. */
  readonly seconds: number;
}

export interface HardwareResult extends Histogram {
  readonly end: EndReason;
  readonly backend: Backend;
  readonly barrier: Barrier;
  /** The CPUs that threads ran on. Where there are fewer than threads, these took turns and hardly ever ran at the same time. */
  readonly cpus: readonly number[];
}

const DEFAULT_BATCH = 1000;
/** Bytes of the cells of a batch, unless the caller wants more. */
const BATCH_BYTES = 16 << 20;
/** Largest batch: its results must fit into the address space that is kept for them. */
const MOST_BATCH_BYTES = 1 << 30;

/**
 * Runs a test on this machine's processor. The generated C file and the program are in a temporary folder, which is removed as soon as the
 * program runs. The process is bounded in time and leads a group, which is killed with it.
 * @throws HardwareFailure where something is missing or goes wrong
 */
export async function runOnHardware(
  test: HardwareTest,
  options: HardwareOptions,
  { onProgress, signal }: HardwareHooks = {},
): Promise<HardwareResult> {
  const compiler = requireMachine(options.backend);
  const cpus = chooseCpus(test, options);
  const batch = chooseBatch(test, options);
  const workshop = openWorkshop();
  try {
    const program = await compile(compiler, test, options.backend, workshop, signal);
    const words = [options.runs, batch, options.barrier, options.seconds, cpus.join(",")].map(String);
    const histogram = await execute(program, words, test, workshop.remove, { onProgress, signal });
    return { ...histogram, backend: options.backend, barrier: options.barrier, cpus };
  } catch (error) {
    if (!signal?.aborted) throw error;
    return { ...NOTHING_SEEN, backend: options.backend, barrier: options.barrier, cpus };
  } finally {
    workshop.remove();
  }
}

/** What is seen of a test that is cancelled before its program runs. */
const NOTHING_SEEN = {
  ...{ outcomes: [], faulty: 0, faults: [], stuck: 0, places: [], runs: 0, seconds: 0 },
  end: "cancelled",
} as const;

function chooseCpus({ start }: HardwareTest, { cpus }: HardwareOptions): number[] {
  const usable = usableCpus();
  const missing = cpus?.find((cpu) => !usable.includes(cpu));
  if (missing !== undefined) {
    throw new HardwareFailure(`CPU ${missing} cannot be used here; there are ${usable.join(", ")}`);
  }
  return (cpus ?? usable).slice(0, start.threadCount);
}

function chooseBatch({ layout }: HardwareTest, { batch, runs }: HardwareOptions): number {
  const most = Math.floor(MOST_BATCH_BYTES / layout.bytes);
  if (batch !== undefined && batch > most) {
    throw new HardwareFailure(`a batch can have at most ${most} runs of this test, not ${batch}`);
  }
  return Math.min(batch ?? Math.min(DEFAULT_BATCH, Math.ceil(BATCH_BYTES / layout.bytes)), runs);
}
