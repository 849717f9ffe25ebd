import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { createMessageConnection } from "./framing.ts";

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
      const adapter = spawn(process.execPath, [bundle], { stdio: ["pipe", "pipe", "inherit"] });
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
      // Noise between messages is left out.
      adapter.stdin.write("Content-Length: 4\r\n\r\nnull");
      adapter.stdin.write("Content-Length: 3\r\n\r\n{{{");
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
