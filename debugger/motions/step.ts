import { OP } from "../../core/isa/operations.ts";
import { canDrain, canExecute } from "../../core/machine/transition.ts";
import { allHalted } from "../../core/run/run.ts";
import type { Debuggee } from "../debuggee.ts";
import { instructionText } from "../views/place.ts";
import { returnSlot } from "../views/stack.ts";
import { move, type Surroundings, stopBefore } from "./advance.ts";
import { witness } from "./describe.ts";
import { endStop } from "./end.ts";
import type { Motion } from "./motion.ts";
import type { Stop } from "./stop.ts";
import { stopped, taken } from "./take.ts";

/** How far a step of one thread goes. */
export type Extent = "into" | "over" | "out";

/**
 * Moves one thread, and no other. An instruction that waits for the thread's own buffer drains that first, each drain a transition of its own; the
 * step ends when the instruction has executed, and says what happened.
 */
export function stepThread(thread: number, extent: Extent): Motion {
  let routine: number | undefined;
  let drained = 0;
  let executed = 0;
  let isLooked = false;
  let stepped = "";
  return {
    thread,
    slice(debuggee, around, budget) {
      const { program } = debuggee;
      const { state } = debuggee.trace;
      routine ??= returnSlot(debuggee, thread);
      if (extent === "out" && routine === Number.POSITIVE_INFINITY)
        return stopped(
          thread,
          `T${thread} is in no routine: there is nothing to step out of`,
          "not in a routine",
        );
      for (let i = 0; i < budget; i++) {
        if (state.halted[thread]) return stepHalted(debuggee, thread, around, executed === 0);
        const before = isLooked ? undefined : stopBefore(debuggee, thread, around, executed === 0);
        if (before) return before;
        const kind = canExecute(state, thread) ? "execute" : "drain";
        const operation = program.code.operation[state.pc[thread]!];
        const told = witness(state, { thread, kind });
        if (executed === 0) stepped = `T${thread}: ${instructionText(program, state.pc[thread]!)}`;
        const stop = move(debuggee, { thread, kind }, around, false);
        if (stop) return stop;
        isLooked = kind === "drain";
        if (kind === "drain") {
          drained++;
          continue;
        }
        executed++;
        const now = returnSlot(debuggee, thread);
        const isThere =
          extent === "out" ? operation === OP.RET && now > routine : extent === "into" || now >= routine;
        if (!isThere) continue;
        const isCall = extent === "over" && executed > 1;
        const text = isCall ? `${stepped} · back after ${executed} instructions` : told();
        if (drained === 0) return taken(debuggee, thread, around, text, "stepped");
        const waited = `${text} · after ${stores(drained)} drained`;
        return taken(debuggee, thread, around, waited, "drained, then stepped");
      }
      return undefined;
    },
  };
}

const stores = (drained: number): string => (drained === 1 ? "its store had" : `its ${drained} stores had`);

/** A thread that has halted can still have stores to drain, the oldest first. */
function stepHalted(debuggee: Debuggee, thread: number, around: Surroundings, isFirst: boolean): Stop {
  const { state } = debuggee.trace;
  if (!isFirst) return taken(debuggee, thread, around, `T${thread} has halted`, "halted");
  if (allHalted(state) && !canDrain(state, thread)) return endStop(debuggee, thread, around.breakpoints);
  if (!canDrain(state, thread))
    return stopped(thread, `T${thread} has halted: step another thread`, "halted");
  const told = witness(state, { thread, kind: "drain" });
  const stop = move(debuggee, { thread, kind: "drain" }, around, false);
  return stop ?? taken(debuggee, thread, around, told(), "drained");
}
