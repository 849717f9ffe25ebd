import { describe, expect, it } from "vitest";
import { createClient, launch, scope, type TestClient } from "./client.ts";

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

const COUNT = `#@ run -t 1
.top
add $1, %ax
test $9, %ax
jlt .top
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

  it("on a commit is named like a function, so that every client can set it, and tells thread, old and new", async () => {
    const client = launch(RACE, { model: "tso", drain: "lazy" });
    client.request("dataBreakpointInfo", { name: "count", mode: "commit" });
    client.request("dataBreakpointInfo", { name: "count", mode: "never" });
    client.request("setFunctionBreakpoints", {
      breakpoints: [
        { name: "commit count", condition: "tid = 1" },
        { name: "commit [count+400]" },
        { name: "commit coutn" },
        { name: "commit 4(%bx)" },
      ],
    });
    go(client, 2);
    client.request("reverseContinue", { threadId: 1 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/commit-breakpoints.txt");
  });

  it("on data counts its hits in time: going back takes them back", () => {
    const client = launch(RACE.replace("#@ always (count <= 2)\n", ""));
    client.request("setDataBreakpoints", {
      breakpoints: [{ dataId: "100", accessType: "write", hitCondition: "3" }],
    });
    const count = () => scope(client, "Shared memory")["count"];
    go(client, 1);
    const third = count();
    client.request("interleave/goto", { index: 0 });
    go(client, 1);
    expect(count()).toBe(third);
    go(client, 1);
    expect(lastStop(client).reason).toBe("finished");
    client.request("reverseContinue", { threadId: 1 });
    expect(lastStop(client).reason).toBe("data breakpoint");
    client.request("reverseContinue", { threadId: 1 });
    expect(lastStop(client)).toMatchObject({ reason: "goto", description: "at the start" });
  });

  it("on the first instruction stops a run that does not stop at its entry", () => {
    const client = createClient({ "/race.s": RACE });
    client.request("initialize");
    client.request("launch", { program: "/race.s", stopOnEntry: false });
    client.request("setBreakpoints", { source, breakpoints: [{ line: 5 }] });
    client.request("configurationDone");
    expect(lastStop(client)).toMatchObject({ reason: "breakpoint", threadId: 1 });
    expect(client.request("interleave/schedule")).toMatchObject({ text: "" });
  });

  it("counts each time that a thread comes by: at the entry, by a step, on leaving it", () => {
    const breakpoints = [{ line: 3, hitCondition: "3" }];
    for (const steps of [0, 1, 4]) {
      const client = launch(COUNT);
      client.request("setBreakpoints", { source, breakpoints });
      for (let i = 0; i < steps; i++) client.request("next", { threadId: 1 });
      go(client, 1);
      expect(scope(client, "Registers")["ax"]).toBe("2");
    }
  });

  it("logs each time that a thread comes by, and once", () => {
    const client = launch(COUNT);
    const breakpoints = [{ line: 3, logMessage: "ax is {ax}" }];
    client.request("setBreakpoints", { source, breakpoints });
    client.request("setFunctionBreakpoints", { breakpoints: [{ name: ".top" }] });
    for (let i = 0; i < 3; i++) client.request("next", { threadId: 1 });
    go(client, 1);
    const printed = client.events.map((e) => e.body?.output).filter((text) => text?.startsWith("ax is"));
    expect(printed).toEqual(["ax is 0\n", "ax is 1\n"]);
  });

  it("counts on when others come and go, and anew when the program starts again", () => {
    const client = launch(COUNT);
    const counting = { line: 4, hitCondition: ">= 2" };
    const next = (breakpoints: object[]) => {
      client.request("setBreakpoints", { source, breakpoints });
      go(client, 1);
      return scope(client, "Registers")["ax"];
    };
    expect(next([counting])).toBe("2");
    expect(next([{ line: 6 }, counting])).toBe("3");
    expect(next([counting])).toBe("4");
    client.request("restart", {});
    expect(next([counting])).toBe("2");
  });

  it("for a thread that does not exist says so", () => {
    const client = launch(RACE);
    const told = (mode: string) =>
      client.request<{ breakpoints: object[] }>("setBreakpoints", {
        source,
        breakpoints: [{ line: 5, mode }],
      }).breakpoints[0];
    expect(told("T7")).toMatchObject({
      verified: false,
      message: "there is no thread T7; the threads are T0 to T1",
    });
    expect(told("T")).toMatchObject({ verified: false, message: expect.stringContaining("any, T0, T1") });
    expect(told("T1")).toMatchObject({ verified: true });
    const asInstruction = client.request("setInstructionBreakpoints", {
      breakpoints: [{ instructionReference: "1002", mode: "T0" }],
    });
    expect(asInstruction).toMatchObject({ breakpoints: [{ verified: true }] });
    go(client, 2);
    expect(lastStop(client)).toMatchObject({ threadId: 2, reason: "breakpoint" });
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

  it("is two threads in a region for one, told with their numbers", () => {
    const client = launch("#@ run -t 3 -i 1\n#@ mutex .in .out\n.main\nnop\n.in\nnop\nnop\n.out\nhalt\n");
    client.request("continue", { threadId: 1 });
    expect(client.events.at(-1)?.body).toMatchObject({
      text: "`mutex .in .out` does not hold after this transition of T1: T0 and T1 are there at once",
      threadId: 2,
    });
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

const SPIN = ".var x\n.main\nmov $1, %bx\n.top\nmov x, %ax\ntest $0, %ax\nje .top\nhalt\n";

/** Both raise a flag, see the other's, lower their own and try again, in lockstep. */
const POLITE = `.var a
.var b
.main
test $1, %bx
je .second
.first
mov $1, a
mov b, %ax
test $0, %ax
je .done
mov $0, a
j .first
.second
mov $1, b
mov a, %ax
test $0, %ax
je .done
mov $0, b
j .second
.done
mov $0, a
mov $0, b
halt
`;

describe("no progress", () => {
  const continued = (program: string, args: object): TestClient => {
    const client = launch(program, args);
    client.request("continue", { threadId: 1 });
    client.run(10);
    return client;
  };

  it("is a state that the scheduler leads back to: told with the threads and where they go round", async () => {
    const client = continued(SPIN, { args: "-t 2 -i 4" });
    client.request("exceptionInfo", { threadId: 1 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/livelock.txt");
  });

  it("is seen though memory changes all the time", () => {
    const client = continued(POLITE, { args: "-t 2 -a bx=0,bx=1 -i 1" });
    expect(lastStop(client)).toMatchObject({ reason: "exception", description: "no progress" });
    expect(lastStop(client).text).toContain("T0 goes round");
    expect(lastStop(client).text).toContain("T1 goes round");
    // Another scheduler lets one of them through.
    expect(lastStop(continued(POLITE, { args: "-t 2 -a bx=0,bx=1 -i 50" })).reason).toBe("finished");
  });

  it("is threads that only read what none of them writes, whatever a random scheduler does", () => {
    const client = continued(SPIN, { args: "-t 2 -i 50 -r", seed: 3 });
    expect(lastStop(client).text).toContain("whoever moves");
  });

  it("tells that a store waits that nobody drains", () => {
    const flag =
      ".var f\n.main\ntest $1, %bx\nje .wait\nmov $1, f\nhalt\n.wait\nmov f, %ax\ntest $1, %ax\njne .wait\nhalt\n";
    const client = continued(flag, { args: "-t 2 -a bx=0,bx=1 -i 2", model: "tso" });
    expect(lastStop(client).text).toContain("T0's store buffer holds 1 that only you drain");
    client.request("interleave/drain", { threadId: 1 });
    client.request("continue", { threadId: 2 });
    client.run();
    expect(lastStop(client).reason).toBe("finished");
  });

  it("is not a loop that counts, nor one that ends late, nor stopped at when the filter is off", () => {
    const counting = continued(".top\nadd $1, %ax\nj .top\n", {});
    expect(counting.events.some((e) => e.event === "stopped" && e.body.reason === "exception")).toBe(false);
    const late = ".main\nmov $20000, %ax\n.top\nsub $1, %ax\ntest $0, %ax\njgt .top\nhalt\n";
    expect(lastStop(continued(late, { args: "-r" })).reason).toBe("finished");
    const client = launch(SPIN);
    client.request("setExceptionBreakpoints", { filters: ["fault", "check"] });
    client.request("continue", { threadId: 1 });
    client.run(5);
    expect(lastStop(client).reason).toBe("entry");
  });
});
