import type { Answer } from "../../../core/explore/answer.ts";
import type { AnswerProgress, NoAnswer, Question } from "../../../core/explore/question.ts";

/** To the worker. A question that is cancelled is answered with what was found so far. */
export type ToWorker =
  /** The first message: the bundle of the threads that run parts of large explorations. */
  | { readonly kind: "begin"; readonly partition: string }
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: "cancel"; readonly id: number };

/** From the worker. */
export type FromWorker =
  | { readonly kind: "progress"; readonly id: number; readonly progress: AnswerProgress }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer | NoAnswer };
