import type { NoAnswer } from "../../../core/explore/question.ts";
import type { SubjectOptions } from "../../../core/explore/subject.ts";
import type { Backend } from "../../../hardware/emit.ts";

/** The real processor of the machine that the extension runs on. */
export interface Processor {
  /** Why nothing can be run here with a back end: what is missing, and what to do; undefined where it can. */
  hindrance(backend: Backend): string | undefined;
  /** Runs a text many times; after an abort the answer is what was seen until then. Never rejects because of the text or the machine. */
  run(wanted: WantedRuns, hooks?: RunHooks): Promise<Seen | NoAnswer>;
}

export interface WantedRuns extends SubjectOptions {
  readonly text: string;
  readonly runs: number;
  readonly backend: Backend;
}

export interface RunHooks {
  /** Called several times a second with what was seen so far. */
  readonly onProgress?: (seen: Seen) => void;
  readonly signal?: AbortSignal;
}

/** An outcome as an answer's row shows it, and in how many runs it was seen. */
export interface SeenOutcome {
  readonly values: readonly string[];
  /** By check whether its condition holds here; null for a check that is not about final states. */
  readonly holds: readonly (boolean | null)[];
  readonly count: number;
}

/** What was seen on the processor until some moment. */
export interface Seen {
  readonly outcomes: readonly SeenOutcome[];
  readonly runs: number;
  readonly seconds: number;
  /** Runs that ended with a fault, and runs that did not end. */
  readonly faulty: number;
  readonly stuck: number;
  /** Once it is over: what ran on which CPUs, and what the reader has to know of how it ended. */
  readonly over?: {
    readonly backend: Backend;
    readonly cpus: readonly number[];
    readonly notes: readonly string[];
  };
}
