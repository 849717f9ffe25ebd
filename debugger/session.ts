import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Arguments, isObject } from "./arguments.ts";
import { type Breakpoints, createBreakpoints } from "./breakpoints/registry.ts";
import type { Client } from "./client.ts";
import { anyClient } from "./client.ts";
import type { Debuggee } from "./debuggee.ts";
import type { Base } from "./expressions/tree.ts";
import type { Answer, Effect, Incoming, Outgoing, Reply } from "./messages.ts";
import type { Motion } from "./motions/motion.ts";
import type { Stop } from "./motions/stop.ts";
import { runSlice } from "./pace.ts";
import { isMove, REQUESTS } from "./requests/table.ts";
import { UserError } from "./user-error.ts";

/** All that a debug session knows. Handlers change it; nothing else does. */
export interface Session {
  client: Client;
  debuggee: Debuggee | undefined;
  readonly breakpoints: Breakpoints;
  /** The client has sent its breakpoints, so that the run may begin. */
  configured: boolean;
  /** What moves the debuggee now; none while it stands still. */
  motion: Motion | undefined;
  /** Why it stands still. */
  stop: Stop | undefined;
  /** The thread that the person looks at, as far as the adapter knows. */
  focus: number;
  /** How numbers are shown where nothing else is asked for. */
  base: Base;
  /** From where to where the last steps led, as indices of the trace, so that a step back undoes a whole step. */
  readonly steps: { readonly start: number; readonly end: number }[];
  /** Sends an event, behind the response to the request that is being handled. */
  emit(event: string, body?: unknown): void;
  /** Asks to be called again soon. */
  later(): void;
}

/** What a handler gives back: the body of the response, or what must be done first. */
export type Result = object | undefined | Wait;

/** A response that has to wait for a file. */
export interface Wait {
  readonly effect: Effect;
  /** Goes on when the file was read (with its text) or written. */
  resume(text: string): Result;
}

/** @throws UserError for the person who sees the error response */
export type Handler = (session: Session, args: Arguments) => Result;

const isWait = (result: Result): result is Wait => result !== undefined && "effect" in result;

/** The adapter as a state machine: a message comes in, messages go out. It has no stream, no timer and no file of its own. */
export interface Adapter {
  handle(message: Incoming): Outgoing[];
  /** Shows the session to a view in the same process, which need not wait for messages then. @throws what the view throws */
  look<T>(view: View<T>): T;
}

/** Something to show of a session, which it does not change. */
export type View<T> = (session: Readonly<Session>) => T;

export function createAdapter(): Adapter {
  let outbox: Outgoing[] = [];
  const session: Session = {
    client: anyClient,
    debuggee: undefined,
    breakpoints: createBreakpoints(),
    configured: false,
    motion: undefined,
    stop: undefined,
    focus: 0,
    base: 10,
    steps: [],
    emit: (event, body) => outbox.push({ type: "event", event, ...(body === undefined ? {} : { body }) }),
    later: () => outbox.push({ type: "later" }),
  };
  /** The request whose response waits for a file, and those that wait behind it. */
  let waiting: { readonly request: DebugProtocol.Request; readonly resume: Wait["resume"] } | undefined;
  const queue: DebugProtocol.Request[] = [];

  const respond = (request: DebugProtocol.Request, run: () => Result): void => {
    const events = outbox;
    outbox = [];
    const response = answerTo(request, run);
    if ("resume" in response) {
      waiting = { request, resume: response.resume };
      outbox = [...events, response.effect, ...outbox];
    } else outbox = [...events, response, ...outbox];
  };

  const dispatch = (request: DebugProtocol.Request): void => {
    const args = isObject(request.arguments) ? request.arguments : {};
    respond(request, () => {
      const handler = Object.hasOwn(REQUESTS, request.command) ? REQUESTS[request.command] : undefined;
      if (!handler) throw new UserError(`there is no request \`${String(request.command).slice(0, 60)}\``);
      return handler(session, args);
    });
  };

  const resume = ({ text, error }: Answer): void => {
    if (!waiting) return;
    const { request, resume: goOn } = waiting;
    waiting = undefined;
    respond(request, () => {
      if (error !== undefined) throw new UserError(error);
      return goOn(text ?? "");
    });
    for (let next = queue.shift(); next; next = waiting ? undefined : queue.shift()) dispatch(next);
  };

  return {
    handle(message) {
      outbox = [];
      if (message.type === "tick") runSlice(session);
      else if (message.type === "answer") resume(message as Answer);
      else if (waiting) queue.push(message as DebugProtocol.Request);
      else dispatch(message as DebugProtocol.Request);
      return outbox;
    },
    look: (view) => view(session),
  };
}

type Response = Reply & { readonly type: "response" };

function answerTo(request: DebugProtocol.Request, run: () => Result): Response | Wait {
  const head = { type: "response", request_seq: request.seq, command: request.command } as const;
  try {
    const result = run();
    if (isWait(result)) return result;
    return { ...head, success: true, ...(result === undefined ? {} : { body: result }) };
  } catch (error) {
    return { ...head, success: false, ...failure(error, isMove(request.command)) };
  }
}

/** The one place where errors become responses. @param isTold whether the editor is to tell the person at once; it always is of a bug */
function failure(
  error: unknown,
  isTold: boolean,
): { message: string; body: DebugProtocol.ErrorResponse["body"] } {
  const isBug = !(error instanceof UserError);
  const message = error instanceof Error ? error.message : String(error);
  // Braces would be taken for variables of the format.
  const format = (isBug ? `internal error: ${message}` : message).replace(/[{}]/g, "'");
  return { message: format, body: { error: { id: isBug ? 2 : 1, format, showUser: isBug || isTold } } };
}
