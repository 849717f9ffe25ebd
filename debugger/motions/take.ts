import { explainRefusal } from "../../core/machine/refusal.ts";
import { isFinal } from "../../core/machine/state.ts";
import { canDrain, canExecute, type Transition } from "../../core/machine/transition.ts";
import type { Debuggee } from "../debuggee.ts";
import { UserError } from "../user-error.ts";
import { move, nextEvent, redoEdit, type Surroundings, stopBefore } from "./advance.ts";
import { witness } from "./describe.ts";
import { endStop } from "./end.ts";
import type { Motion } from "./motion.ts";
import type { Stop } from "./stop.ts";

/** The stop at which a step ends. */
export const stopped = (thread: number, text: string, label: string): Stop => ({
  reason: "step",
  thread,
  label,
  text,
});

/** The stop behind a transition; if that was the last one that is possible, it says how the run ended. */
export function taken(
  debuggee: Debuggee,
  thread: number,
  { breakpoints }: Surroundings,
  text: string,
  label: string,
): Stop {
  if (!isFinal(debuggee.trace.state)) return stopped(thread, text, label);
  const end = endStop(debuggee, thread, breakpoints);
  return { ...end, text: `${text} · ${end.text}` };
}

/**
 * Takes transitions that somebody chose, one after the other, up to the first that is not possible; that is refused with words if none was taken
 * before it.
 */
export function takeAll(thread: number, transitions: readonly Transition[]): Motion {
  let at = 0;
  return {
    thread,
    slice(debuggee, around, budget) {
      const { state } = debuggee.trace;
      for (let i = 0; i < budget; i++) {
        const transition = transitions[at]!;
        const isExecute = transition.kind === "execute";
        const isPossible = isExecute
          ? canExecute(state, transition.thread)
          : canDrain(state, transition.thread);
        if (!isPossible) {
          const why = explainRefusal(state, transition);
          if (at === 0) throw new UserError(why);
          const text = `${why}; ${at} of ${transitions.length} transitions were taken`;
          return stopped(thread, text, "not possible");
        }
        if (isExecute) stopBefore(debuggee, transition.thread, around, true);
        const told = witness(state, transition);
        const stop = move(debuggee, transition, around, false);
        if (stop) return stop;
        at++;
        if (at === transitions.length)
          return taken(debuggee, thread, around, told(), isExecute ? "stepped" : "drained");
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
      const { transition } = next;
      if (transition.kind === "execute") stopBefore(debuggee, transition.thread, around, true);
      const told = witness(debuggee.trace.state, transition);
      const stop = move(debuggee, transition, around, next.kind === "chosen");
      return stop ?? taken(debuggee, transition.thread, around, told(), "stepped");
    },
  };
}
