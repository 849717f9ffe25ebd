import { type Arguments, integer, isObject, optionalFlag, optionalInteger } from "../arguments.ts";
import { toClient } from "../client.ts";
import type { Base } from "../expressions/tree.ts";
import { debuggeeOf } from "../pace.ts";
import type { Handler, Session } from "../session.ts";
import { UserError } from "../user-error.ts";
import { frameId, frameOf } from "../views/frame-id.ts";
import { spanOf } from "../views/place.ts";
import { SCOPES, scopeReference, variablesOf } from "../views/scopes.ts";
import { frameAddress, frames } from "../views/stack.ts";
import { threadList, threadNumber } from "../views/threads.ts";

const threads: Handler = (session) => ({
  threads: session.debuggee ? threadList(session.debuggee.trace.state) : [],
});

const stackTrace: Handler = (session, args) => {
  const debuggee = debuggeeOf(session);
  const thread = threadNumber(integer(args, "threadId"), debuggee.trace.state);
  const all = frames(debuggee, thread).map((frame, depth) => ({
    id: frameId(thread, depth),
    name: frame.name,
    source: debuggee.source,
    ...toClient(spanOf(debuggee, frame.operation), session.client),
    instructionPointerReference: frameAddress(debuggee, frame),
    canRestart: true,
  }));
  const start = Math.max(0, optionalInteger(args, "startFrame") ?? 0);
  const levels = optionalInteger(args, "levels") || all.length;
  return { stackFrames: all.slice(start, start + levels), totalFrames: all.length };
};

/** Clients ask for the scopes of the frame that the person has selected, and of no other. */
const scopes: Handler = (session, args) => {
  const { thread } = frameOf(debuggeeOf(session), integer(args, "frameId"));
  session.focus = thread;
  return {
    scopes: SCOPES.map(({ name, hint }, i) => ({
      name,
      variablesReference: scopeReference(thread, i),
      expensive: false,
      ...(hint ? { presentationHint: hint } : {}),
    })),
  };
};

const variables: Handler = (session, args) => {
  const all = variablesOf(integer(args, "variablesReference"), debuggeeOf(session), baseOf(session, args));
  const start = Math.max(0, optionalInteger(args, "start") ?? 0);
  const count = optionalInteger(args, "count") || all.length;
  return { variables: all.slice(start, start + count) };
};

/** The base that a request asks for, otherwise the one that all views have. */
export function baseOf({ base }: Session, args: Arguments): Base {
  const format = args["format"];
  return isObject(format) && optionalFlag(format, "hex") ? 16 : base;
}

const EXPLANATIONS: Readonly<Record<string, string>> = {
  fault: "The machine cannot execute this instruction; the state is as it was before it.",
  divergence: "From here on the recording cannot be followed.",
};

const exceptionInfo: Handler = ({ stop }) => {
  if (!stop?.exception) throw new UserError("the program did not stop because of an exception");
  const { filter, title, explanation } = stop.exception;
  return {
    exceptionId: title,
    description: explanation,
    breakMode: "always",
    details: { message: explanation, typeName: filter, stackTrace: EXPLANATIONS[filter] ?? "" },
  };
};

export const viewRequests: Readonly<Record<string, Handler>> = {
  threads,
  stackTrace,
  scopes,
  variables,
  exceptionInfo,
};
