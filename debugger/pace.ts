import { brokenNow } from "./checks.ts";
import { toClient } from "./client.ts";
import type { Debuggee } from "./debuggee.ts";
import type { Motion } from "./motions/motion.ts";
import type { Stop, StopReason } from "./motions/stop.ts";
import type { Session } from "./session.ts";
import { UserError } from "./user-error.ts";
import { spanOf } from "./views/place.ts";
import { threadId } from "./views/threads.ts";

/** Events between two looks at what the client wants: some milliseconds. */
const SLICE = 20_000;

/** The debuggee, which must be there. @throws UserError before the launch and after the end */
export function debuggeeOf({ debuggee }: Readonly<Session>): Debuggee {
  if (debuggee) return debuggee;
  throw new UserError("nothing is being debugged: launch a program first");
}

/** The debuggee, which must stand still. @throws UserError while it runs */
export function stoppedDebuggee(session: Session): Debuggee {
  const debuggee = debuggeeOf(session);
  if (session.motion) throw new UserError("the program is running: pause it first");
  return debuggee;
}

/** Tells that views have something else to show. */
export function tellChanged(session: Session): void {
  const { index, log } = debuggeeOf(session).trace;
  session.emit("interleave/changed", { index, length: log.length });
}

interface MotionOptions {
  /** A step back later undoes it as a whole. */
  readonly isStep?: boolean;
  /** The response tells what happened, so that the console need not. */
  readonly isAnswered?: boolean;
}

/** Begins a motion with its first slice. */
export function begin(session: Session, motion: Motion, options: MotionOptions = {}): void {
  const debuggee = stoppedDebuggee(session);
  const { trace } = debuggee;
  debuggee.broken = brokenNow(debuggee.checks, trace.state);
  const { isStep = false, isAnswered = false } = options;
  forgetSteps(session, trace.index);
  session.motion = isStep ? rememberStep(session, motion, trace.index) : motion;
  session.stop = undefined;
  session.focus = motion.thread;
  runSlice(session, !isAnswered);
  if (session.motion) {
    session.emit("continued", { threadId: threadId(motion.thread), allThreadsContinued: true });
  }
}

/** Forgets the steps that ended behind an index: from there on the run may go another way. */
export function forgetSteps({ steps }: Session, index: number): void {
  const kept = steps.findLastIndex(({ end }) => end <= index) + 1;
  steps.length = kept;
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
export function runSlice(session: Session, tells = true): void {
  const { motion, debuggee } = session;
  if (!motion || !debuggee) return;
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
  tellChanged(session);
  if (stop) halt(session, stop, tells);
  else session.later();
}

/** What the badge in the call stack says where the stop brings no words of its own. */
const LABELS: Readonly<Record<StopReason, string>> = {
  entry: "at the start",
  step: "stepped",
  pause: "paused",
  goto: "jumped",
  breakpoint: "at a breakpoint",
  "function breakpoint": "at a label",
  "instruction breakpoint": "at an address",
  "data breakpoint": "data breakpoint",
  exception: "stopped",
  travel: "travelled",
  finished: "run over",
};

/** Ends a motion and tells why: a badge in the call stack, a sentence in the console. */
export function halt(session: Session, stop: Stop, tells = true): void {
  const { reason, thread, text, breakpoints } = stop;
  session.motion = undefined;
  session.stop = stop;
  session.focus = thread;
  if (tells) session.emit("output", { category: "stdout", output: `${text}\n` });
  session.emit("stopped", {
    reason: reason === "travel" ? "goto" : reason,
    description: stop.label ?? LABELS[reason],
    text,
    threadId: threadId(thread),
    allThreadsStopped: true,
    ...(breakpoints ? { hitBreakpointIds: breakpoints } : {}),
  });
}
