import type { Answer } from "../../../core/explore/answer.ts";
import { Crew, type PartitionThread } from "../../../core/explore/parallel/crew.ts";
import type { Seed } from "../../../core/explore/parallel/seed.ts";
import type { AnswerProgress, NoAnswer, Question } from "../../../core/explore/question.ts";
import { answerInTurns } from "./answer.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** What a worker has on its machine. */
export interface Machine {
  readonly cores: number;
  /** Starts a thread that runs a part of a large exploration; throws where there can be none. */
  startThread(bundle: string): PartitionThread;
}

/** The worker's body: answers the questions that come, all of them in turns. */
export function createAnswerer(
  send: (message: FromWorker) => void,
  { cores, startThread }: Machine,
): (message: ToWorker) => void {
  const cancels = new Map<number, () => void>();
  let bundle = "";
  let crew: Crew | undefined;
  /** One exploration at a time has further threads; the others go on in this one. */
  const hire = (seeds: readonly Seed[], wake: () => void): Crew | undefined => {
    if (crew && !crew.hasEnded) return undefined;
    crew = new Crew(seeds, () => startThread(bundle), wake);
    return crew;
  };
  const answer = (id: number, question: Question): void => {
    const report = (progress: AnswerProgress): void => send({ kind: "progress", id, progress });
    const finish = (answer: Answer | NoAnswer): void => {
      cancels.delete(id);
      send({ kind: "answer", id, answer });
    };
    cancels.set(id, answerInTurns(question, { cores, hire, report, finish }));
  };
  return (message) => {
    if (message.kind === "ask") answer(message.id, message.question);
    else if (message.kind === "cancel") cancels.get(message.id)?.();
    else bundle = message.partition;
  };
}
