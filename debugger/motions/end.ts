import { isFinal } from "../../core/machine/state.ts";
import type { Breakpoints } from "../breakpoints/registry.ts";
import { judgeFinal } from "../checks.ts";
import type { Debuggee } from "../debuggee.ts";
import { checkStop, type Stop } from "./stop.ts";

/** Why nothing comes next by itself. The session lives on, so that a person can look at the end and go back from it. */
export function endStop(
  { trace: { state }, checks }: Debuggee,
  thread: number,
  { exceptions }: Breakpoints,
): Stop {
  if (isFinal(state)) {
    const { failed, witnessed } = judgeFinal(checks, state);
    const found = witnessed.map((c) => `; this run is a witness of \`${c.text}\``).join("");
    const text = `the run is over${found}: step back, or continue to end the session`;
    if (failed.length === 0 || !exceptions.has("check")) return { reason: "finished", thread, text };
    const stop = checkStop(state, thread, failed, "at the end of this run");
    return { ...stop, text: `${stop.text} · ${text}` };
  }
  const waiting = state.buffers.flatMap(({ count }, t) => (count > 0 ? [`T${t}: ${count}`] : []));
  return {
    reason: "finished",
    thread,
    label: "stores wait",
    text: `all threads have halted, but stores wait (${waiting.join(", ")}): drain, or continue to drain all`,
  };
}
