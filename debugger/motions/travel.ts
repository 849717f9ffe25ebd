import { CHECKPOINT_DISTANCE, EDIT_WORD, goTo, peek } from "../../core/run/trace.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import { wasHit } from "../breakpoints/code-breakpoint.ts";
import { accessOf, dataHits } from "../breakpoints/data-breakpoint.ts";
import type { Breakpoints } from "../breakpoints/registry.ts";
import type { Debuggee } from "../debuggee.ts";
import { conditionStop } from "./advance.ts";
import { witness } from "./describe.ts";
import type { Motion } from "./motion.ts";
import type { Stop } from "./stop.ts";

/** Goes to an index of the trace. */
export function travel(thread: number, index: number, text?: string): Motion {
  return {
    thread,
    slice({ trace }) {
      goTo(trace, index);
      return {
        reason: "travel",
        thread,
        label: `at ${index} of ${trace.log.length}`,
        text: text ?? `travelled to ${index} of ${trace.log.length}`,
      };
    },
  };
}

/** Undoes what led from `index` to here: a step, or the last event. */
export function stepBack(thread: number, index: number): Motion {
  return {
    thread,
    slice({ trace }) {
      const undone = trace.index - index;
      goTo(trace, index);
      const what = undone === 1 ? eventText({ trace }) : `the last step, ${undone} transitions`;
      return { reason: "step", thread, label: "undone", text: `undone: ${what}` };
    },
  };
}

/** The event that is recorded next, in words. */
function eventText({ trace }: Pick<Debuggee, "trace">): string {
  const word = trace.log.words[trace.index];
  if (trace.index >= trace.log.length || word === undefined) return "nothing";
  if (word === EDIT_WORD) return "a change made by hand";
  return peek(trace, witness(trace.state, transitionOf(word)));
}

/**
 * Runs backwards to the last breakpoint or data breakpoint before here, or to the start. Stretches between checkpoints are searched from the latest
 * to the first, each forwards, because going forwards is what the machine can do.
 */
export function reverse(thread: number): Motion {
  let end: number | undefined;
  return {
    thread,
    slice(debuggee, { breakpoints }) {
      const { trace } = debuggee;
      end ??= trace.index;
      if (end === 0)
        return {
          reason: "travel",
          thread,
          label: "at the start",
          text: "this is the start: nothing is before it",
        };
      const start = Math.floor((end - 1) / CHECKPOINT_DISTANCE) * CHECKPOINT_DISTANCE;
      const found = lastStop(debuggee, breakpoints, start, end);
      goTo(trace, found?.index ?? start);
      if (found) return found.stop;
      end = start;
      if (start > 0) return undefined;
      return { reason: "travel", thread, label: "at the start", text: "back at the start" };
    },
  };
}

/** The last place from `start` to before `end` at which a run would have stopped. */
function lastStop(
  debuggee: Debuggee,
  breakpoints: Breakpoints,
  start: number,
  end: number,
): { readonly index: number; readonly stop: Stop } | undefined {
  const { trace } = debuggee;
  let found: { readonly index: number; readonly stop: Stop } | undefined;
  goTo(trace, start);
  while (trace.index < end) {
    const { index } = trace;
    const stop = stopAt(debuggee, breakpoints);
    if (stop) found = { index, stop };
    if (trace.index === index) goTo(trace, index + 1);
  }
  return found;
}

/** Why a run backwards stops before the event that is recorded next. May take that event. */
function stopAt({ trace }: Debuggee, { code, data }: Breakpoints): Stop | undefined {
  const { state, index } = trace;
  const word = trace.log.words[index]!;
  if (word === EDIT_WORD) return undefined;
  const transition = transitionOf(word);
  const { thread, kind } = transition;
  try {
    const place = { state, thread };
    const here = kind === "execute" ? code.get(state.pc[thread]!) : undefined;
    const hit = here?.filter((b) => wasHit(b, place, index)) ?? [];
    if (hit[0]) {
      const text = `T${thread} is back at a ${hit[0].kind}`;
      return { reason: hit[0].kind, thread, text, breakpoints: hit.map((b) => b.id) };
    }
    const access = data.length > 0 ? accessOf(state, transition) : undefined;
    if (!access || !data.some((b) => b.address === access.address)) return undefined;
    const told = witness(state, transition);
    goTo(trace, index + 1);
    const hits = dataHits(data, access, state, index + 1, false);
    if (hits.length === 0) return undefined;
    return {
      reason: "data breakpoint",
      thread,
      label: "undone",
      text: `undone: ${told()}`,
      breakpoints: hits.map((b) => b.id),
    };
  } catch (error) {
    return conditionStop(error, thread);
  }
}
