import { EDIT_WORD, goTo } from "../../core/run/trace.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import type { Debuggee } from "../debuggee.ts";
import { callDepth } from "../views/stack.ts";
import type { Motion } from "./motion.ts";
import { searchBack } from "./search-back.ts";

/**
 * Goes back to where a thread entered a routine that it is still in: where its calls last became as deep as they are there.
 * @param depth of the routine's frame, 0 being the innermost
 */
export function backToEntry(debuggee: Debuggee, thread: number, depth: number): Motion {
  const { trace } = debuggee;
  const calls = callDepth(debuggee, thread) - depth;
  return searchBack(thread, {
    lastIn: (start, end) => (calls > 0 ? lastDeepening(debuggee, thread, calls, start, end) : 0),
    stop(entry = 0) {
      goTo(trace, entry);
      return {
        reason: "travel",
        thread,
        label: `at ${entry} of ${trace.log.length}`,
        text: `back where T${thread} entered this routine`,
      };
    },
  });
}

/** The index behind the last event from `start` to before `end` with which a thread's calls became as deep as `calls`. */
function lastDeepening(
  debuggee: Debuggee,
  thread: number,
  calls: number,
  start: number,
  end: number,
): number | undefined {
  const { trace } = debuggee;
  let found: number | undefined;
  goTo(trace, start);
  let before = callDepth(debuggee, thread);
  while (trace.index < end) {
    const word = trace.log.words[trace.index]!;
    goTo(trace, trace.index + 1);
    if (word !== EDIT_WORD && transitionOf(word).thread !== thread) continue;
    const now = callDepth(debuggee, thread);
    if (before < calls && now >= calls) found = trace.index;
    before = now;
  }
  return found;
}
