import { goTo } from "../../core/run/trace.ts";
import { wordOf } from "../../core/schedule/log.ts";
import type { Debuggee } from "../debuggee.ts";
import { instructionText } from "../views/place.ts";
import { returnSlot } from "../views/stack.ts";
import type { Motion } from "./motion.ts";
import { searchBack } from "./search-back.ts";

/**
 * Goes back to before the last instruction that a thread executed in the routine it is in, or in a caller: behind a return, to before the call. What the
 * other threads did meanwhile is undone with it, because there is one time for all.
 */
export function reverseStepOver(debuggee: Debuggee, thread: number): Motion {
  const { trace, program } = debuggee;
  const routine = returnSlot(debuggee, thread);
  return searchBack(thread, {
    lastIn: (start, end) => lastExecuted(debuggee, thread, routine, start, end),
    stop(found, origin) {
      if (found === undefined) {
        const text = `T${thread} has executed nothing before this`;
        return { reason: "step", thread, label: "nothing before", text };
      }
      const undone = origin - found;
      const instruction = instructionText(program, trace.state.pc[thread]!) ?? "";
      const text = `T${thread} is back before \`${instruction}\`: ${undone} ${undone === 1 ? "transition" : "transitions"} undone`;
      return { reason: "step", thread, label: "undone", text };
    },
  });
}

/** The last event from `start` to before `end` with which a thread executed in no deeper routine. */
function lastExecuted(
  debuggee: Debuggee,
  thread: number,
  routine: number,
  start: number,
  end: number,
): number | undefined {
  const { trace } = debuggee;
  const wanted = wordOf(thread, "execute");
  let found: number | undefined;
  goTo(trace, start);
  while (trace.index < end) {
    const { index } = trace;
    if (trace.log.words[index] === wanted && returnSlot(debuggee, thread) >= routine) found = index;
    goTo(trace, index + 1);
  }
  return found;
}
