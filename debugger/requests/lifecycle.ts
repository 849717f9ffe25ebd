import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Arguments, isObject } from "../arguments.ts";
import { BREAKPOINT_MODES } from "../breakpoints/modes.ts";
import { forgetHits, resolve } from "../breakpoints/registry.ts";
import { readClient, toClient } from "../client.ts";
import { createDebuggee } from "../debuggee.ts";
import { type Launch, readLaunch } from "../launch.ts";
import { run } from "../motions/run.ts";
import { begin, debuggeeOf, halt } from "../pace.ts";
import { prepare } from "../replay.ts";
import type { Handler, Result, Session } from "../session.ts";
import { UserError } from "../user-error.ts";

const CAPABILITIES: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsBreakpointLocationsRequest: true,
  supportsInstructionBreakpoints: true,
  supportsDataBreakpoints: true,
  supportsDataBreakpointBytes: true,
  supportsEvaluateForHovers: true,
  supportsStepBack: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsRestartFrame: true,
  supportsRestartRequest: true,
  supportsGotoTargetsRequest: true,
  supportsStepInTargetsRequest: true,
  supportsCompletionsRequest: true,
  supportsExceptionInfoRequest: true,
  supportsExceptionFilterOptions: false,
  supportsTerminateRequest: true,
  supportsReadMemoryRequest: true,
  supportsWriteMemoryRequest: true,
  supportsDisassembleRequest: true,
  supportsValueFormattingOptions: true,
  exceptionBreakpointFilters: [
    {
      filter: "fault",
      label: "Faults",
      description: "An instruction cannot be executed: unmapped memory, code used as data, a bad jump",
      default: true,
    },
    {
      filter: "check",
      label: "Failed checks",
      description:
        "A check of the program fails: `always` and `mutex` in any state, `forall` and `~exists` at the end",
      default: true,
    },
    {
      filter: "livelock",
      label: "Deadlock or livelock",
      description:
        "No progress: a state is met again that the scheduler leads back to for ever, or no thread can change what the others wait for",
      default: true,
    },
  ],
  breakpointModes: [...BREAKPOINT_MODES],
};

const initialize: Handler = (session, args) => {
  session.client = readClient(args);
  return CAPABILITIES;
};

const launch: Handler = (session, args) => {
  if (session.debuggee) throw new UserError("a program is being debugged already; restart or end it first");
  const wanted = readLaunch(args);
  return load(session, wanted, () => {
    session.emit("initialized");
    if (session.configured) start(session);
    return undefined;
  });
};

/** Reads the program, and the recording if one is to be replayed, and makes the debuggee. */
function load(session: Session, wanted: Launch, then: () => Result): Result {
  return {
    effect: { type: "read", path: wanted.program },
    resume(text) {
      if (wanted.recording === undefined) return finish(text, undefined);
      return {
        effect: { type: "read", path: wanted.recording },
        resume: (recording) => finish(text, recording),
      };
    },
  };
  function finish(text: string, recording: string | undefined): Result {
    const prepared = prepare(wanted, recording);
    session.debuggee = createDebuggee(prepared.launch, text);
    session.stop = prepared.load(session.debuggee);
    session.focus = 0;
    session.motion = undefined;
    session.steps.length = 0;
    return then();
  }
}

/** Begins the run: stands still at the entry or where a replay diverged, or runs. */
function start(session: Session): void {
  const { launch } = debuggeeOf(session);
  if (session.stop) halt(session, session.stop);
  else if (launch.stopOnEntry) {
    halt(session, { reason: "entry", thread: session.focus, text: "at the start" });
  } else begin(session, run(session.focus, []));
}

const configurationDone: Handler = (session) => {
  const isFirst = !session.configured;
  session.configured = true;
  if (isFirst && session.debuggee) start(session);
  return undefined;
};

/** Reads the program again, because the person may have changed it, and begins from the start. */
const restart: Handler = (session, args) => {
  const { launch } = debuggeeOf(session);
  const given = args["arguments"];
  const wanted = isObject(given) && given["program"] !== undefined ? readLaunch(given as Arguments) : launch;
  return load(session, wanted, () => {
    forgetHits(session.breakpoints);
    for (const breakpoint of resolve(session.breakpoints, session.debuggee).values()) {
      session.emit("breakpoint", { reason: "changed", breakpoint: toClient(breakpoint, session.client) });
    }
    start(session);
    return undefined;
  });
};

const end = (session: Session): void => {
  session.debuggee = undefined;
  session.motion = undefined;
  session.stop = undefined;
};

/** Ends the run and tells the client so. */
export function terminate(session: Session): undefined {
  if (session.debuggee) session.emit("exited", { exitCode: 0 });
  end(session);
  session.emit("terminated");
  return undefined;
}

const disconnect: Handler = (session) => {
  end(session);
  return undefined;
};

export const lifecycleRequests: Readonly<Record<string, Handler>> = {
  initialize,
  launch,
  configurationDone,
  restart,
  terminate,
  disconnect,
};
