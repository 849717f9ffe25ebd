import { noSuchThread } from "../../core/machine/refusal.ts";
import type { Transition } from "../../core/machine/transition.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import { parseSchedule } from "../../core/schedule/text.ts";
import { findVariable } from "../expressions/evaluate.ts";
import { stepThread } from "../motions/step.ts";
import { takeAll } from "../motions/take.ts";
import { travel } from "../motions/travel.ts";
import { begin, debuggeeOf, stoppedDebuggee } from "../pace.ts";
import { returnToBranch } from "../requests/branches.ts";
import type { Session } from "../session.ts";
import { UserError } from "../user-error.ts";
import { branchText, branchViews } from "../views/branches.ts";
import { drainsOf } from "../views/drains.ts";
import { scheduleText } from "../views/schedule.ts";

interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** @returns what the console prints */
  run(session: Session, words: readonly string[], thread: number): string;
}

export const COMMANDS: readonly Command[] = [
  {
    name: "step",
    usage: "step [T]",
    summary: "thread T executes one instruction",
    run(session, [which], thread) {
      begin(session, stepThread(threadOf(session, which, thread), "into"), {
        isStep: true,
        isAnswered: true,
      });
      return told(session);
    },
  },
  {
    name: "drain",
    usage: "drain [T] [N | all]",
    summary: "the oldest stores of T reach memory: one, N or all",
    run(session, [which, count], thread) {
      const drained = threadOf(session, which, thread);
      const wanted = count === "all" ? "all" : count === undefined ? 1 : wholeNumber(count);
      const drains = drainsOf(stoppedDebuggee(session).trace.state, drained, wanted);
      begin(session, takeAll(thread, drains), { isAnswered: true });
      return told(session);
    },
  },
  {
    name: "run",
    usage: "run 0 0 1 0!",
    summary: "takes the transitions of a schedule",
    run(session, words, thread) {
      const { log, diagnostics } = parseSchedule(words.join(" "));
      if (diagnostics[0]) throw new UserError(diagnostics[0].message);
      const transitions: Transition[] = Array.from({ length: log.length }, (_, i) =>
        transitionOf(log.words[i]!),
      );
      if (transitions.length === 0) throw new UserError("run what? write a schedule, as in `run 0 0 1 0!`");
      for (const t of transitions) existing(session, t.thread);
      begin(session, takeAll(thread, transitions), { isAnswered: true });
      return told(session);
    },
  },
  {
    name: "goto",
    usage: "goto N",
    summary: "travels to the state after the first N transitions",
    run(session, [index = ""], thread) {
      const { trace } = stoppedDebuggee(session);
      const wanted = wholeNumber(index);
      if (wanted > trace.log.length)
        throw new UserError(
          `there are ${trace.log.length} transitions so far; go to one of 0 to ${trace.log.length}`,
        );
      begin(session, travel(thread, wanted), { isAnswered: true });
      return told(session);
    },
  },
  {
    name: "schedule",
    usage: "schedule",
    summary: "prints the transitions so far, in the form that `run` takes",
    run: (session) => scheduleText(debuggeeOf(session).trace) || "(no transitions yet)",
  },
  {
    name: "branches",
    usage: "branches",
    summary: "lists the ways that were gone: each fork of history keeps the old one",
    run: (session) => branchViews(debuggeeOf(session)).map(branchText).join("\n"),
  },
  {
    name: "branch",
    usage: "branch N",
    summary: "returns to the end of branch N; the present one is kept",
    run(session, [id = ""]) {
      returnToBranch(session, wholeNumber(id), true);
      return told(session);
    },
  },
  {
    name: "help",
    usage: "help",
    summary: "prints this",
    run: () =>
      [
        ...COMMANDS.map((c) => `${c.usage.padEnd(22)}${c.summary}`),
        "",
        "Anything else is an expression: ax, T1:ax, pc, count, [2000], [count+4], 4(%bx), sb(T0), count = 2 and not ax > 1",
        "A suffix chooses the base: ax,x  ax,b  ax,d",
      ].join("\n"),
  },
];

/** Runs a line as a command, if it is one. @returns what to print, or nothing if the line is an expression */
export function runCommand(session: Session, line: string, thread: number): string | undefined {
  const [name, ...words] = line.trim().split(/\s+/);
  const command = COMMANDS.find((c) => c.name === name);
  if (!command || findVariable(command.name, debuggeeOf(session).program)) return undefined;
  return command.run(session, words, thread);
}

function threadOf(session: Session, word: string | undefined, focus: number): number {
  if (word === undefined) return focus;
  return existing(session, wholeNumber(word.replace(/^[Tt]/, "")));
}

/** @throws UserError if there is no such thread */
function existing(session: Session, thread: number): number {
  const { threadCount } = stoppedDebuggee(session).trace.state;
  if (thread < threadCount) return thread;
  throw new UserError(noSuchThread(thread, threadCount));
}

function wholeNumber(word: string): number {
  if (/^\d{1,9}$/.test(word)) return Number(word);
  throw new UserError(word === "" ? "a number is missing" : `\`${word.slice(0, 40)}\` is not a number`);
}

/** What the motion that was just begun did. */
const told = ({ stop }: Session): string => stop?.text ?? "running";
