import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { programText } from "../support/programs.ts";
import { launch, type TestClient } from "./client.ts";

const model = fc.constantFrom("sc", "tso");
const drain = fc.constantFrom("manual", "eager", "lazy", "random");

const stateOf = (client: TestClient) => {
  const { length: _, ...state } = client.request<{ length: number; index: number }>("interleave/state");
  return state;
};

const schedule = (client: TestClient) => client.request<{ text: string }>("interleave/schedule").text;

function runToEnd(client: TestClient): void {
  for (let i = 0; i < 50; i++) {
    client.request("continue", { threadId: 1 });
    client.run();
    if (client.events.some((e) => e.event === "stopped" && e.body.reason === "finished")) return;
  }
}

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
      source: { path: "/race.s" },
      breakpoints: [{ line: 6, condition: "ax = 123456" }],
    }),
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
            watched.request("next", { threadId: 1 });
          }
          runToEnd(watched);
          // Past the end, steps of the schedule do nothing.
          expect(schedule(watched)).toBe(schedule(plain));
          expect(stateOf(watched)).toEqual({ ...stateOf(plain), stepping: "schedule" });
        },
      ),
      { numRuns: 60 },
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
