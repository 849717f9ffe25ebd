import { createBurst } from "../machine/execute.ts";
import { equalStates, type State } from "../machine/state.ts";
import { step } from "../machine/transition.ts";
import { transitionOf } from "../schedule/log.ts";
import type { Recording } from "./recording.ts";
import { applyEdit } from "./trace.ts";

/** Whole states are compared every so many events and at the end; in between, the thread that moved. */
const WHOLE = 1000;

/**
 * Runs a recording on several states side by side, all its start, and compares them event by event.
 * @returns the number of events after which one differed from the first, or nothing if all were equal throughout
 */
export function verifyReplays(recording: Recording, states: readonly State[]): number | undefined {
  const [first, ...others] = states;
  const burst = createBurst();
  let events = 0;
  const differs = (thread: number): boolean =>
    others.some((other) =>
      events % WHOLE === 0 ? !equalStates(first!, other) : !equalThreads(first!, other, thread),
    );
  for (const { log, edit } of recording.chunks) {
    for (let i = 0; i < log.length; i++) {
      const transition = transitionOf(log.words[i]!);
      const refused = states.map((state) => step(state, transition, burst) !== undefined);
      events++;
      if (refused.includes(true) || differs(transition.thread)) return events;
    }
    if (edit) for (const state of states) applyEdit(state, edit);
  }
  return others.some((other) => !equalStates(first!, other)) ? events : undefined;
}

function equalThreads(a: State, b: State, thread: number): boolean {
  if (a.pc[thread] !== b.pc[thread] || a.flags[thread] !== b.flags[thread]) return false;
  if (a.buffers[thread]!.count !== b.buffers[thread]!.count) return false;
  const width = a.program.registers.length;
  for (let r = thread * width; r < (thread + 1) * width; r++)
    if (a.registers[r] !== b.registers[r]) return false;
  return true;
}
