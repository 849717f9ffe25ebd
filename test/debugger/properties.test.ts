import type { DebugProtocol } from "@vscode/debugprotocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MachineView } from "../../debugger/views/machine.ts";
import { programText } from "../support/programs.ts";
import { launch, type TestClient } from "./client.ts";

const model = fc.constantFrom("sc", "tso");
const drain = fc.constantFrom("manual", "eager", "lazy", "random");

/** The machine as it is now: not what lies ahead, nor how it came here. */
const stateOf = (client: TestClient) => {
  const { length: _, told: __, ...state } = client.request<MachineView>("interleave/state");
  return state;
};

const schedule = (client: TestClient) => client.request<{ text: string }>("interleave/schedule").text;

const isOver = ({ events }: TestClient): boolean =>
  events.some((e) => e.event === "stopped" && e.body.reason === "finished");

function runToEnd(client: TestClient): void {
  for (let i = 0; i < 50 && !isOver(client); i++) {
    client.request("continue", { threadId: 1 });
    client.run();
  }
}

/** Opens all that an editor can show: every frame, scope and variable of every thread. */
function lookAtAll(client: TestClient): void {
  const { threads } = client.request<{ threads: DebugProtocol.Thread[] }>("threads");
  for (const { id } of threads) {
    const stack = client.request<DebugProtocol.StackTraceResponse["body"]>("stackTrace", { threadId: id });
    for (const frame of stack.stackFrames) {
      const { scopes } = client.request<{ scopes: DebugProtocol.Scope[] }>("scopes", { frameId: frame.id });
      for (const { variablesReference } of scopes) client.request("variables", { variablesReference });
      client.send("evaluate", { expression: "ax + x", context: "watch", frameId: frame.id });
    }
  }
}

const source = { path: "/race.s" };

/** What a person does who only looks. */
const looks = fc.constantFrom<(client: TestClient, n: number) => void>(
  (c) => c.send("threads"),
  (c, n) => c.send("stackTrace", { threadId: (n % 3) + 1 }),
  (c, n) => c.send("scopes", { frameId: n }),
  (c, n) => c.send("variables", { variablesReference: n % 12 }),
  (c) => c.send("evaluate", { expression: "x + T0:y * ax", context: "hover" }),
  (c) => c.send("evaluate", { expression: "99999999999 * 99999999999999", context: "watch" }),
  (c, n) => c.send("readMemory", { memoryReference: "mem", offset: n, count: 64 }),
  (c) => c.send("readMemory", { memoryReference: "mem:T0", offset: 100, count: 12 }),
  (c) => c.send("interleave/state"),
  (c) => c.send("interleave/transitions"),
  (c) => c.send("interleave/schedule"),
  (c) => c.send("interleave/record"),
  (c) => c.send("disassemble", { memoryReference: "1000", instructionCount: 9 }),
  (c) =>
    c.send("setBreakpoints", {
      source,
      breakpoints: [
        { line: 6, condition: "ax = 123456" },
        { line: 7, hitCondition: "> 1000000000" },
        { line: 8, logMessage: "{ax} {x}" },
        { line: 9, mode: "T7" },
      ],
    }),
  (c) =>
    c.send("setFunctionBreakpoints", {
      breakpoints: [
        { name: ".top", condition: "tid = 9" },
        { name: "commit x", condition: "x = 123456" },
        { name: "nowhere" },
      ],
    }),
  (c, n) =>
    c.send("setInstructionBreakpoints", {
      breakpoints: [{ instructionReference: String(1000 + (n % 9)), condition: "1 = 2" }],
    }),
  (c, n) => c.send("breakpointLocations", { source, line: n % 20 }),
  (c, n) => c.send("gotoTargets", { source, line: n % 20 }),
  (c) => c.send("stepInTargets", { frameId: 1 }),
  (c) => c.send("dataBreakpointInfo", { name: "x" }),
  (c) => c.send("exceptionInfo", { threadId: 1 }),
  (c) => c.send("completions", { text: "T0:a", column: 5 }),
  (c) => c.send("evaluate", { expression: "schedule", context: "repl" }),
  (c) => c.send("interleave/timeline"),
  (c) => c.send("interleave/branches"),
  (c) =>
    c.send("setDataBreakpoints", {
      breakpoints: [{ dataId: "100", accessType: "readWrite", condition: "bx = 77" }],
    }),
  (c) => c.send("pause", { threadId: 1 }),
);

describe("the debugger", () => {
  it("never changes what it shows: the run with everything watched is, event for event, the run without", () => {
    fc.assert(
      fc.property(
        programText,
        model,
        drain,
        fc.array(fc.tuple(looks, fc.nat(200)), { maxLength: 40 }),
        (text, m, d, actions) => {
          const args = { model: m, drain: d, seed: 1, args: "-i 3" };
          const plain = launch(text, args);
          runToEnd(plain);
          const watched = launch(text, { ...args, stepping: "schedule" });
          for (const [look, n] of actions) {
            look(watched, n);
            lookAtAll(watched);
            if (!isOver(watched)) watched.request("next", { threadId: 1 });
          }
          runToEnd(watched);
          expect(schedule(watched)).toBe(schedule(plain));
          expect(stateOf(watched)).toEqual({ ...stateOf(plain), stepping: "schedule" });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("may be asked to pause at any moment, and to show all, and to go on: the run is the one that nobody stops", () => {
    const longer = programText.map((text) => text.replace(/^mov \$\d+, %ex$/m, "mov $2000, %ex"));
    const pauses = fc.array(fc.tuple(fc.nat(1), looks, fc.nat(200)), { maxLength: 6 });
    fc.assert(
      fc.property(longer, model, drain, pauses, (text, m, d, moments) => {
        const args = { model: m, drain: d, seed: 1, args: "-i 50 -r" };
        const plain = launch(text, args);
        runToEnd(plain);
        const paused = launch(text, args);
        for (const [slices, look, n] of moments) {
          if (isOver(paused)) break;
          paused.request("continue", { threadId: 2 });
          look(paused, n); // while it runs
          paused.run(slices);
          paused.request("pause", { threadId: 1 });
          lookAtAll(paused);
        }
        runToEnd(paused);
        expect(schedule(paused)).toBe(schedule(plain));
        expect(stateOf(paused)).toEqual(stateOf(plain));
      }),
      { numRuns: 8 },
    );
  });

  it("undoes a step of any thread with a step back", () => {
    fc.assert(
      fc.property(programText, model, fc.array(fc.nat(5), { maxLength: 30 }), (text, m, moves) => {
        const client = launch(text, { model: m });
        for (const move of moves) {
          const threadId = (move % 2) + 1;
          const before = stateOf(client);
          client.request(move < 4 ? "next" : "stepIn", { threadId });
          client.run();
          const moved = stateOf(client);
          if (moved.index === before.index) continue;
          client.request("stepBack", { threadId });
          expect(stateOf(client)).toEqual(before);
          client.request("next", { threadId });
          client.run();
        }
      }),
      { numRuns: 60 },
    );
  });

  it("moves only the thread that is stepped", () => {
    fc.assert(
      fc.property(programText, fc.array(fc.nat(1), { maxLength: 30 }), (text, threads) => {
        const client = launch(text, { model: "tso" });
        for (const thread of threads) {
          const before = client.request<{ threads: unknown[] }>("interleave/state").threads;
          client.request("next", { threadId: thread + 1 });
          const after = client.request<{ threads: unknown[] }>("interleave/state").threads;
          expect(after[1 - thread]).toEqual(before[1 - thread]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("replays what it recorded, changes by hand included", () => {
    fc.assert(
      fc.property(programText, model, fc.array(fc.nat(3), { maxLength: 20 }), (text, m, moves) => {
        const client = launch(text, { model: m });
        for (const move of moves) {
          if (move === 3) client.request("setExpression", { expression: "bx", value: "41 + 1" });
          else client.request("next", { threadId: (move % 2) + 1 });
        }
        client.request("interleave/record", { path: "/run.recording" });
        const { index } = stateOf(client);
        const again = launch(text, { recording: "/run.recording" }, client.files);
        again.request("interleave/goto", { index });
        const { drain: _, ...replayed } = stateOf(again) as Record<string, unknown>;
        const { drain: __, ...recorded } = stateOf(client) as Record<string, unknown>;
        expect(replayed).toEqual(recorded);
      }),
      { numRuns: 60 },
    );
  });
});
