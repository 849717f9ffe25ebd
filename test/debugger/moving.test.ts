import { describe, expect, it } from "vitest";
import { launch, scope } from "./client.ts";

const ROUTINE = `.var x
.main
mov $1, %ax
call .double
mov %ax, x
halt
.double
add %ax, %ax
call .nop
ret
.nop
ret
`;

describe("moving", () => {
  it("steps into, over and out of routines, and shows them as frames", async () => {
    const client = launch(ROUTINE);
    for (const command of ["next", "stepIn", "stepIn", "stepIn"]) client.request(command, { threadId: 1 });
    client.request("stackTrace", { threadId: 1 });
    client.request("stepOut", { threadId: 1 });
    client.request("stepOut", { threadId: 1 });
    client.request("stepBack", { threadId: 1 });
    client.request("stackTrace", { threadId: 1, startFrame: 1, levels: 1 });
    client.request("restartFrame", { frameId: 1 });
    client.request("interleave/goto", { index: 1 });
    client.request("next", { threadId: 1 });
    client.request("stepBack", { threadId: 1 });
    client.request("stepOut", { threadId: 1 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/routines.txt");
  });

  it("steps over and out of calls that are nested deeply", () => {
    const deep = ".main\nmov $400, %ax\ncall .f\nhalt\n.f\npush %ax\nsub $1, %ax\ntest $0, %ax\n";
    const client = launch(`${deep}jlte .up\ncall .f\n.up\npop %bx\nadd $1, %dx\nret\n`, { args: "-t 1" });
    const dx = () => scope(client, "Registers")["dx"];
    client.request("setFunctionBreakpoints", { breakpoints: [{ name: ".up" }] });
    client.request("continue", { threadId: 1 });
    client.request("setFunctionBreakpoints", { breakpoints: [] });
    for (const depth of ["1", "2"]) {
      client.request("stepOut", { threadId: 1 });
      expect(dx()).toBe(depth);
    }
    client.request("interleave/reverseStepOver", { threadId: 1 });
    expect(scope(client, "Registers")["pc"]).toMatch("(.f+4)");
    client.request("next", { threadId: 1 });
    expect(dx()).toBe("2");
    client.request("restartFrame", { frameId: 1 });
    expect(scope(client, "Registers")).toMatchObject({ pc: "1003 (.f)", ax: "3" });
  });

  it("steps back by whole steps, whatever came between", () => {
    const client = launch(ROUTINE, { args: "-t 1" });
    const at = () => client.request<{ index: number }>("interleave/state").index;
    for (let i = 0; i < 3; i++) client.request("next", { threadId: 1 });
    client.request("setVariable", { variablesReference: 1, name: "cx", value: "5" });
    client.request("next", { threadId: 1 });
    expect(at()).toBe(9);
    const way = [8, 7, 6, 1, 0].map(() => {
      client.request("stepBack", { threadId: 1 });
      return at();
    });
    expect(way).toEqual([8, 7, 6, 1, 0]);
    // What is inside of an old step is gone by single transitions once time was travelled into it.
    client.request("interleave/goto", { index: 4 });
    client.request("stepBack", { threadId: 1 });
    expect(at()).toBe(3);
  });

  it("steps to the end, and says there what a run that ends says", () => {
    const checked = (check: string) => {
      const client = launch(`#@ run -t 1 --model tso\n#@ ${check}\n.var x\nmov $1, x\nhalt\n`);
      for (let i = 0; i < 3; i++) client.request("next", { threadId: 1 });
      client.request("next", { threadId: 1 });
      return client.events.filter((e) => e.event === "stopped").map((e) => e.body);
    };
    const seen = checked("exists (x = 1)");
    expect(seen.at(-3)).toMatchObject({ reason: "step", text: "T0: halt" });
    expect(seen.at(-2)).toMatchObject({
      reason: "finished",
      text: "T0 drained x: 0 → 1 · the run is over; this run is a witness of `exists (x = 1)`: step back, or continue to end the session",
    });
    expect(seen.at(-1).text).toMatch(/^the run is over/);
    expect(checked("forall (x = 2)").at(-2)).toMatchObject({
      reason: "exception",
      description: "check failed",
      text: "T0 drained x: 0 → 1 · `forall (x = 2)` does not hold at the end of this run: x = 1 · the run is over: step back, or continue to end the session",
    });
  });

  it("steps back over a call: to before it, in the same routine", async () => {
    const client = launch(ROUTINE);
    for (let i = 0; i < 2; i++) client.request("next", { threadId: 1 });
    client.request("next", { threadId: 2 });
    client.clear();
    const back = () => client.request("interleave/reverseStepOver", { threadId: 1 });
    back(); // behind the return, with a step of T1 after it
    client.request("stackTrace", { threadId: 1 });
    back();
    back(); // nothing is before
    for (let i = 0; i < 4; i++) client.request("stepIn", { threadId: 1 });
    back(); // in .nop: the call that came here
    client.fail("interleave/reverseStepOver", { threadId: 9 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/reverse-step-over.txt");
  });

  it("steps back over a long call, or restarts its frame, in little time, from far away", () => {
    const long =
      ".main\nmov $30000, %cx\ncall .count\nhalt\n.count\nsub $1, %cx\ntest $0, %cx\njgt .count\nret\n";
    const client = launch(long);
    client.request("next", { threadId: 1 });
    client.request("next", { threadId: 1 });
    client.run();
    expect(scope(client, "Registers")["cx"]).toBe("0");
    client.request("interleave/reverseStepOver", { threadId: 1 });
    client.run();
    expect(client.request<{ text: string }>("interleave/schedule").text).toBe("0");
    client.request("interleave/goto", { index: 80_000 });
    client.request("restartFrame", { frameId: 1 });
    client.run();
    expect(client.request<{ text: string }>("interleave/schedule").text).toBe("0*2");
  });

  it("takes any transition that is possible now", async () => {
    const client = launch(ROUTINE.replace(".main\n", ".main\nmov $7, x\n"), { model: "tso" });
    client.request("next", { threadId: 1 });
    client.request("stepInTargets", { frameId: 1 });
    client.request("stepIn", { threadId: 1, targetId: 1 });
    client.request("interleave/transitions");
    client.request("interleave/take", { thread: 1, kind: "execute" });
    client.fail("interleave/take", { thread: 0, kind: "drain" });
    client.fail("interleave/take", { thread: 9 });
    client.request("interleave/schedule");
    await expect(client.transcript()).toMatchFileSnapshot("golden/transitions.txt");
  });

  it("jumps, which is a change by hand that going back undoes", async () => {
    const client = launch(ROUTINE);
    client.request("gotoTargets", { source: { path: "/race.s" }, line: 6 });
    client.request("goto", { threadId: 2, targetId: 3 });
    client.request("threads");
    client.request("stepBack", { threadId: 2 });
    client.request("threads");
    await expect(client.transcript()).toMatchFileSnapshot("golden/jump.txt");
  });

  it("jumps out of a routine that has not returned, and calls the place by its own name", () => {
    const client = launch(ROUTINE);
    for (const command of ["stepIn", "stepIn"]) client.request(command, { threadId: 1 });
    client.request("goto", { threadId: 1, targetId: 2 });
    const { stackFrames } = client.request<{ stackFrames: object[] }>("stackTrace", { threadId: 1 });
    expect(stackFrames).toMatchObject([{ name: ".main+2" }, { name: ".main+1" }]);
  });

  it("runs one thread until it waits or halts, or to a line", async () => {
    const client = launch(".var x\n.main\nmov $1, x\nmov $2, %ax\nmfence\nhalt\n", { model: "tso" });
    client.request("interleave/runThread", { threadId: 2, line: 4 });
    client.request("interleave/runThread", { threadId: 2 });
    client.request("interleave/runThread", { threadId: 2 });
    client.request("next", { threadId: 2 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/run-thread.txt");
  });

  it("follows a schedule that the launch gives, and says where it is impossible", () => {
    const client = launch(ROUTINE, { schedule: "1*3 0", stopOnEntry: false });
    expect(client.request<{ text: string }>("interleave/schedule").text).toMatch(/^1\*3 0/);
    expect(() => launch(ROUTINE, { schedule: "0 1!" })).toThrow(
      "transition 2 of the schedule, `1!`, is not possible",
    );
    expect(() => launch(ROUTINE, { schedule: "0 x" })).toThrow("`x` is not a schedule item");
  });

  it("stops a replay where the changed program first does something else, at the thread that does it", async () => {
    const client = launch(ROUTINE);
    for (const threadId of [1, 2, 2]) client.request("next", { threadId });
    client.request("interleave/record", { path: "/run.recording" });
    const changed = ROUTINE.replace("add %ax, %ax", "add $5, %ax");
    const replay = launch(changed, { recording: "/run.recording" }, client.files);
    replay.request("exceptionInfo", { threadId: 1 });
    await expect(replay.transcript()).toMatchFileSnapshot("golden/divergence.txt");
  });

  it("says the schedule as a flag of x86.py where there is one", () => {
    const client = launch(".main\nnop\nhalt\n");
    for (const threadId of [1, 1, 2, 2]) client.request("next", { threadId });
    expect(client.request("interleave/schedule")).toEqual({ text: "0*2 1*2", flags: "-P 00111" });
  });

  it("moves by the schedule when stepping is switched, and starts again with a changed program", async () => {
    const client = launch(".main\nnop\nnop\nhalt\n", { args: "-i 1" });
    client.request("interleave/stepping", { stepping: "schedule" });
    for (let i = 0; i < 3; i++) client.request("next", { threadId: 1 });
    client.request("setBreakpoints", { source: { path: "/race.s" }, breakpoints: [{ line: 4 }] });
    client.files["/race.s"] = "# moved down\n.main\nnop\nnop\nhalt\n";
    client.request("restart", {});
    client.request("continue", { threadId: 1 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/restart.txt");
  });
});

describe("branches", () => {
  it("are kept when history forks, listed, and returned to", async () => {
    const client = launch(ROUTINE);
    const say = (expression: string) => client.send("evaluate", { expression, context: "repl" });
    say("branch 2");
    say("run 0 0 1");
    client.request("interleave/goto", { index: 1 });
    say("run 1 1");
    client.request("setVariable", { variablesReference: 1, name: "ax", value: "5" });
    client.request("interleave/goto", { index: 2 });
    client.request("next", { threadId: 1 });
    say("branches");
    client.request("interleave/branch", { id: 1 });
    client.request("interleave/branches");
    client.request("stepBack", { threadId: 1 });
    say("branch 2");
    say("branch 2");
    say("branch 9");
    client.fail("interleave/branch");
    client.request("interleave/schedule");
    await expect(client.transcript()).toMatchFileSnapshot("golden/branches.txt");
  });

  it("go on as their scheduler would", () => {
    const spin = ".main\nnop\nnop\nnop\nhalt\n";
    const plain = launch(spin, { args: "-i 2", stopOnEntry: false });
    const client = launch(spin, { args: "-i 2", stepping: "schedule" });
    for (let i = 0; i < 5; i++) client.request("next", { threadId: 1 });
    client.request("interleave/goto", { index: 1 });
    client.request("interleave/take", { thread: 1, kind: "execute" });
    client.request("interleave/branch", { id: 1 });
    client.request("continue", { threadId: 1 });
    expect(client.request("interleave/schedule")).toEqual(plain.request("interleave/schedule"));
  });
});

describe("the console", () => {
  it("understands commands and expressions", async () => {
    const client = launch(ROUTINE, { model: "tso" });
    const lines = [
      "help",
      "step 1",
      "run 0 0 0 0",
      "drain 0 all",
      "drain 1",
      "goto 2",
      "goto 99",
      "schedule",
      "ax + 1",
      "step 7",
      "run",
      "x ==",
    ];
    for (const expression of lines) client.send("evaluate", { expression, context: "repl" });
    expect(client.fail("evaluate", { expression: "run 0 9", context: "repl" })).toContain("no thread T9");
    client.request("completions", { text: "dr", column: 3 });
    client.request("completions", { text: "x + T0:%a", column: 10 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/console.txt");
  });
});

describe("a schedule that is taken", () => {
  it("ends before the first transition that is not possible, and views are told what was done", () => {
    const client = launch(ROUTINE, { model: "tso" });
    const run = (text: string) => ({ expression: `run ${text}`, context: "repl" });
    expect(client.request("evaluate", run("0 1 0!"))).toMatchObject({
      result: "T0's store buffer is empty: there is nothing to drain; 2 of 3 transitions were taken",
    });
    expect(client.events.at(-1)).toMatchObject({ event: "stopped", body: { description: "not possible" } });
    expect(client.fail("evaluate", run("0!"))).toContain("nothing to drain");
    expect(client.request("interleave/state")).toMatchObject({ index: 2, isRunning: false });
  });
});

describe("changes by hand", () => {
  it("are events that going back undoes", async () => {
    const client = launch(ROUTINE);
    client.request("setVariable", { variablesReference: 1, name: "ax", value: "0x10 + 1" });
    client.request("setVariable", { variablesReference: 3, name: "==", value: "true" });
    client.request("setVariable", { variablesReference: 4, name: "x", value: "-3" });
    client.request("setExpression", { expression: "T1:bx", value: "5" });
    client.fail("setVariable", { variablesReference: 1, name: "pc", value: "1" });
    client.request("setVariable", { variablesReference: 1, name: "pc", value: "1003" });
    expect(scope(client, "Shared memory")).toEqual({ x: "-3" });
    expect(scope(client, "Flags")["=="]).toBe("1");
    client.request("interleave/goto", { index: 0 });
    expect(scope(client, "Shared memory")).toEqual({ x: "0" });
    expect(scope(client, "Registers")["ax"]).toBe("0");
    await expect(client.transcript()).toMatchFileSnapshot("golden/changes.txt");
  });

  it("reach a slot of the stack when no store to it waits", () => {
    const client = launch(".main\npush %ax\nmfence\nhalt\n", { model: "tso" });
    const slot = { variablesReference: 5, name: "[sp+0]", value: "7" };
    client.request("next", { threadId: 1 });
    expect(client.fail("setVariable", slot)).toContain("waits in T0's store buffer: drain it first");
    client.request("next", { threadId: 1 });
    client.request("setVariable", slot);
    expect(scope(client, "Stack")).toEqual({ "[sp+0]": "7" });
  });

  it("reach bytes of memory, little-endian, and are seen by the memory view", async () => {
    const client = launch(ROUTINE);
    client.request("readMemory", { memoryReference: "mem", offset: 100, count: 8 });
    client.request("writeMemory", { memoryReference: "mem", offset: 101, data: "AQ==" });
    expect(scope(client, "Shared memory")).toEqual({ x: "256" });
    client.request("readMemory", { memoryReference: "mem:T1", offset: 996, count: 16 });
    client.request("disassemble", { memoryReference: "1001", instructionOffset: -2, instructionCount: 4 });
    await expect(client.transcript()).toMatchFileSnapshot("golden/memory.txt");
  });
});
