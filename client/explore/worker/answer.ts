import type { Answer } from "../../../core/explore/answer.ts";
import { type Crew, DeadThread } from "../../../core/explore/parallel/crew.ts";
import type { Hands } from "../../../core/explore/parallel/explorer.ts";
import type { Seed } from "../../../core/explore/parallel/seed.ts";
import {
  type AnswerProgress,
  answering,
  type NoAnswer,
  type Question,
} from "../../../core/explore/question.ts";

/** Milliseconds of work before the worker looks at its messages again: nobody waits longer for a cancellation. */
const TURN = 10;

/** Milliseconds between two reports of progress. */
const PAUSE = 100;

/** Who works with whoever answers, and whom they tell. */
export interface Surroundings {
  readonly cores: Hands["cores"];
  /** As `Hands` has it. @param wake called when there is something new */
  hire(seeds: readonly Seed[], wake: () => void): Crew | undefined;
  report(progress: AnswerProgress): void;
  finish(answer: Answer | NoAnswer): void;
}

/**
 * Answers a question, in turns between which messages come in.
 * @returns what to call for an answer with what was found so far
 */
export function answerInTurns(question: Question, { cores, hire, report, finish }: Surroundings): () => void {
  let isCancelled = false;
  let isAsleep = false;
  let reported = performance.now();
  const wake = (): void => {
    if (isAsleep) turn();
  };
  const work = answering(question, { cores, hire: (seeds) => hire(seeds, wake) });
  const goOn = (): void => {
    isAsleep = false;
    const began = performance.now();
    for (let now = began; now - began < TURN; now = performance.now()) {
      const { done, value } = work.next(isCancelled);
      if (done) {
        finish(value);
        return;
      }
      if (now - reported >= PAUSE) {
        reported = now;
        report(value);
      }
      isAsleep = value.isWaiting === true;
      if (isAsleep) return;
    }
    setTimeout(turn, 0);
  };
  const turn = (): void => {
    try {
      goOn();
    } catch (error) {
      if (!(error instanceof DeadThread)) throw error;
      finish({ error: `the exploration broke off, because one of its threads died: ${error.message}` });
    }
  };
  queueMicrotask(turn);
  return () => {
    isCancelled = true;
    wake();
  };
}
