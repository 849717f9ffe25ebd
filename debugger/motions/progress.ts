import { findLoops, type Loop, loopsOfCycle } from "../../core/run/loop.ts";
import { createRecurrence, metAgain } from "../../core/run/recurrence.ts";
import { allSpin } from "../../core/run/spinning.ts";
import type { Debuggee } from "../debuggee.ts";
import type { Stop } from "./stop.ts";

/** Transitions between two looks at whether all threads spin. */
const LOOK_DISTANCE = 1 << 15;

/** Watches a run as the scheduler chooses; what it returns must be called after each such transition, and stops the run that makes no progress. */
export function watchProgress(): (debuggee: Debuggee, thread: number) => Stop | undefined {
  const recurrence = createRecurrence();
  let watched = 0;
  return (debuggee, thread) => {
    const { trace, chooser } = debuggee;
    const { state, log } = trace;
    const since = metAgain(recurrence, chooser);
    if (since !== undefined) {
      const cycle = log.words.subarray(since, trace.index);
      return noProgress(
        debuggee,
        thread,
        `everything is as it was after ${since} transitions, so the last ${cycle.length} repeat for ever under this scheduler`,
        loopsOfCycle(state, cycle),
      );
    }
    if (++watched % LOOK_DISTANCE !== 0 || !allSpin(state)) return undefined;
    const why = "whoever moves, no thread changes what another reads";
    return noProgress(debuggee, thread, why, findLoops(state));
  };
}

function noProgress(debuggee: Debuggee, thread: number, why: string, loops: readonly Loop[]): Stop {
  const explanation = [
    `no progress: ${why}`,
    ...loops.map((loop) => loopText(debuggee, loop)),
    ...waitingText(debuggee),
  ].join("; ");
  return {
    reason: "exception",
    thread,
    label: "no progress",
    text: explanation,
    exception: { filter: "livelock", title: "no progress", explanation },
  };
}

function loopText({ lines }: Debuggee, { thread, first, last }: Loop): string {
  const place = ({ text, range }: Loop["first"]) =>
    `\`${text}\` (line ${lines.position(range.start).line + 1})`;
  if (first === last) return `T${thread} stays at ${place(first)}`;
  return `T${thread} goes round from ${place(first)} to ${place(last)}`;
}

/** Under the drain policy `manual` a person may be what everybody waits for. */
function waitingText({ trace, configuration }: Debuggee): string[] {
  if (configuration.drain !== "manual") return [];
  return trace.state.buffers.flatMap(({ count }, t) =>
    count > 0 ? [`T${t}'s store buffer holds ${count} that only you drain`] : [],
  );
}
