import type { State } from "./state.ts";
import type { Transition } from "./transition.ts";

/** One sentence: why a transition is not possible in a state (`step` calls it "disabled"). */
export function explainRefusal(state: State, { thread, kind }: Transition): string {
  if (thread >= state.threadCount) return noSuchThread(thread, state.threadCount);
  if (kind === "drain") {
    const why = state.model === "sc" ? " (under SC every store goes to memory at once)" : "";
    return `T${thread}'s store buffer is empty: there is nothing to drain${why}`;
  }
  if (state.halted[thread]) return `T${thread} has halted`;
  return `T${thread} waits for its store buffer to drain`;
}

/** Says that a number is that of no thread. */
export const noSuchThread = (thread: number, threadCount: number): string =>
  `there is no thread T${thread}; ${threadCount === 1 ? "there is only T0" : `the threads are T0 to T${threadCount - 1}`}`;
