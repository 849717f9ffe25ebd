import { canExecute } from "../../core/machine/transition.ts";
import { move, nextEvent, redoEdit, stopBefore } from "./advance.ts";
import { endStop } from "./end.ts";
import type { Motion } from "./motion.ts";
import { watchProgress } from "./progress.ts";
import type { Stop } from "./stop.ts";

/**
 * Runs on: along what is recorded, then as the scheduler chooses, until something stops it.
 * @param shown threads that do not stop at the breakpoint they stand on, because the person has seen them there
 */
export function run(thread: number, shown: readonly number[]): Motion {
  const leaving = new Set(shown);
  const progress = watchProgress();
  return {
    thread,
    slice(debuggee, around, budget) {
      const watches = around.breakpoints.exceptions.has("livelock");
      for (let i = 0; i < budget; i++) {
        const next = nextEvent(debuggee);
        if (!next) return endStop(debuggee, thread, around.breakpoints);
        if (next.kind === "edit") {
          redoEdit(debuggee, thread);
          continue;
        }
        const { transition } = next;
        if (transition.kind === "execute") {
          const isSeen = leaving.delete(transition.thread);
          const stop = stopBefore(debuggee, transition.thread, around, isSeen);
          if (stop) return stop;
        }
        const isChosen = next.kind === "chosen";
        const stop = move(debuggee, transition, around, isChosen);
        if (stop) return stop;
        const stuck = isChosen && watches ? progress(debuggee, thread) : undefined;
        if (stuck) return stuck;
      }
      return undefined;
    },
  };
}

/** Drains what is left when all threads have halted under the drain policy `manual`, thread by thread, the oldest store first. */
export function drainRest(thread: number): Motion {
  return {
    thread,
    slice(debuggee, around, budget) {
      const { state } = debuggee.trace;
      for (let i = 0; i < budget; i++) {
        const waiting = state.buffers.findIndex((b) => b.count > 0);
        if (waiting < 0) return endStop(debuggee, thread, around.breakpoints);
        const stop = move(debuggee, { thread: waiting, kind: "drain" }, around, false);
        if (stop) return stop;
      }
      return undefined;
    },
  };
}

/**
 * Runs one thread alone until it halts, must wait for its store buffer, or arrives at an operation if one is given. One that waits already drains
 * first, as a step does.
 */
export function runThread(thread: number, target?: number): Motion {
  let executed = 0;
  const stopped = (label: string, text: string): Stop => ({ reason: "step", thread, label, text });
  return {
    thread,
    slice(debuggee, around, budget) {
      const { state } = debuggee.trace;
      for (let i = 0; i < budget; i++) {
        if (state.halted[thread]) return stopped("halted", `T${thread} has halted`);
        if (executed > 0) {
          if (state.pc[thread] === target) return stopped("ran to here", `T${thread} ran to here alone`);
          if (!canExecute(state, thread))
            return stopped("waits", `T${thread} waits for its store buffer to drain`);
        }
        const kind = canExecute(state, thread) ? "execute" : "drain";
        const before = kind === "execute" ? stopBefore(debuggee, thread, around, executed === 0) : undefined;
        if (before) return before;
        const stop = move(debuggee, { thread, kind }, around, false);
        if (stop) return stop;
        if (kind === "execute") executed++;
      }
      return undefined;
    },
  };
}
