import type { DebugProtocol } from "@vscode/debugprotocol";
import { CHECKPOINT_DISTANCE } from "../core/run/trace.ts";
import type { Outgoing } from "../debugger/messages.ts";
import { type Adapter, createAdapter } from "../debugger/session.ts";
import type { Benchmark } from "./harness.ts";
import { loopingRace } from "./programs.ts";

const EVENTS = 10_000_000;
/** Threads take turns at every instruction, the worst case for going back. */
const PROGRAM = loopingRace(EVENTS).replace("-t 2", "-t 2 -i 1");
/** As far from the checkpoint before it as can be, so that going back executes the most again. */
const FAR = Math.floor(EVENTS / CHECKPOINT_DISTANCE) * CHECKPOINT_DISTANCE - 1;

/** A debug session that has run for 10 million transitions and stands still there, as a client sees it. */
interface Session {
  readonly adapter: Adapter;
  /** @throws Error where the adapter refuses */
  request(command: string, args?: object): Outgoing[];
}

function longSession(): Session {
  const adapter = createAdapter();
  let seq = 0;
  const request = (command: string, args: object = {}): Outgoing[] => {
    const message: DebugProtocol.Request = { seq: ++seq, type: "request", command, arguments: args };
    const answer = adapter.handle(message);
    const refused = answer.find((m) => m.type === "response" && !m.success);
    if (refused) throw new Error(`${command}: ${JSON.stringify(refused)}`);
    return answer;
  };
  request("initialize");
  request("launch", { program: "/race.s", model: "tso", drain: "lazy", stopOnEntry: false });
  adapter.handle({ type: "answer", text: PROGRAM });
  let said = request("configurationDone");
  while (lengthIn(said) < EVENTS) said = adapter.handle({ type: "tick" });
  request("pause", { threadId: 1 });
  return { adapter, request };
}

/** The length of the trace that the last `interleave/changed` event of some messages tells. */
function lengthIn(messages: readonly Outgoing[]): number {
  const changed = messages.findLast((m) => m.type === "event" && m.event === "interleave/changed");
  return changed?.type === "event" ? changed.body.length : 0;
}

let session: Session | undefined;
const paused = (): Session => {
  session ??= longSession();
  return session;
};

const STEPS = 50;
const JUMPS = 20;

/** What an editor asks after a stop, so that all views show the new moment. */
function look({ request }: Session): void {
  request("threads");
  request("stackTrace", { threadId: 1 });
  request("scopes", { frameId: 1 });
  for (let reference = 1; reference <= 5; reference++)
    request("variables", { variablesReference: reference });
  request("interleave/state");
}

export default [
  {
    name: "debugger: one step back after 10 million transitions",
    amount: STEPS,
    unit: "steps",
    run: () => {
      const { request } = paused();
      request("interleave/goto", { index: FAR });
      for (let i = 0; i < STEPS; i++) request("stepBack", { threadId: 1 });
    },
  },
  {
    name: "debugger: one step back with all views after 10 million transitions",
    amount: STEPS,
    unit: "steps",
    run: () => {
      const { request } = paused();
      request("interleave/goto", { index: FAR });
      for (let i = 0; i < STEPS; i++) {
        request("stepBack", { threadId: 1 });
        look(paused());
      }
    },
  },
  {
    name: "debugger: a jump to a far index of 10 million transitions",
    amount: JUMPS,
    unit: "jumps",
    run: () => {
      const { request } = paused();
      for (let i = 0; i < JUMPS; i++) request("interleave/goto", { index: (i * 7_654_321) % EVENTS });
    },
  },
] satisfies Benchmark[];
