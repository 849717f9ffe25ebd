import { enabled } from "../../core/machine/transition.ts";
import { recordingHeader, recordLog } from "../../core/run/recording.ts";
import { goTo } from "../../core/run/trace.ts";
import { integer, optionalChoice, optionalInteger, optionalText } from "../arguments.ts";
import { locationOfThread } from "../breakpoints/locations.ts";
import { lineFromClient } from "../client.ts";
import type { Debuggee } from "../debuggee.ts";
import { STEPPINGS } from "../launch.ts";
import { reverseStepOver } from "../motions/reverse-step.ts";
import { runThread } from "../motions/run.ts";
import { takeAll } from "../motions/take.ts";
import { travel } from "../motions/travel.ts";
import { begin, debuggeeOf, stoppedDebuggee, tellChanged } from "../pace.ts";
import type { Handler } from "../session.ts";
import { UserError } from "../user-error.ts";
import { drainsOf } from "../views/drains.ts";
import { machineView } from "../views/machine.ts";
import { scheduleFlags, scheduleText } from "../views/schedule.ts";
import { threadId, threadNumber } from "../views/threads.ts";
import { timeline } from "../views/timeline.ts";
import { transitionLabel } from "../views/transitions.ts";

/** `interleave/drain`: the oldest stores of a thread reach memory, one if nothing else is said. The person goes on looking at the same thread. */
const drain: Handler = (session, args) => {
  const { state } = stoppedDebuggee(session).trace;
  const thread = threadNumber(integer(args, "threadId"), state);
  const count = args["count"] === "all" ? "all" : (optionalInteger(args, "count") ?? 1);
  begin(session, takeAll(session.focus, drainsOf(state, thread, count)));
  return undefined;
};

/** `interleave/transitions`: what is possible now. */
const transitions: Handler = (session) => {
  const { state } = debuggeeOf(session).trace;
  return {
    transitions: enabled(state).map((t) => ({
      ...t,
      threadId: threadId(t.thread),
      label: transitionLabel(state, t, session.base),
    })),
  };
};

/** `interleave/take`: one transition, by thread number. A drain is no step of its thread: the person goes on looking where they look. */
const take: Handler = (session, args) => {
  const thread = integer(args, "thread");
  const kind = optionalChoice(args, "kind", ["execute", "drain"] as const) ?? "execute";
  const { state } = stoppedDebuggee(session).trace;
  threadNumber(threadId(thread), state);
  begin(session, takeAll(kind === "drain" ? session.focus : thread, [{ thread, kind }]), { isStep: true });
  return undefined;
};

/** `interleave/goto`: travels to the state after the first `index` events. */
const goto: Handler = (session, args) => {
  const index = integer(args, "index");
  const { log } = stoppedDebuggee(session).trace;
  if (index < 0 || index > log.length)
    throw new UserError(`there is no index ${index}; the run so far has 0 to ${log.length}`);
  begin(session, travel(session.focus, index));
  return undefined;
};

/** `interleave/state`: the whole machine, and where in time it is. */
const state: Handler = machineView;

const schedule: Handler = (session) => {
  const debuggee = debuggeeOf(session);
  const flags = scheduleFlags(debuggee);
  return { text: scheduleText(debuggee.trace), ...(flags === undefined ? {} : { flags }) };
};

/** `interleave/record`: the run so far as a recording, written to a file if a path is given. */
const record: Handler = (session, args) => {
  const text = recordingText(stoppedDebuggee(session));
  const path = optionalText(args, "path");
  if (path === undefined) return { text };
  return { effect: { type: "write", path, text }, resume: () => ({ path }) };
};

function recordingText({ trace, program, values, configuration }: Debuggee): string {
  const { drain, start } = configuration;
  const options = { ...values, ...(drain === "manual" ? {} : { drain }) };
  const header = recordingHeader(program.name, program.text, start.model, options);
  const { index } = trace;
  const text = recordLog(header, trace.log, trace.edits, (event) => {
    goTo(trace, event);
    return trace.state;
  });
  goTo(trace, index);
  return text;
}

/** `interleave/stepping`: what a step moves from now on. */
const stepping: Handler = (session, args) => {
  const debuggee = debuggeeOf(session);
  const wanted = optionalChoice(args, "stepping", STEPPINGS);
  if (wanted) debuggee.stepping = wanted;
  tellChanged(session);
  return { stepping: debuggee.stepping };
};

const BASES = { decimal: 10, hexadecimal: 16, binary: 2 } as const;

/** `interleave/format`: the base in which all views show numbers. */
const format: Handler = (session, args) => {
  const name = optionalChoice(args, "base", ["decimal", "hexadecimal", "binary"] as const) ?? "decimal";
  session.base = BASES[name];
  if (session.debuggee) tellChanged(session);
  if (session.client.invalidatedEvents) session.emit("invalidated", { areas: ["variables"] });
  return undefined;
};

/** `interleave/runThread`: one thread alone, until it waits or halts, or to a line. */
const runAlone: Handler = (session, args) => {
  const debuggee = stoppedDebuggee(session);
  const thread = threadNumber(integer(args, "threadId"), debuggee.trace.state);
  const line = optionalInteger(args, "line");
  const target =
    line === undefined
      ? undefined
      : locationOfThread(debuggee, lineFromClient(line, session.client), thread).operation;
  begin(session, runThread(thread, target));
  return undefined;
};

/** `interleave/reverseStepOver`: back to before the last instruction of a thread's routine; behind a return, to before the call. */
const stepBackOver: Handler = (session, args) => {
  const debuggee = stoppedDebuggee(session);
  const thread = threadNumber(integer(args, "threadId"), debuggee.trace.state);
  begin(session, reverseStepOver(debuggee, thread));
  return undefined;
};

export const customRequests: Readonly<Record<string, Handler>> = {
  "interleave/drain": drain,
  "interleave/transitions": transitions,
  "interleave/take": take,
  "interleave/goto": goto,
  "interleave/state": state,
  "interleave/schedule": schedule,
  "interleave/record": record,
  "interleave/stepping": stepping,
  "interleave/format": format,
  "interleave/runThread": runAlone,
  "interleave/reverseStepOver": stepBackOver,
  "interleave/timeline": (session, args) => timeline(debuggeeOf(session), optionalInteger(args, "from") ?? 0),
};
