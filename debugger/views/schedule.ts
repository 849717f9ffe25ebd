import { createBurst, execute } from "../../core/machine/execute.ts";
import { start } from "../../core/machine/state.ts";
import { allHalted } from "../../core/run/run.ts";
import { EDIT_WORD, type Trace } from "../../core/run/trace.ts";
import { afterBurst, createInterrupts, currentThread } from "../../core/schedule/interrupts.ts";
import { append, createLog, type ScheduleLog, transitionOf } from "../../core/schedule/log.ts";
import { formatSchedule } from "../../core/schedule/text.ts";
import type { Debuggee } from "../debuggee.ts";

/** The transitions from the start to the present, in the text form that schedules have. Changes by hand have no such form and are left out. */
export const scheduleText = ({ log, index }: Trace): string =>
  formatSchedule(transitionsOf(log.words.subarray(0, index)));

/** Transitions of a schedule that is only looked at. */
const MOST_SHOWN = 100;

/** The first of some events in the text form of schedules, with `…` if there are more. */
export const shortSchedule = (words: Uint16Array): string =>
  formatSchedule(transitionsOf(words.subarray(0, MOST_SHOWN))) + (words.length > MOST_SHOWN ? " …" : "");

function transitionsOf(words: Uint16Array): ScheduleLog {
  const transitions = createLog();
  for (const word of words) if (word !== EDIT_WORD) append(transitions, word);
  return transitions;
}

/** x86.py schedules by hand at most these many threads, a digit each. */
const MOST_DIGIT_THREADS = 10;

/** Longer schedules fit on no command line. */
const MOST_DIGITS = 10_000;

/**
 * The `-P` flag with which x86.py runs the transitions so far, if there is one: no drains, no changes by hand. x86.py passes over one live slot
 * after each halt (dialect §8.4), so there the digits hold one more; and it wants every thread mentioned.
 */
export function scheduleFlags({ trace, configuration, program }: Debuggee): string | undefined {
  const { log, index, state } = trace;
  if (program.dialect !== "asm" || state.model !== "sc" || index === 0) return undefined;
  if (state.threadCount > MOST_DIGIT_THREADS || index > MOST_DIGITS) return undefined;
  const digits: number[] = [];
  const rerun = start(program, configuration.start);
  const burst = createBurst();
  burst.limit = 1;
  for (let i = 0; i < index; i++) {
    const word = log.words[i]!;
    if (word === EDIT_WORD || transitionOf(word).kind === "drain") return undefined;
    const { thread } = transitionOf(word);
    execute(rerun, thread, burst);
    digits.push(thread);
    if (rerun.halted[thread] && !allHalted(rerun)) digits.push(rerun.halted.indexOf(0));
  }
  for (let t = 0; t < state.threadCount; t++) if (!digits.includes(t)) digits.push(t);
  return makesSchedule(digits, { program, configuration, log, index }) ? `-P ${digits.join("")}` : undefined;
}

/** Whether x86.py's scheduler, given these digits, runs the threads in the order of the log. */
function makesSchedule(
  digits: readonly number[],
  {
    program,
    configuration,
    log,
    index,
  }: Pick<Debuggee, "program" | "configuration"> & { log: ScheduleLog; index: number },
): boolean {
  const state = start(program, configuration.start);
  const interrupts = createInterrupts({ ...configuration.interrupts, manual: digits });
  const burst = createBurst();
  burst.limit = 1;
  for (let i = 0; i < index; i++) {
    const thread = currentThread(interrupts);
    if (thread !== transitionOf(log.words[i]!).thread) return false;
    execute(state, thread, burst);
    if (!allHalted(state)) afterBurst(interrupts, state, burst.executed, burst.stop);
  }
  return true;
}
