import type { Answer } from "../../../core/explore/answer.ts";
import type { AnswerProgress, NoAnswer, Question } from "../../../core/explore/question.ts";

/** To the worker. A question that is cancelled is answered with what was found so far. */
export type ToWorker =
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: "cancel"; readonly id: number };

/** From the worker. */
export type FromWorker =
  | { readonly kind: "progress"; readonly id: number; readonly progress: AnswerProgress }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer | NoAnswer };
