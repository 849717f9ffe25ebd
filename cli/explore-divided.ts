import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { type ExploreOptions, type ExploreReport, explorer, type Progress } from "../core/explore/explore.ts";
import { coordinator, type Event, type Step } from "../core/explore/parallel/coordinator.ts";
import { buffersOf, type FromPartition } from "../core/explore/parallel/protocol.ts";
import type { Seed } from "../core/explore/parallel/seed.ts";
import type { State } from "../core/machine/state.ts";
import { EXIT, Failure } from "./exit.ts";
import type { Interrupt } from "./interrupt.ts";

/** What there is to explore, and who looks on. */
export interface Task {
  readonly start: State;
  readonly options: ExploreOptions;
  /** The checks of `options` that do not stand in the program, as they were written. */
  readonly moreChecks: readonly string[];
  /** See `createStop`. */
  readonly stop: () => boolean;
  readonly interrupt: Interrupt;
  readonly show: (progress: Progress) => void;
}

/** With more, the partitions are busier with each other than with the search. */
export const MOST_WORKERS = 64;

/**
 * All cores, since the coordinator is idle nine tenths of the time; but one search without all the messages is as fast as two workers.
 */
function usualWorkers(): number {
  const cores = availableParallelism();
  return cores > 2 ? Math.min(cores, MOST_WORKERS) : 1;
}

/**
 * Explores on so many workers: if their number is left out, in this thread until it is clear that the exploration is large, and then from
 * the beginning on workers, since those first states are soon seen again.
 */
export async function exploreOn(workers: number | undefined, task: Task): Promise<ExploreReport> {
  if (workers !== undefined && workers > 1) return exploreDivided(workers, task);
  const more = workers ?? usualWorkers();
  return (await exploreHere(task, more > 1)) ?? exploreDivided(more, task);
}

/** A search that has so many states, and so many at each distance that there is enough to do between two meetings of the partitions. */
const isLarge = ({ states, depth }: Progress): boolean => states > 300_000 && states > 2000 * depth;

/** @returns undefined as soon as the search turns out to be large, if it may be given up then */
async function exploreHere(
  { start, options, stop, interrupt, show }: Task,
  mayGiveUp: boolean,
): Promise<ExploreReport | undefined> {
  const work = explorer(start, options);
  let stopped = false;
  for (let before = 0; ; ) {
    const wish = stop();
    stopped ||= wish;
    const { done, value } = work.next(wish);
    if (done) return value;
    const searching = value.states > before;
    if (mayGiveUp && !stopped && searching && isLarge(value)) return undefined;
    before = value.states;
    show(value);
    await interrupt.breathe();
  }
}

/** Milliseconds between two looks at the wish to end. */
const PAUSE = 50;

async function exploreDivided(parts: number, task: Task): Promise<ExploreReport> {
  const { checks: _, ...options } = task.options;
  const workers = Array.from({ length: parts }, (_, index) => {
    const seed: Seed = { start: task.start, options, moreChecks: task.moreChecks, place: { index, parts } };
    return new Worker(path.join(__dirname, "partition.js"), { workerData: seed });
  });
  try {
    return await coordinate(workers, task);
  } finally {
    for (const worker of workers) worker.removeAllListeners("exit");
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Brings the coordinator's messages to the workers and theirs back, until it has its report. Rejects if a worker dies. */
function coordinate(
  workers: readonly Worker[],
  { start, options, stop, show }: Task,
): Promise<ExploreReport> {
  const work = coordinator(start, options, workers.length);
  let timer: NodeJS.Timeout | undefined;
  const report = new Promise<ExploreReport>((resolve, reject) => {
    const take = (event?: Event): void => {
      try {
        const { done, value } = event ? work.next(event) : work.next();
        if (done) resolve(value);
        else deliver(value);
      } catch (error) {
        reject(error);
      }
    };
    const deliver = ({ messages, busy, progress }: Step): void => {
      for (const { to, message } of messages) workers[to]!.postMessage(message, buffersOf(message));
      show(progress);
      if (busy) setImmediate(take, { kind: "go" });
    };
    timer = setInterval(() => stop() && take({ kind: "stop" }), PAUSE);
    const die = (why: string): void =>
      reject(
        new Failure(
          EXIT.FAILED,
          `error: the exploration broke off, because one of its workers died: ${why}; --workers 1 does without`,
        ),
      );
    for (const [from, worker] of workers.entries()) {
      worker.on("message", (message: FromPartition) => take({ kind: "message", from, message }));
      worker.on("error", ({ message }) => die(message));
      worker.on("exit", (code) => die(`exit ${code}`));
    }
    take();
  });
  return report.finally(() => clearInterval(timer));
}
