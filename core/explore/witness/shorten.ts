import { copyState, type State } from "../../machine/state.ts";
import { step } from "../../machine/transition.ts";
import { append, createLog, type ScheduleLog, transitionOf } from "../../schedule/log.ts";

/** Transitions taken in all to try shorter schedules: a very long one is given as it is. */
const MOST_TRIED = 2_000_000;

/**
 * Leaves out of a schedule what is not needed to get to a state of some kind: a reduced search goes on with every thread as far as it
 * can without being noticed, which a person who follows the schedule need not do. Removes last transitions of threads as long as
 * `reaches` holds of the state at the end.
 */
export function shorten(
  start: State,
  schedule: ScheduleLog,
  reaches: (state: State) => boolean,
): ScheduleLog {
  let words = [...schedule.words.subarray(0, schedule.length)];
  let tried = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let thread = 0; thread < start.threadCount; thread++) {
      for (;;) {
        const last = words.findLastIndex((w) => transitionOf(w).thread === thread);
        tried += words.length;
        if (last < 0 || tried > MOST_TRIED) break;
        const shorter = words.filter((_, i) => i !== last);
        const state = follow(start, shorter);
        if (!state || !reaches(state)) break;
        words = shorter;
        changed = true;
      }
    }
  }
  const log = createLog();
  for (const word of words) append(log, word);
  return log;
}

/** The state at the end of a schedule, or nothing if the schedule cannot be followed. Instructions that meet a fault change nothing. */
export function follow(start: State, words: Iterable<number>): State | undefined {
  const state = copyState(start);
  for (const word of words) if (step(state, transitionOf(word)) === "disabled") return undefined;
  return state;
}
