import type { Model, State } from "../machine/state.ts";
import { step } from "../machine/transition.ts";
import type { RunOptionValues } from "../options/configuration.ts";
import { type ScheduleLog, transitionOf } from "../schedule/log.ts";
import { parseSchedule } from "../schedule/text.ts";
import { type Answer, describeAnswer } from "./answer.ts";
import type { Exploration } from "./comparison.ts";
import { type Hands, type TaskProgress, taskExplorer } from "./parallel/explorer.ts";
import { completeReduction } from "./reduction/reduction.ts";
import type { ExploreReport } from "./report.ts";
import { type Subject, subjectOf } from "./subject.ts";

/** What somebody wants to know of a text: plain data that can be sent from thread to thread. */
export interface Question {
  readonly text: string;
  /** The file's name, which tells litmus tests from programs; for messages, too. */
  readonly name: string;
  /** Values that win over those of the text. */
  readonly values: RunOptionValues;
  /** The stronger one first. */
  readonly models: readonly Model[];
  readonly bufferCapacity: number;
  /** For each model. */
  readonly maxStates: number;
  readonly maxBytes: number;
  /** On how many threads, see `Task`. */
  readonly threads?: number;
  /** Explore from the state that this schedule leads to, under the one model of `models`. */
  readonly from?: string;
}

/** How far the answer to a question is. */
export interface AnswerProgress extends TaskProgress {
  readonly model: Model;
}

/** Why there is no answer, in one sentence for a person. */
export interface NoAnswer {
  readonly error: string;
}

/** Somebody who has one thread. */
const ALONE: Hands = { cores: 1, hire: () => undefined };

/**
 * Explores what a question asks for, a few milliseconds at a time: yields its progress; sending `true` ends it with what it has found. The
 * strongest reduction at which everything is decided is used.
 * @throws DeadThread where a thread dies that was hired
 */
export function* answering(
  question: Question,
  hands = ALONE,
): Generator<AnswerProgress, Answer | NoAnswer, boolean | undefined> {
  const subject = subjectOf(question.text, question);
  if ("error" in subject) return subject;
  const { models } = question;
  const past = parseSchedule(question.from ?? "");
  if (past.diagnostics[0]) return { error: past.diagnostics[0].message };
  const explorations: Exploration[] = [];
  for (const model of models) {
    const start = subject.start(model, question.bufferCapacity);
    const error = follow(start, past.log);
    if (error) return { error };
    explorations.push({ start, report: yield* exploring(subject, start, question, hands) });
  }
  const judge = Math.max(0, models.indexOf(subject.judge));
  return describeAnswer(subject, explorations, judge, past.log);
}

function* exploring(
  { program, columns, filter, checks }: Subject,
  start: State,
  { maxStates, maxBytes, threads }: Question,
  hands: Hands,
): Generator<AnswerProgress, ExploreReport, boolean | undefined> {
  const options = {
    observe: [...columns.map((c) => c.observed), ...(filter?.locations ?? [])],
    checks: checks.map((c) => c.check),
    reduction: completeReduction(program),
    maxStates,
    maxBytes,
  };
  const task = { start, options, moreChecks: [], ...(threads === undefined ? {} : { threads }) };
  const exploration = taskExplorer(task, hands);
  for (let stop: boolean | undefined; ; ) {
    const { done, value } = exploration.next(stop);
    if (done) return value;
    stop = yield { ...value, model: start.model };
  }
}

/** Takes a schedule. @returns what is wrong with it, in one sentence */
function follow(state: State, schedule: ScheduleLog): string | undefined {
  for (let i = 0; i < schedule.length; i++) {
    if (step(state, transitionOf(schedule.words[i]!)) === undefined) continue;
    return `transition ${i + 1} of the schedule cannot be taken under ${state.model.toUpperCase()}`;
  }
  return undefined;
}
