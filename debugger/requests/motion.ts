import { isFinal } from "../../core/machine/state.ts";
import { enabled } from "../../core/machine/transition.ts";
import { allHalted } from "../../core/run/run.ts";
import { transitionOf, wordOf } from "../../core/schedule/log.ts";
import { type Arguments, integer, optionalInteger } from "../arguments.ts";
import { isCodeOf, locationsAt } from "../breakpoints/locations.ts";
import { applyChange } from "../change.ts";
import { lineFromClient, toClient } from "../client.ts";
import { backToEntry } from "../motions/frame-entry.ts";
import { drainRest, run } from "../motions/run.ts";
import { type Extent, stepThread } from "../motions/step.ts";
import { stepSchedule, takeAll } from "../motions/take.ts";
import { reverse, stepBack as stepBackTo } from "../motions/travel.ts";
import { begin, debuggeeOf, forgetSteps, halt, stoppedDebuggee } from "../pace.ts";
import type { Handler, Session } from "../session.ts";
import { UserError } from "../user-error.ts";
import { frameOf } from "../views/frame-id.ts";
import { instructionText, placeName } from "../views/place.ts";
import { threadNumber } from "../views/threads.ts";
import { transitionLabel } from "../views/transitions.ts";
import { terminate } from "./lifecycle.ts";

/** The thread that a request is about. @throws UserError */
function threadOf(session: Session, args: Arguments): number {
  return threadNumber(integer(args, "threadId"), debuggeeOf(session).trace.state);
}

const step =
  (extent: Extent): Handler =>
  (session, args) => {
    const thread = threadOf(session, args);
    const { stepping } = stoppedDebuggee(session);
    begin(session, stepping === "thread" ? stepThread(thread, extent) : stepSchedule(thread), {
      isStep: true,
    });
    return undefined;
  };

/** A chosen transition, or a step. */
const stepIn: Handler = (session, args) => {
  const target = optionalInteger(args, "targetId");
  if (target === undefined) return step("into")(session, args);
  const thread = threadOf(session, args);
  const chosen = transitionOf(target);
  const isPossible = enabled(stoppedDebuggee(session).trace.state).some(
    (t) => wordOf(t.thread, t.kind) === target,
  );
  if (!isPossible) throw new UserError("that transition is not possible now");
  begin(session, takeAll(thread, [chosen]), { isStep: true });
  return undefined;
};

const stepInTargets: Handler = (session, args) => {
  const debuggee = stoppedDebuggee(session);
  frameOf(debuggee, integer(args, "frameId"));
  return {
    targets: enabled(debuggee.trace.state).map((t) => ({
      id: wordOf(t.thread, t.kind),
      label: transitionLabel(debuggee.trace.state, t, session.base),
    })),
  };
};

/** Runs on; from the end of the run, ends the session. */
const goOn: Handler = (session, args) => {
  const thread = threadOf(session, args);
  const { trace } = stoppedDebuggee(session);
  const isAtEnd = trace.index === trace.log.length;
  if (isAtEnd && isFinal(trace.state)) terminate(session);
  else if (isAtEnd && allHalted(trace.state)) begin(session, drainRest(thread));
  else begin(session, run(thread, [thread, session.stop?.thread ?? thread]));
  return { allThreadsContinued: true };
};

const stepBack: Handler = (session, args) => {
  const thread = threadOf(session, args);
  const { trace } = stoppedDebuggee(session);
  if (trace.index === 0) {
    halt(session, {
      reason: "step",
      thread,
      label: "at the start",
      text: "this is the start: there is nothing to undo",
    });
    return undefined;
  }
  forgetSteps(session, trace.index);
  const last = session.steps.at(-1);
  begin(session, stepBackTo(thread, last?.end === trace.index ? last.start : trace.index - 1));
  return undefined;
};

const reverseContinue: Handler = (session, args) => {
  begin(session, reverse(threadOf(session, args)));
  return undefined;
};

const pause: Handler = (session) => {
  debuggeeOf(session);
  if (session.motion) {
    const { thread } = session.motion;
    halt(session, { reason: "pause", thread, text: "paused" });
  }
  return undefined;
};

const gotoTargets: Handler = (session, args) => {
  const debuggee = debuggeeOf(session);
  const line = lineFromClient(integer(args, "line"), session.client);
  return {
    targets: locationsAt(debuggee, line, undefined).map(({ operation, ...place }) => ({
      id: operation,
      label: `${placeName(debuggee.program, operation)} · ${instructionText(debuggee.program, operation)}`,
      instructionPointerReference: String(debuggee.program.loadAddress + operation),
      ...toClient(place, session.client),
    })),
  };
};

/** Jumps: a change of the thread's `pc`, recorded like any change by hand. */
const jump: Handler = (session, args) => {
  const thread = threadOf(session, args);
  const { program } = stoppedDebuggee(session);
  const value = integer(args, "targetId");
  if (value < 0 || value >= program.code.length) throw new UserError("there is no such place to jump to");
  if (!isCodeOf(program, value, thread))
    throw new UserError(`T${thread} cannot jump into the code of another thread`);
  applyChange(session, { kind: "pc", thread, value });
  halt(session, { reason: "goto", thread, text: `T${thread} jumped: its pc was changed by hand` });
  return undefined;
};

/** Travels back to where a routine was entered. */
const restartFrame: Handler = (session, args) => {
  const debuggee = stoppedDebuggee(session);
  const { thread, depth } = frameOf(debuggee, integer(args, "frameId"));
  begin(session, backToEntry(debuggee, thread, depth));
  return undefined;
};

export const motionRequests: Readonly<Record<string, Handler>> = {
  continue: goOn,
  next: step("over"),
  stepIn,
  stepInTargets,
  stepOut: step("out"),
  stepBack,
  reverseContinue,
  pause,
  gotoTargets,
  goto: jump,
  restartFrame,
};
