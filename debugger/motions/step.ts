import { OP } from "../../core/isa/operations.ts";
import { canDrain, canExecute, type Transition } from "../../core/machine/transition.ts";
import type { Debuggee } from "../debuggee.ts";
import { callDepth } from "../views/stack.ts";
import { move, nextEvent, redoEdit, type Surroundings, stopBefore } from "./advance.ts";
import { witness } from "./describe.ts";
import { endStop } from "./end.ts";
import type { Motion } from "./motion.ts";
import type { Stop } from "./stop.ts";

/** How far a step of one thread goes. */
export type Extent = "into" | "over" | "out";

/**
 * Moves one thread, and no other. An instruction that waits for the thread's own buffer drains that first, each drain a transition of its own; the
 * step ends when the instruction has executed, and says what happened.
 */
export function stepThread(thread: number, extent: Extent): Motion {
  let depth: number | undefined;
  let drained = 0;
  let first = true;
  return {
    thread,
    slice(debuggee, around, budget) {
      const { state } = debuggee.trace;
      depth ??= callDepth(debuggee, thread);
      if (extent === "out" && depth === 0)
        return stopped(
          thread,
          `T${thread} is in no routine: there is nothing to step out of`,
          "not in a routine",
        );
      for (let i = 0; i < budget; i++) {
        if (state.halted[thread]) return stepHalted(debuggee, thread, around, first);
        const before = first ? undefined : stopBefore(debuggee, thread, around);
        if (before) return before;
        const execute = canExecute(state, thread);
        const operation = state.program.code.operation[state.pc[thread]!];
        const told = witness(state, { thread, kind: execute ? "execute" : "drain" });
        const stop = move(debuggee, { thread, kind: execute ? "execute" : "drain" }, around, false);
        if (stop) return stop;
        if (!execute) {
          drained++;
          continue;
        }
        first = false;
        const isThere =
          extent === "out"
            ? operation === OP.RET && callDepth(debuggee, thread) < depth
            : extent === "into" || callDepth(debuggee, thread) <= depth;
        if (isThere && drained === 0) return stopped(thread, told());
        if (isThere)
          return stopped(thread, `${told()} · after ${stores(drained)} drained`, "drained, then stepped");
      }
      return undefined;
    },
  };
}

const stores = (drained: number): string => (drained === 1 ? "its store had" : `its ${drained} stores had`);

const stopped = (thread: number, text: string, label = "stepped"): Stop => ({
  reason: "step",
  thread,
  label,
  text,
});

/** A thread that has halted can still have stores to drain, the oldest first. */
function stepHalted(debuggee: Debuggee, thread: number, around: Surroundings, first: boolean): Stop {
  const { state } = debuggee.trace;
  if (!first) return stopped(thread, `T${thread} has halted`, "halted");
  if (!canDrain(state, thread))
    return stopped(thread, `T${thread} has halted: step another thread`, "halted");
  const told = witness(state, { thread, kind: "drain" });
  return move(debuggee, { thread, kind: "drain" }, around, false) ?? stopped(thread, told(), "drained");
}

/** Takes transitions that somebody chose, one after the other. */
export function takeAll(thread: number, transitions: readonly Transition[]): Motion {
  let at = 0;
  return {
    thread,
    slice(debuggee, around, budget) {
      for (let i = 0; i < budget; i++) {
        const transition = transitions[at++];
        if (!transition) return stopped(thread, "there was nothing to do");
        const told = witness(debuggee.trace.state, transition);
        const stop = move(debuggee, transition, around, false);
        if (stop) return stop;
        if (at === transitions.length) {
          return stopped(thread, told(), transition.kind === "drain" ? "drained" : "stepped");
        }
      }
      return undefined;
    },
  };
}

/** Takes what the scheduler takes next, or what is recorded next. */
export function stepSchedule(thread: number): Motion {
  return {
    thread,
    slice(debuggee, around) {
      const next = nextEvent(debuggee);
      if (!next) return endStop(debuggee, thread, around.breakpoints);
      if (next.kind === "edit") return redoEdit(debuggee, thread);
      const told = witness(debuggee.trace.state, next.transition);
      const stop = move(debuggee, next.transition, around, next.kind === "chosen");
      return stop ?? stopped(next.transition.thread, told());
    },
  };
}
