import { isFinal } from "../../core/machine/state.ts";
import type { Debuggee } from "../debuggee.ts";
import type { Stop } from "./stop.ts";

/** Why nothing comes next by itself. The session lives on, so that a person can look at the end and go back from it. */
export function endStop({ trace: { state } }: Debuggee, thread: number): Stop {
  if (isFinal(state)) {
    const text = "the run is over: step back, or continue to end the session";
    return { reason: "finished", thread, text };
  }
  const waiting = state.buffers.flatMap(({ count }, t) =>
    count > 0 ? [`T${t}'s store buffer holds ${count}`] : [],
  );
  return {
    reason: "finished",
    thread,
    label: "stores wait",
    text: `all threads have halted, but ${waiting.join(", ")}: drain, or continue to drain all`,
  };
}
