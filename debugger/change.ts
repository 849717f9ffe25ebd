import { type Edit, edit } from "../core/run/trace.ts";
import { noteFork } from "./debuggee.ts";
import { forgetSteps, stoppedDebuggee, tellChanged } from "./pace.ts";
import type { Session } from "./session.ts";

/** Makes a change by hand: an event of the trace, which going back undoes. What came after is replaced. */
export function applyChange(session: Session, change: Edit): void {
  const debuggee = stoppedDebuggee(session);
  const { trace } = debuggee;
  const forks = trace.index < trace.log.length;
  forgetSteps(session, trace.index);
  edit(trace, change);
  if (forks) noteFork(debuggee, trace.index - 1);
  if (session.stop) session.stop = { ...session.stop, text: "changed by hand" };
  tellChanged(session);
  if (change.kind === "memory" && session.client.memoryEvents) {
    session.emit("memory", { memoryReference: "mem", offset: change.address, count: 4 });
  }
}
