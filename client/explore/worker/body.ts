import { answering } from "../../../core/explore/question.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** Milliseconds of work before the worker looks at its messages again: nobody waits longer for a cancellation. */
const TURN = 10;

/** Milliseconds between two reports of progress. */
const PAUSE = 100;

/** The worker's body: answers the questions that come, all of them in turns. */
export function createAnswerer(send: (message: FromWorker) => void): (message: ToWorker) => void {
  const cancelled = new Set<number>();
  const running = new Set<number>();
  return (message) => {
    if (message.kind === "cancel") {
      if (running.has(message.id)) cancelled.add(message.id);
      return;
    }
    const { id, question } = message;
    const work = answering(question);
    let reported = performance.now();
    running.add(id);
    const turn = (): void => {
      const began = performance.now();
      for (let now = began; now - began < TURN; now = performance.now()) {
        const { done, value } = work.next(cancelled.has(id));
        if (done) {
          running.delete(id);
          cancelled.delete(id);
          send({ kind: "answer", id, answer: value });
          return;
        }
        if (now - reported < PAUSE) continue;
        reported = now;
        send({ kind: "progress", id, progress: value });
      }
      setTimeout(turn, 0);
    };
    turn();
  };
}
