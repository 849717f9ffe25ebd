import { describe, expect, it } from "vitest";
import { createClient, scope } from "./client.ts";

const STORE_BUFFERING = `X86 SB
{ x=0; y=0; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0)
`;

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

  it("fails its launch with every error of the text", () => {
    const client = createClient({ "/bad.litmus": "X86 BAD\n{ }\n P0 ;\n MUV EAX,$1 ;\nexists (0:EAX=1)\n" });
    client.request("initialize");
    expect(client.fail("launch", { program: "/bad.litmus" })).toContain("bad.litmus:4:");
  });
});
