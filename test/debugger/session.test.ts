import { describe, expect, it } from "vitest";
import { createClient, launch, scope } from "./client.ts";

const STORE_BUFFERING = `#@ run --model tso
.var x
.var y
.main
mov $1, x
mov y, %ax
mfence
halt
`;

describe("a session", () => {
  it("shows a store waiting in its buffer, then in memory, and takes it back", async () => {
    const client = launch(STORE_BUFFERING);
    client.request("threads");
    client.request("next", { threadId: 2 });
    expect(scope(client, "Store buffer", 1)).toEqual({ "0: x [100]": "1 (line 5)" });
    expect(scope(client, "Shared memory", 1)).toEqual({ x: "0", y: "0" });
    client.request("interleave/drain", { threadId: 2 });
    expect(scope(client, "Store buffer", 1)).toEqual({});
    expect(scope(client, "Shared memory", 1)).toEqual({ x: "1", y: "0" });
    client.request("stepBack", { threadId: 2 });
    expect(scope(client, "Shared memory", 1)).toEqual({ x: "0", y: "0" });
    client.request("stepBack", { threadId: 2 });
    expect(scope(client, "Store buffer", 1)).toEqual({});
    await expect(client.transcript()).toMatchFileSnapshot("golden/store-buffering.txt");
  });

  it("drains first when a step meets a fence, and says so; one step back undoes all of it", async () => {
    const client = launch(STORE_BUFFERING);
    client.request("next", { threadId: 1 });
    client.request("next", { threadId: 1 });
    client.request("next", { threadId: 1 });
    expect(client.events.at(-1)?.body).toMatchObject({
      description: "drained, then stepped",
      text: "T0: mfence · after its store had drained",
    });
    client.request("stepBack", { threadId: 1 });
    expect(scope(client, "Store buffer")).toEqual({ "0: x [100]": "1 (line 5)" });
    await expect(client.transcript()).toMatchFileSnapshot("golden/fence.txt");
  });

  it("runs to the end, stays there to look back, and ends when continued again", async () => {
    const client = launch(STORE_BUFFERING.replace("mfence\n", ""));
    client.request("continue", { threadId: 1 });
    client.request("continue", { threadId: 1 });
    client.request("reverseContinue", { threadId: 1 });
    client.request("continue", { threadId: 1 });
    client.request("continue", { threadId: 1 });
    expect(client.events.map((e) => e.event)).toContain("terminated");
    await expect(client.transcript()).toMatchFileSnapshot("golden/end.txt");
  });

  it("leaves a thread that has halted at its halt, not at what follows in the text", () => {
    const client = launch("#@ run -t 1\n.main\nj .last\n.early\nhalt\nnop\n.last\nj .early\n");
    for (let i = 0; i < 3; i++) client.request("next", { threadId: 1 });
    const { stackFrames } = client.request<{ stackFrames: { line: number; name: string }[] }>("stackTrace", {
      threadId: 1,
    });
    expect(stackFrames).toMatchObject([{ line: 5, name: ".early" }]);
    expect(client.request("interleave/state")).toMatchObject({ threads: [{ halted: true, line: 5 }] });
  });

  it("tells that a load was forwarded from the thread's own buffer, and another was not", () => {
    const client = launch(STORE_BUFFERING.replace("mov y, %ax", "mov x, %ax"));
    for (const threadId of [1, 1, 2]) client.request("next", { threadId });
    client.request("interleave/drain", { threadId: 2 });
    client.request("next", { threadId: 2 });
    const told = client.events.filter((e) => e.event === "stopped").map((e) => e.body.text);
    expect(told).toContain("T0: mov x, %ax · x = 1, forwarded from its store buffer");
    expect(told.at(-1)).toBe("T1: mov x, %ax · x = 1");
  });

  it("keeps the thread that the person looks at while time is travelled and others drain", () => {
    const client = launch(STORE_BUFFERING);
    client.request("next", { threadId: 1 });
    expect(scope(client, "Registers", 1)["ax"]).toBe("0"); // the person selects T1
    client.request("interleave/drain", { threadId: 1 });
    expect(client.events.at(-1)?.body).toMatchObject({ text: "T0 drained x: 0 → 1", threadId: 2 });
    client.request("interleave/goto", { index: 1 });
    expect(client.events.at(-1)?.body).toMatchObject({ reason: "goto", threadId: 2 });
    client.request("interleave/take", { thread: 0, kind: "drain" });
    expect(client.events.at(-1)?.body).toMatchObject({ description: "drained", threadId: 2 });
  });

  it("tells views what happened, whether it runs, and in which base numbers are shown", () => {
    const client = launch(STORE_BUFFERING.replace("$1, x", "$20, x"));
    client.request("next", { threadId: 1 });
    client.request("interleave/format", { base: "hexadecimal" });
    expect(client.events.at(-1)).toMatchObject({ event: "invalidated" });
    expect(client.events.at(-2)).toMatchObject({ event: "interleave/changed" });
    expect(client.request("interleave/state")).toMatchObject({
      told: "T0: mov $20, x · x: 0 → 20, waits in its store buffer",
      isRunning: false,
      base: 16,
      scheduler: "turns of 50",
      transitions: [{ label: "T0: mov y, %ax" }, { label: "T0: drain x = 0x14" }, {}],
    });
    client.request("setVariable", { variablesReference: 1, name: "ax", value: "5" });
    expect(client.request("interleave/state")).toMatchObject({ told: "changed by hand" });

    const endless = launch(".top\nadd $1, %ax\nj .top\n");
    endless.request("continue", { threadId: 1 });
    expect(endless.request("interleave/state")).toMatchObject({ isRunning: true });
  });

  it("shows numbers as numbers, however large, and cells that there are not yet as such", () => {
    const client = launch(".var x\nmov $4503599627370497, %ax\nmov %ax, x\nmov $1, 999999\nhalt\n");
    client.request("setDataBreakpoints", { breakpoints: [{ dataId: "999999", accessType: "write" }] });
    for (let i = 0; i < 3; i++) client.request("next", { threadId: 1 });
    expect(scope(client, "Registers")).toMatchObject({ ax: "4503599627370497", pc: "1003" });
    expect(scope(client, "Shared memory")["x"]).toBe("4503599627370497");
    expect(client.events.at(-1)?.body.text).toBe("T0 wrote [999999]: not mapped → 1");
  });

  it("tells what it can do", async () => {
    const client = createClient();
    client.request("initialize");
    await expect(client.transcript()).toMatchFileSnapshot("golden/initialize.txt");
  });

  it("fails a launch visibly", () => {
    const client = createClient({ "/bad.s": "mov %ax\njmp .top\n" });
    client.request("initialize");
    expect(client.fail("launch", { program: "/missing.s" })).toContain("missing.s");
    expect(client.fail("launch", {})).toContain("needs `program`");
    const message = client.fail("launch", { program: "/bad.s" });
    expect(message).toContain("bad.s:1:");
    expect(message).toContain("bad.s:2:1: error: there is no `jmp` here; use `j`");
    expect(client.fail("launch", { program: "/bad.s", model: "arm" })).toContain("sc or tso");
    expect(client.fail("next", { threadId: 1 })).toContain("nothing is being debugged");
  });

  it("has failures told at once where the person moved something, others only where they were asked for", () => {
    const client = launch(STORE_BUFFERING);
    const isTold = (command: string, args: object) => client.send(command, args).body.error.showUser;
    expect(isTold("next", { threadId: 9 })).toBe(true);
    expect(isTold("goto", { threadId: 1, targetId: 99 })).toBe(true);
    expect(isTold("evaluate", { expression: "nothere", context: "watch" })).toBe(false);
    expect(isTold("variables", { variablesReference: 99 })).toBe(false);
    expect(isTold("interleave/drain", { threadId: 1 })).toBe(false);
  });

  it("keeps an endless loop pausable", () => {
    const client = launch(".top\nadd $1, %ax\nj .top\n");
    client.request("continue", { threadId: 1 });
    client.run(3);
    client.request("pause", { threadId: 1 });
    expect(client.events.at(-1)).toMatchObject({ event: "stopped", body: { reason: "pause", threadId: 1 } });
  });
});
