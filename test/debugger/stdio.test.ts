import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMessageConnection } from "./framing.ts";

/** JSON of any kind, more often than not with the look of a message. */
const noise = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      seq: fc.constantFrom(0, -1, 1.5, null, "one"),
      type: fc.constantFrom("request", "response", "event", 7),
      command: fc.oneof(fc.constantFrom("threads", "setBreakpoints", "evaluate", "next"), fc.jsonValue()),
      arguments: fc.jsonValue(),
    },
    { requiredKeys: ["type"] },
  ),
);

describe("the adapter on stdio", () => {
  it("holds a whole session with a client in another process", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "interleave-stdio-"));
    try {
      const bundle = path.join(folder, "debugger.cjs");
      await build({
        entryPoints: ["debugger/node.ts"],
        outfile: bundle,
        bundle: true,
        platform: "node",
        format: "cjs",
        logLevel: "error",
      });
      const program = path.join(folder, "race.s");
      writeFileSync(program, ".var x\n.main\nmov $1, x\nhalt\n");
      const adapter = spawn(process.execPath, [bundle], { stdio: ["pipe", "pipe", "ignore"] });
      const exit = new Promise((resolve) => adapter.once("exit", resolve));
      const client = createMessageConnection(adapter.stdout, adapter.stdin);
      const initialized = await client.request("initialize", { adapterID: "interleave" });
      expect(initialized.body).toMatchObject({ supportsStepBack: true });
      const missing = await client.request("launch", { program: path.join(folder, "none.s") });
      expect(missing).toMatchObject({
        success: false,
        message: expect.stringContaining("there is no such file"),
      });
      const directory = await client.request("launch", { program: folder });
      expect(directory).toMatchObject({
        success: false,
        message: expect.stringContaining("it is a directory"),
      });
      // What is no message is left out, and what is no request that makes sense is answered with an error.
      const frame = (text: string) =>
        adapter.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      frame("{{{");
      for (const message of fc.sample(noise, 300)) frame(JSON.stringify(message));
      await client.request("launch", { program });
      await client.event("initialized");
      await client.request("setBreakpoints", { source: { path: program }, breakpoints: [{ line: 4 }] });
      await client.request("configurationDone");
      expect(await client.event("stopped")).toMatchObject({ body: { reason: "entry" } });
      await client.request("continue", { threadId: 1 });
      expect(await client.event("stopped")).toMatchObject({ body: { reason: "breakpoint", threadId: 1 } });
      const recording = path.join(folder, "run.recording");
      await client.request("interleave/record", { path: recording });
      const again = await client.request("interleave/record", { path: recording });
      expect(again).toMatchObject({
        success: false,
        message: expect.stringContaining("nothing was written over"),
      });
      await client.request("disconnect");
      expect(await exit).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
