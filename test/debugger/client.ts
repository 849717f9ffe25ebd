import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Incoming } from "../../debugger/messages.ts";
import { createAdapter } from "../../debugger/session.ts";

type Event = Omit<DebugProtocol.Event, "seq">;
type Response = Omit<DebugProtocol.Response, "seq">;

/** A client in the same process: it answers reads from a table of files and lets runs go on for as many ticks as asked for. */
export interface TestClient {
  /** Sends a request and returns its response; what else came goes to the transcript and to `events`. */
  send(command: string, args?: object): Response;
  /** The body of a response that must be a success. */
  request<T = Record<string, never>>(command: string, args?: object): T;
  /** The message of a response that must be an error. */
  fail(command: string, args?: object): string;
  /** Lets a run go on for at most so many slices. */
  run(slices?: number): void;
  readonly events: Event[];
  readonly files: Record<string, string>;
  /** All that was said, a line a message, for a golden file. */
  transcript(): string;
  /** Leaves what was said so far out of the transcript. */
  clear(): void;
}

export function createClient(files: Record<string, string> = {}): TestClient {
  const adapter = createAdapter();
  const lines: string[] = [];
  const events: Event[] = [];
  let ticks = 0;
  let seq = 1;

  function pass(message: Incoming): Response | undefined {
    let response: Response | undefined;
    for (const out of adapter.handle(message)) {
      if (out.type === "later") ticks++;
      else if (out.type === "read") {
        const text = files[out.path];
        response =
          pass({ type: "answer", ...(text === undefined ? { error: `no file ${out.path}` } : { text }) }) ??
          response;
      } else if (out.type === "write") {
        files[out.path] = out.text;
        response = pass({ type: "answer" }) ?? response;
      } else if (out.type === "event") {
        events.push(out as Event);
        lines.push(`  ! ${out.event}${shown(out.body)}`);
      } else {
        response = out as Response;
        lines.push(out.success ? `  <${shown(out.body)}` : `  < error: ${out.message}`);
      }
    }
    return response;
  }

  const send = (command: string, args?: object): Response => {
    lines.push(`> ${command}${shown(args)}`);
    const request = { seq: seq++, type: "request", command, ...(args ? { arguments: args } : {}) };
    const response = pass(request as DebugProtocol.Request);
    if (!response) throw new Error(`no response to ${command}`);
    return response;
  };

  return {
    send,
    request<T>(command: string, args?: object): T {
      const response = send(command, args);
      if (!response.success) throw new Error(`${command}: ${response.message}`);
      return response.body as T;
    },
    fail(command, args) {
      const response = send(command, args);
      if (response.success) throw new Error(`${command} should have failed`);
      return response.message ?? "";
    },
    run(slices = 1000) {
      for (let i = 0; i < slices && ticks > 0; i++) {
        ticks--;
        pass({ type: "tick" });
      }
    },
    events,
    files,
    transcript: () => `${lines.join("\n")}\n`,
    clear: () => {
      lines.length = 0;
    },
  };
}

const shown = (value: unknown): string => (value === undefined ? "" : ` ${compact(value)}`);

/** JSON without needless quotes, so that golden files read well. */
function compact(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(compact).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([k, v]) => `${k}: ${compact(v)}`);
  return `{ ${fields.join(", ")} }`;
}

/** Starts a program up to its entry. */
export function launch(program: string, args: object = {}, files: Record<string, string> = {}): TestClient {
  const client = createClient({ ...files, "/race.s": program });
  client.request("initialize", { supportsMemoryEvent: true, supportsInvalidatedEvent: true });
  client.clear();
  client.request("launch", { program: "/race.s", ...args });
  client.request("configurationDone");
  client.run();
  return client;
}

/** The variables of a scope, by name. */
export function scope(client: TestClient, name: string, thread = 0): Record<string, string> {
  const { stackFrames } = client.request<{ stackFrames: DebugProtocol.StackFrame[] }>("stackTrace", {
    threadId: thread + 1,
  });
  const { scopes } = client.request<{ scopes: DebugProtocol.Scope[] }>("scopes", {
    frameId: stackFrames[0]!.id,
  });
  const { variables } = client.request<{ variables: DebugProtocol.Variable[] }>("variables", {
    variablesReference: scopes.find((s) => s.name === name)!.variablesReference,
  });
  return Object.fromEntries(variables.map((v) => [v.name, v.value]));
}
