import { describe, expect, it } from "vitest";
import { launch, type TestClient } from "./client.ts";

const RACE = `#@ run -i 2 -a bx=3
#@ always (count <= 2)
.var count
.top
mov count, %ax
add $1, %ax
mov %ax, count
sub $1, %bx
test $0, %bx
jgt .top
halt
`;

const source = { path: "/race.s" };
const CONTINUE = ["continue", { threadId: 1 }] as const;

/** Continues so many times; the transcript tells where it stopped. */
function go(client: TestClient, times: number): void {
  for (let i = 0; i < times; i++) {
    client.request(...CONTINUE);
    client.run();
  }
}

const lastStop = (client: TestClient) => client.events.findLast((e) => e.event === "stopped")?.body;

describe("a breakpoint", () => {
  it("on a line stops each thread that is about to execute it, and backwards, too", async () => {
    const client = launch(RACE);
    client.request("setBreakpoints", { source, breakpoints: [{ line: 7 }, { line: 4 }, { line: 99 }] });
    go(client, 3);
    client.request("reverseContinue", { threadId: 1 });
    client.request("reverseContinue", { threadId: 1 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/line-breakpoints.txt");
  });

  it("is where VS Code asks for it", async () => {
    const client = launch(RACE);
    client.request("breakpointLocations", { source, line: 1, endLine: 8 });
    client.request("setBreakpoints", { source: { path: "/other.s" }, breakpoints: [{ line: 1 }] });
    client.request("setFunctionBreakpoints", { breakpoints: [{ name: ".top" }, { name: "tpo" }] });
    client.request("setInstructionBreakpoints", {
      breakpoints: [{ instructionReference: "1002" }, { instructionReference: "7" }],
    });
    go(client, 2);
    await expect(client.transcript()).toMatchFileSnapshot("golden/breakpoint-kinds.txt");
  });

  it("with a condition, a hit count or a thread stops only then; with a message it only prints", async () => {
    const client = launch(RACE);
    client.request("setBreakpoints", {
      source,
      breakpoints: [
        { line: 5, condition: "tid == 1 and bx = 2" },
        { line: 6, hitCondition: "% 3" },
        { line: 7, mode: "T1" },
        { line: 8, logMessage: "T{tid} wrote {count}, {ax,x}" },
        { line: 9, condition: "ax +" },
      ],
    });
    go(client, 5);
    await expect(client.transcript()).toMatchFileSnapshot("golden/conditions.txt");
  });

  it("on data stops after a read, a write, or when a store reaches memory, and tells old and new", async () => {
    const client = launch(RACE, { model: "tso" });
    client.request("dataBreakpointInfo", { name: "count" });
    client.request("dataBreakpointInfo", { name: "ax" });
    client.request("setDataBreakpoints", { breakpoints: [{ dataId: "100", accessType: "read" }] });
    go(client, 1);
    client.request("setDataBreakpoints", { breakpoints: [{ dataId: "100", accessType: "write" }] });
    go(client, 1);
    client.request("setDataBreakpoints", { breakpoints: [{ dataId: "commit:100" }] });
    client.request("interleave/drain", { threadId: 1 });
    client.request("reverseContinue", { threadId: 1 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/data-breakpoints.txt");
  });

  it("whose condition has no value stops and says why", () => {
    const client = launch(RACE);
    client.request("setBreakpoints", { source, breakpoints: [{ line: 6, condition: "[0 - 5] = 1" }] });
    go(client, 1);
    expect(lastStop(client).text).toContain("address -5 is outside of memory");
  });
});

describe("an exception", () => {
  it("is a check that fails, told once, with the words of the program", async () => {
    const client = launch(RACE);
    go(client, 1);
    client.request("exceptionInfo", { threadId: 1 });
    go(client, 1);
    await expect(client.transcript()).toMatchFileSnapshot("golden/check.txt");
  });

  it("is a check that the launch adds", () => {
    const client = launch(RACE.replace("always (count <= 2)", "run -t 2"), {
      checks: ["forall (count = 6)"],
    });
    go(client, 1);
    expect(lastStop(client)).toMatchObject({ reason: "exception", description: "check failed" });
  });

  it("is not stopped at when its filter is off", () => {
    const client = launch(RACE);
    client.request("setExceptionBreakpoints", { filters: [] });
    go(client, 1);
    expect(lastStop(client).reason).toBe("finished");
  });

  it("is a fault, and the state stays as it was before", async () => {
    const client = launch(".main\nmov -1, %ax\nhalt\n");
    client.request("next", { threadId: 1 });
    client.request("exceptionInfo", { threadId: 1 });
    client.request("threads");
    await expect(client.transcript()).toMatchFileSnapshot("golden/fault.txt");
  });
});
