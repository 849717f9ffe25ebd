import { OP } from "../../core/isa/operations.ts";
import { SP } from "../../core/isa/registers.ts";
import { CELL_SPACING } from "../../core/machine/program.ts";
import { register } from "../../core/machine/state.ts";
import { goTo } from "../../core/run/trace.ts";
import { wordOf } from "../../core/schedule/log.ts";
import type { Debuggee } from "../debuggee.ts";
import { callSlots } from "../views/stack.ts";
import type { Motion } from "./motion.ts";
import { searchBack } from "./search-back.ts";

/**
 * Goes back to where a thread entered a routine that it is still in: behind the last call that put a return address where the routine's is.
 * @param depth of the routine's frame, 0 being the innermost
 */
export function backToEntry(debuggee: Debuggee, thread: number, depth: number): Motion {
  const { trace } = debuggee;
  const slot = callSlots(debuggee, thread)[depth]?.address;
  return searchBack(thread, {
    lastIn: (start, end) => (slot === undefined ? 0 : lastCall(debuggee, thread, slot, start, end)),
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

/** The index behind the last event from `start` to before `end` with which a thread called a routine and put its return address into a slot. */
function lastCall(
  { trace, program }: Debuggee,
  thread: number,
  slot: number,
  start: number,
  end: number,
): number | undefined {
  const { state, log } = trace;
  const wanted = wordOf(thread, "execute");
  let found: number | undefined;
  goTo(trace, start);
  while (trace.index < end) {
    const isCall =
      log.words[trace.index] === wanted &&
      program.code.operation[state.pc[thread]!] === OP.CALL &&
      register(state, thread, SP) - CELL_SPACING === slot;
    goTo(trace, trace.index + 1);
    if (isCall) found = trace.index;
  }
  return found;
}
