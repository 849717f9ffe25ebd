import { toClient } from "./client.ts";
import type { Debuggee } from "./debuggee.ts";
import type { Motion } from "./motions/motion.ts";
import type { Stop } from "./motions/stop.ts";
import type { Session } from "./session.ts";
import { UserError } from "./user-error.ts";
import { spanOf } from "./views/place.ts";
import { threadId } from "./views/threads.ts";

/** Events between two looks at what the client wants: some milliseconds. */
const SLICE = 20_000;

/** The debuggee, which must be there. @throws UserError before the launch and after the end */
export function debuggeeOf({ debuggee }: Session): Debuggee {
  if (debuggee) return debuggee;
  throw new UserError("nothing is being debugged: launch a program first");
}

/** The debuggee, which must stand still. @throws UserError while it runs */
export function stoppedDebuggee(session: Session): Debuggee {
  const debuggee = debuggeeOf(session);
  if (session.motion) throw new UserError("the program is running: pause it first");
  return debuggee;
}

/** Begins a motion with its first slice. @param isStep whether a step back later undoes it as a whole */
export function begin(session: Session, motion: Motion, isStep = false): void {
  const { trace } = stoppedDebuggee(session);
  const start = trace.index;
  if (!isStep) session.steps.length = 0;
  session.motion = isStep ? rememberStep(session, motion, start) : motion;
  session.stop = undefined;
  session.focus = motion.thread;
  runSlice(session);
  if (session.motion) {
    session.emit("continued", { threadId: threadId(motion.thread), allThreadsContinued: true });
  }
}

function rememberStep({ steps }: Session, motion: Motion, start: number): Motion {
  return {
    thread: motion.thread,
    slice(debuggee, around, budget) {
      const stop = motion.slice(debuggee, around, budget);
      if (stop && debuggee.trace.index > start + 1) steps.push({ start, end: debuggee.trace.index });
      return stop;
    },
  };
}

/** Lets the motion that is under way, if there is one, go on. */
export function runSlice(session: Session): void {
  const { motion, debuggee } = session;
  if (!motion || !debuggee) return;
  const { trace } = debuggee;
  const surroundings = {
    breakpoints: session.breakpoints,
    print: (output: string, operation: number) => {
      const { line, column } = toClient(spanOf(debuggee, operation), session.client);
      session.emit("output", { category: "stdout", output, source: debuggee.source, line, column });
    },
  };
  let stop: Stop | undefined;
  try {
    stop = motion.slice(debuggee, surroundings, SLICE);
  } catch (error) {
    session.motion = undefined;
    throw error;
  }
  session.emit("interleave/changed", { index: trace.index, length: trace.log.length });
  if (stop) halt(session, stop);
  else session.later();
}

/** Ends a motion and tells why. */
export function halt(session: Session, stop: Stop): void {
  session.motion = undefined;
  session.stop = stop;
  session.focus = stop.thread;
  session.emit("stopped", {
    reason: stop.reason === "travel" ? "goto" : stop.reason,
    description: stop.description,
    threadId: threadId(stop.thread),
    allThreadsStopped: true,
    ...(stop.breakpoints ? { hitBreakpointIds: stop.breakpoints } : {}),
    ...(stop.exception ? { text: stop.exception.explanation } : {}),
  });
}
