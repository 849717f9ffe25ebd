import type * as vscode from "vscode";
import type { Answer } from "../../core/explore/answer.ts";
import type { AnswerProgress, NoAnswer, Question } from "../../core/explore/question.ts";
import type { Background, Platform } from "../platform.ts";
import type { FromWorker, ToWorker } from "./worker/protocol.ts";

/** Explores in the background. */
export interface Explorer extends vscode.Disposable {
  /** Answers a question; after a cancellation with what was found until then. Never rejects. */
  ask(question: Question, options?: AskOptions): Promise<Answer | NoAnswer>;
}

export interface AskOptions {
  readonly token?: vscode.CancellationToken;
  readonly onProgress?: (progress: AnswerProgress) => void;
}

interface Waiting {
  readonly resolve: (answer: Answer | NoAnswer) => void;
  readonly onProgress: AskOptions["onProgress"];
}

/** Starts its worker with the first question, and again if it died: a program that takes all memory ends no more than its own answer. */
export function createExplorer({
  startBackground,
  bundle,
}: Pick<Platform, "startBackground" | "bundle">): Explorer {
  let worker: Background<ToWorker, FromWorker> | undefined;
  let questions = 0;
  const waiting = new Map<number, Waiting>();

  const start = (): Background<ToWorker, FromWorker> => {
    const started = startBackground<ToWorker, FromWorker>("explorer");
    started.onMessage = (message) => {
      const asked = waiting.get(message.id);
      if (message.kind === "progress") asked?.onProgress?.(message.progress);
      else {
        waiting.delete(message.id);
        asked?.resolve(message.answer);
      }
    };
    started.send({ kind: "begin", partition: bundle("partition") });
    started.onFailure = (why) => end(`the exploration broke off: ${why}`);
    return started;
  };
  const end = (error: string): void => {
    worker?.end();
    worker = undefined;
    for (const { resolve } of waiting.values()) resolve({ error });
    waiting.clear();
  };

  return {
    ask(question, { token, onProgress } = {}) {
      worker ??= start();
      const background = worker;
      const id = ++questions;
      background.send({ kind: "ask", id, question });
      const subscription = token?.onCancellationRequested(() => background.send({ kind: "cancel", id }));
      return new Promise<Answer | NoAnswer>((resolve) => {
        waiting.set(id, { resolve, onProgress });
      }).finally(() => subscription?.dispose());
    },
    dispose: () => end("the exploration was ended"),
  };
}
