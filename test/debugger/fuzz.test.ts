import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REQUESTS } from "../../debugger/requests/table.ts";
import { createClient } from "./client.ts";

const PROGRAM = ".var x\n.top\nmov $1, x\ncall .f\nmfence\nj .top\n.f\nret\n";

const number = fc.oneof(
  fc.integer({ min: -3, max: 8 }),
  fc.constantFrom(1e9, -1e15, 2 ** 53, Number.NaN, 0.5, 99, 1 << 20),
);
const word = fc.constantFrom(
  "x",
  "ax",
  "pc",
  "==",
  "mem",
  "mem:T0",
  "mem:T7",
  "100",
  "commit:100",
  "commit x",
  "commit [((",
  "1000",
  "[x+4]",
  "((",
  "repl",
  "hover",
  "step 0",
  "drain 0 all",
  "run 0 0 1 0!",
  "goto 5",
  "schedule",
  "all",
  "execute",
  "drain",
  "/race.s",
  "/none",
  "T1",
  "{ax",
  "> 3",
  "% 0",
  "fault",
  "AAAA",
  "💥",
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  number,
  word,
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.constant({}),
  fc.constant([]),
);

const NAMES = [
  "threadId",
  "frameId",
  "variablesReference",
  "name",
  "value",
  "expression",
  "context",
  "line",
  "column",
  "count",
  "offset",
  "index",
  "thread",
  "kind",
  "path",
  "memoryReference",
  "data",
  "targetId",
  "instructionCount",
  "instructionOffset",
  "text",
  "program",
  "model",
  "filters",
  "base",
  "stepping",
  "accessType",
  "schedule",
  "recording",
  "startFrame",
  "levels",
  "start",
];

const breakpoint = fc.record(
  {
    line: value,
    column: value,
    condition: value,
    hitCondition: value,
    logMessage: value,
    mode: value,
    name: value,
    dataId: value,
    accessType: value,
    instructionReference: value,
  },
  { requiredKeys: [] },
);

const args = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 6 }) },
  {
    weight: 2,
    arbitrary: fc.record({
      breakpoints: fc.array(breakpoint, { maxLength: 3 }),
      source: fc.record({ path: word }),
    }),
  },
  { weight: 1, arbitrary: value },
);

const request = fc.record({
  command: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...Object.keys(REQUESTS)) },
    { weight: 1, arbitrary: fc.constantFrom("toString", "__proto__", "attach", "", "interleave/none") },
  ),
  args,
});

describe("the adapter", () => {
  it("answers every request, in any order and with any arguments, and lives on", () => {
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 40 }),
        fc.boolean(),
        fc.boolean(),
        (requests, starts, tso) => {
          const client = createClient({ "/race.s": PROGRAM });
          if (starts) {
            client.request("initialize");
            client.request("launch", { program: "/race.s", model: tso ? "tso" : "sc" });
            client.request("configurationDone");
          }
          for (const { command, args: given } of requests) {
            const response = client.send(command, given as object);
            expect(response.success || response.message).toBeTruthy();
            expect(response.message ?? "").not.toContain("internal error");
            client.run(2);
          }
          // A sane session is still possible.
          client.send("disconnect");
          client.request("launch", { program: "/race.s" });
          client.request("configurationDone");
          expect(client.request<{ threads: unknown[] }>("threads").threads).toHaveLength(2);
        },
      ),
      { numRuns: 300 },
    );
  });
});
