import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { Crew, DeadThread, type PartitionThread } from "../core/explore/parallel/crew.ts";
import { type Task, taskExplorer } from "../core/explore/parallel/explorer.ts";
import type { FromPartition } from "../core/explore/parallel/protocol.ts";
import type { ExploreReport, Progress } from "../core/explore/report.ts";
import { EXIT, Failure } from "./exit.ts";
import type { Interrupt } from "./interrupt.ts";

/** Who looks on, and may want it to end. */
export interface Audience {
  /** See `createStop`. */
  readonly stop: () => boolean;
  readonly interrupt: Interrupt;
  readonly show: (progress: Progress) => void;
}

/** Milliseconds between two looks at the wish to end, while there is nothing to do here. */
const PAUSE = 50;

/** Explores on as many worker threads as the task says, or as make sense. */
export async function exploreTask(task: Task, { stop, interrupt, show }: Audience): Promise<ExploreReport> {
  let wake = (): void => {};
  const something = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, PAUSE);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const work = taskExplorer(task, {
    cores: availableParallelism(),
    hire: (seeds) => new Crew(seeds, startPartition, () => wake()),
  });
  try {
    for (;;) {
      const { done, value } = work.next(stop());
      if (done) return value;
      show(value);
      await (value.isWaiting ? something() : interrupt.breathe());
    }
  } catch (error) {
    if (!(error instanceof DeadThread)) throw error;
    throw new Failure(
      EXIT.FAILED,
      `error: the exploration broke off, because one of its workers died: ${error.message}; --workers 1 does without`,
    );
  }
}

function startPartition(): PartitionThread {
  const worker = new Worker(path.join(__dirname, "partition.js"));
  const thread: PartitionThread = {
    send: (message, buffers) => worker.postMessage(message, buffers),
    end: () => void worker.terminate(),
    onMessage: () => {},
    onFailure: () => {},
  };
  worker.on("message", (message: FromPartition) => thread.onMessage(message));
  worker.on("error", ({ message }) => thread.onFailure(message));
  worker.on("exit", (code) => thread.onFailure(`exit ${code}`));
  return thread;
}
