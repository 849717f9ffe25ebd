import { CHECKPOINT_DISTANCE, goTo } from "../../core/run/trace.ts";
import { wordOf } from "../../core/schedule/log.ts";
import type { Debuggee } from "../debuggee.ts";
import { instructionText } from "../views/place.ts";
import { callDepth } from "../views/stack.ts";
import type { Motion } from "./motion.ts";

/** What is searched first, in events; each stretch before it is longer. */
const FIRST_STRETCH = 64;

/**
 * Goes back to before the last instruction that a thread executed in the routine it is in, or in a caller: behind a return, to before the call. What the
 * other threads did meanwhile is undone with it, because there is one time for all.
 */
export function reverseStepOver(thread: number): Motion {
  let origin: { readonly index: number; readonly depth: number } | undefined;
  let end = 0;
  let length = FIRST_STRETCH;
  return {
    thread,
    slice(debuggee) {
      const { trace, program } = debuggee;
      if (!origin) {
        origin = { index: trace.index, depth: callDepth(debuggee, thread) };
        end = trace.index;
      }
      const start = Math.max(0, end - length);
      const found = lastExecuted(debuggee, thread, origin.depth, start, end);
      if (found === undefined && start > 0) {
        end = start;
        length = Math.min(length * 4, CHECKPOINT_DISTANCE);
        return undefined;
      }
      goTo(trace, found ?? origin.index);
      if (found === undefined) {
        const text = `T${thread} has executed nothing before this`;
        return { reason: "step", thread, label: "nothing before", text };
      }
      const undone = origin.index - found;
      const instruction = instructionText(program, trace.state.pc[thread]!) ?? "";
      const text = `T${thread} is back before \`${instruction}\`: ${undone} ${undone === 1 ? "transition" : "transitions"} undone`;
      return { reason: "step", thread, label: "undone", text };
    },
  };
}

/** The last event from `start` to before `end` with which a thread executed in no deeper routine. */
function lastExecuted(
  debuggee: Debuggee,
  thread: number,
  depth: number,
  start: number,
  end: number,
): number | undefined {
  const { trace } = debuggee;
  const wanted = wordOf(thread, "execute");
  let found: number | undefined;
  goTo(trace, start);
  while (trace.index < end) {
    const { index } = trace;
    if (trace.log.words[index] === wanted && callDepth(debuggee, thread) <= depth) found = index;
    goTo(trace, index + 1);
  }
  return found;
}
