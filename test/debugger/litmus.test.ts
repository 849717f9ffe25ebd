import { describe, expect, it } from "vitest";
import { createClient, scope, type TestClient } from "./client.ts";

const STORE_BUFFERING = `X86 SB
{ x=0; y=0; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0)
`;

/** Starts a test up to its entry. */
function debugLitmus(test: string, args: object): TestClient {
  const client = createClient({ "/test.litmus": test });
  client.request("initialize");
  client.request("launch", { program: "/test.litmus", ...args });
  client.request("configurationDone");
  return client;
}

describe("a litmus test", () => {
  it("is stepped thread by thread, with a breakpoint on one instruction of a line", async () => {
    const client = createClient({ "/sb.litmus": STORE_BUFFERING });
    client.request("initialize");
    client.clear();
    client.request("launch", { program: "/sb.litmus" });
    client.request("configurationDone");
    const source = { path: "/sb.litmus" };
    client.request("breakpointLocations", { source, line: 5 });
    client.request("setBreakpoints", { source, breakpoints: [{ line: 5, column: 17 }] });
    client.request("next", { threadId: 1 });
    client.request("evaluate", { expression: "x + T0:x * 10", context: "watch" });
    client.request("continue", { threadId: 1 });
    expect(scope(client, "Registers", 0)["EAX"]).toBe("0");
    client.request("threads");
    await expect(client.transcript()).toMatchFileSnapshot("golden/litmus.txt");
  });

  it("runs and jumps a thread to that thread's instruction of a line", () => {
    const client = createClient({ "/sb.litmus": STORE_BUFFERING });
    client.request("initialize");
    client.request("launch", { program: "/sb.litmus", model: "tso" });
    client.request("configurationDone");
    const { targets } = client.request<{ targets: { id: number; label: string }[] }>("gotoTargets", {
      source: { path: "/sb.litmus" },
      line: 5,
    });
    expect(targets.map((t) => t.label)).toEqual(["P0+1 · MOV EAX,[y]", "P1+1 · MOV EAX,[x]"]);
    expect(client.fail("goto", { threadId: 2, targetId: targets[0]!.id })).toContain("another thread");
    client.request("interleave/runThread", { threadId: 2, line: 5 });
    expect(client.events.at(-1)?.body).toMatchObject({ text: "T1 ran to here alone", threadId: 2 });
    expect(client.fail("interleave/runThread", { threadId: 2, line: 6 })).toContain("no instruction");
  });

  it("shows registers as the test names them, parts of them, and addresses by their variables", () => {
    const test = `X86_64 NAMES
{ x=5; p=x; 0:rbx=x; }
 P0               ;
 movq (p),%rdx    ;
 movq $-2,%rax    ;
 movq $1,(x)      ;
exists (0:rax=5)
`;
    const client = debugLitmus(test, { model: "tso" });
    for (let i = 0; i < 3; i++) client.request("next", { threadId: 1 });
    const texts = client.events.flatMap((e) => (e.event === "stopped" ? [e.body.text] : []));
    expect(texts).toContain("T0: movq (p),%rdx · p = x");
    const registers = scope(client, "Registers");
    expect(registers).toMatchObject({ rdx: "x", rbx: "x", rax: "-2" });
    expect(Object.keys(registers).filter((name) => name.startsWith("."))).toEqual([]);
    expect(scope(client, "Store buffer")).toEqual({ "0: x": "1 (line 6)" });
    const value = (expression: string) =>
      client.request<{ result: string }>("evaluate", { expression, context: "watch" }).result;
    expect(["%eax", "al", "ah", "T0:ax", "rdx", "edx", "p", "rdx + 8"].map(value)).toEqual([
      "-2",
      "-2",
      "-1",
      "-2",
      "x",
      "x",
      "x",
      "x+8",
    ]);
    expect(client.fail("evaluate", { expression: "dl", context: "watch" })).toContain("holds an address");
    expect(client.fail("setExpression", { expression: "eax", value: "1" })).toContain("a part of `rax`");
    const { targets } = client.request<{ targets: object[] }>("completions", { text: "%", column: 2 });
    expect(targets).toHaveLength(16);
  });

  it("tells which part of an instruction comes next where it reads memory and writes it", () => {
    const client = debugLitmus("X86 PARTS\n{ }\n P0          ;\n ADD [x],$1  ;\nexists (x=1)\n", {});
    const next = () => client.request<{ threads: { next: string }[] }>("interleave/state").threads[0]?.next;
    expect(next()).toBe("ADD [x],$1 (1 of 2)");
    client.request("next", { threadId: 1 });
    expect(client.events.at(-1)?.body.text).toBe("T0: ADD [x],$1 (1 of 2) · x = 0");
    expect(next()).toBe("ADD [x],$1 (2 of 2)");
    expect(client.request("threads")).toMatchObject({
      threads: [{ name: "T0 · P0+1 · ADD [x],$1 (2 of 2) · SB 0" }],
    });
  });

  it("fails its launch with every error of the text", () => {
    const client = createClient({ "/bad.litmus": "X86 BAD\n{ }\n P0 ;\n MUV EAX,$1 ;\nexists (0:EAX=1)\n" });
    client.request("initialize");
    expect(client.fail("launch", { program: "/bad.litmus" })).toContain("bad.litmus:4:");
  });
});
