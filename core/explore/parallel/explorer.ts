import type { State } from "../../machine/state.ts";
import { explorer } from "../explore.ts";
import type { ExploreOptions } from "../options.ts";
import type { ExploreReport, Progress } from "../report.ts";
import { coordinator } from "./coordinator.ts";
import { type Crew, DeadThread } from "./crew.ts";
import type { Seed } from "./seed.ts";

/** With more, the partitions are busier with each other than with the search. */
export const MOST_THREADS = 64;

/** What there is to explore. */
export interface Task {
  readonly start: State;
  readonly options: ExploreOptions;
  /** The checks of `options` that do not stand in the program, as they were written. */
  readonly moreChecks: readonly string[];
  /** On how many threads. If left out: on one until it is clear that the exploration is large, and then on all cores. */
  readonly threads?: number;
}

/** Who there is to explore it. */
export interface Hands {
  /** Of this machine. */
  readonly cores: number;
  /** Starts a thread for each partition; undefined where that cannot be done now. */
  hire(seeds: readonly Seed[]): Crew | undefined;
}

export interface TaskProgress extends Progress {
  /** There is nothing to do before a thread has something to tell. */
  readonly isWaiting?: boolean;
}

type Work = Generator<TaskProgress, ExploreReport, boolean | undefined>;

/**
 * Explores as `explorer` does, here or on several threads.
 * @throws DeadThread where one of the threads dies
 */
export function* taskExplorer(task: Task, hands: Hands): Work {
  const { start, options, threads = usualThreads(hands.cores) } = task;
  const hire = (): Crew | undefined => (threads > 1 ? hands.hire(seedsOf(task, threads)) : undefined);
  const crew = task.threads === undefined ? undefined : hire();
  if (crew) return yield* dividedExplorer(task, crew);
  const work = explorer(start, options);
  let mayDivide = task.threads === undefined;
  let answer: boolean | undefined;
  for (let states = 0; ; ) {
    const { done, value } = work.next(answer);
    if (done) return value;
    mayDivide &&= answer !== true;
    const isSearching = value.states > states; // what comes behind the search would have to be done again, too
    states = value.states;
    if (mayDivide && isSearching && isLarge(value)) {
      // The first states are soon seen again.
      const found = hire();
      if (found) return yield* dividedUnlessDead(task, found);
      mayDivide = false;
    }
    answer = yield value;
  }
}

/** All cores, since the coordinator is idle nine tenths of the time; but one search without all the messages is as fast as two threads. */
const usualThreads = (cores: number): number => (cores > 2 ? Math.min(cores, MOST_THREADS) : 1);

/** A search that has so many states, and so many at each distance that there is enough to do between two meetings of the partitions. */
const isLarge = ({ states, depth }: Progress): boolean => states > 1_000_000 && states > 5000 * depth;

function seedsOf({ start, options, moreChecks }: Task, parts: number): Seed[] {
  const { checks: _, ...rest } = options;
  return Array.from({ length: parts }, (_, index) => ({
    start,
    options: rest,
    moreChecks,
    place: { index, parts },
  }));
}

/** Explores with a crew; where its threads cannot be started, which some hosts tell late, in this one after all. */
function* dividedUnlessDead(task: Task, crew: Crew): Work {
  try {
    return yield* dividedExplorer(task, crew);
  } catch (error) {
    if (!(error instanceof DeadThread) || crew.hasWorked) throw error;
    return yield* explorer(task.start, task.options);
  }
}

/** Brings the coordinator's messages to the threads and theirs back, until it has its report. */
function* dividedExplorer({ start, options }: Task, crew: Crew): Work {
  try {
    const work = coordinator(start, options, crew.size);
    for (let step = work.next(), stopped = false; ; ) {
      if (step.done) return step.value;
      const { messages, busy, progress } = step.value;
      for (const { to, message } of messages) crew.send(to, message);
      const isWaiting = !busy && crew.isIdle;
      const stop = yield { ...progress, isWaiting };
      // What comes from the threads is taken in between two wishes to end.
      stopped = stop === true && !stopped;
      step = work.next(stopped ? { kind: "stop" } : (crew.take() ?? { kind: "go" }));
    }
  } finally {
    crew.end();
  }
}
