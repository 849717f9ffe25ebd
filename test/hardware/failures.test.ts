import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { execute } from "../../hardware/execute.ts";
import { requireMachine, runOnHardware } from "../../hardware/index.ts";
import { bounded, startGroup } from "../../hardware/process.ts";
import { file, inFolder } from "../cli/interleave.ts";
import { hindrance } from "./hindrance.ts";
import { briefly, testOf } from "./support.ts";

const ENDLESS = "#@ run -t 2\n.var x\n.top\nmov $1, x\nj .top\n";
const LONG = "#@ run -t 2\n.var x\nmov $1, x\nhalt\n";

/** Processes whose program is a file in a folder, be it removed already, or that work for one. */
function processesOf(folder: string): string[] {
  const about = (pid: string): string => {
    try {
      return `${readlinkSync(`/proc/${pid}/exe`)} ${readFileSync(`/proc/${pid}/cmdline`, "utf8")}`;
    } catch {
      return ""; // it has ended, or is somebody else's
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(about)
    .filter((text) => text.includes(folder));
}

/** Where tests are compiled, and where compilers of ours are. */
let folder: string;
let compilers: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "interleave-failures-"));
  compilers = mkdtempSync(path.join(tmpdir(), "interleave-compilers-"));
  vi.stubEnv("TMPDIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const made of [folder, compilers]) rmSync(made, { recursive: true });
});

/** Makes a shell script the compiler of this machine. */
function compileWith(script: string): void {
  const file = path.join(compilers, "cc");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv("PATH", `${compilers}:${process.env["PATH"]}`);
}

/** Who watches over the folder notices a little later that it is gone. */
const nothingIsLeft = (): Promise<void> =>
  vi.waitFor(() => {
    expect(readdirSync(folder)).toEqual([]);
    expect(processesOf(folder)).toEqual([]);
  }, 10_000);

describe.skipIf(process.platform !== "linux")("A process of a test", () => {
  const script = (text: string) => startGroup("/bin/sh", ["-c", text], {});

  test("that hangs is killed with all that it has started", async () => {
    const group = script("trap '' TERM; sleep 1000 & sleep 1000");
    expect(await bounded(group, 200, undefined, "SIGTERM")).toEqual({ code: null, signal: "SIGKILL" });
    await vi.waitFor(() => expect(() => process.kill(-group.child.pid!, 0)).toThrow("ESRCH"), 5_000);
  });

  test("that is cancelled is told so before it is killed", async () => {
    const group = script("trap 'exit 7' TERM; while :; do sleep 0.01; done");
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 200);
    expect(await bounded(group, 10_000, cancel.signal, "SIGTERM")).toEqual({ code: 7, signal: null });
  });

  test.each([
    ["crashes", "kill -SEGV $$", "it was ended by SIGSEGV"],
    ["fails", "echo no arena >&2; exit 1", "no arena"],
    ["says nothing", "exit 0", "it was ended by status 0"],
    ["babbles", "echo hello; sleep 1000", "unexpected output of the test: hello"],
  ])("that %s is a failure that says so", async (_, text, message) => {
    const words = ["-c", text, "sh", "1"]; // the fourth is what a test takes for its seconds
    const run = execute("/bin/sh", words, testOf(LONG), () => {}, {});
    await expect(run).rejects.toThrow(message);
  });

  test("that cannot be started is a failure, too", async () => {
    const run = execute("/nowhere/test", ["1", "1", "tsc", "1"], testOf(LONG), () => {}, {});
    await expect(run).rejects.toThrow("could not be started");
  });
});

const reason = hindrance("threads");
if (reason !== undefined) test.skip(`tests with a compiler: ${reason}`);

describe.skipIf(reason !== undefined)("After a test on the processor", { timeout: 60_000 }, () => {
  test("that came to its end, no file and no process is left", async () => {
    await runOnHardware(testOf(LONG), briefly("threads"));
    await nothingIsLeft();
  });

  test("that was cancelled while it ran, what was seen is told, and nothing is left", async () => {
    const cancel = new AbortController();
    const result = await runOnHardware(testOf(LONG), briefly("threads", { runs: 1e12, seconds: 60 }), {
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    expect(result.end).toBe("cancelled");
    expect(result.outcomes).toEqual([{ values: [1], count: result.runs }]);
    await nothingIsLeft();
  });

  test("that was cancelled while it was compiled, nothing is left", async () => {
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 20);
    const result = await runOnHardware(testOf(LONG), briefly("threads"), { signal: cancel.signal });
    expect(result).toMatchObject({ end: "cancelled", runs: 0 });
    await nothingIsLeft();
  });

  test.each([
    ["that crashes", "int main(void) { __builtin_trap(); }", "it was ended by SIG"],
    ["that is killed", "#include <signal.h>\nint main(void) { raise(SIGKILL); }", "it was ended by SIGKILL"],
    ["that fails", "int main(void) { return 3; }", "it was ended by status 3"],
  ])("%s, nothing is left", async (_, program, message) => {
    const compiler = requireMachine("threads");
    compileWith(`for program; do :; done\nexec ${compiler} -x c - -o "$program" <<'END'\n${program}\nEND`);
    await expect(runOnHardware(testOf(LONG), briefly("threads"))).rejects.toThrow(message);
    await nothingIsLeft();
  });

  test("that the compiler crashed at, nothing is left", async () => {
    compileWith("kill -SEGV $$");
    await expect(runOnHardware(testOf(LONG), briefly("threads"))).rejects.toThrow("could not compile");
    await nothingIsLeft();
  });

  test("that does not end, nothing is left", async () => {
    const result = await runOnHardware(testOf(ENDLESS), briefly("threads", { seconds: 1 }));
    expect(["time", "stuck"]).toContain(result.end);
    await nothingIsLeft();
  });
});

describe.skipIf(reason !== undefined)("The command line", { timeout: 60_000 }, () => {
  /** `interleave hardware` on a test with too many runs, when its process is running. */
  async function started(): Promise<ChildProcess> {
    const name = inFolder(file("long.s", LONG));
    const words = [path.resolve("dist/cli.js"), "hardware", name, "--runs", "1000000000000"];
    const cli = spawn(process.execPath, words, { env: { ...process.env, TMPDIR: folder }, stdio: "pipe" });
    await vi.waitFor(() => expect(processesOf(folder).join()).toContain("/test"), 30_000);
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), 30_000);
    return cli;
  }

  test("tells at Ctrl+C what was seen so far", async () => {
    const cli = await started();
    let output = "";
    cli.stdout!.on("data", (text) => {
      output += text;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    cli.kill("SIGINT");
    const [status] = await once(cli, "close");
    expect(output).toMatch(/\n1 +yes +yes +[\d,]+\n/);
    expect(output).toContain("stopped by Ctrl+C");
    expect(status).toBe(4);
    await nothingIsLeft();
  });

  test("leaves nothing behind when it is killed while it compiles", async () => {
    compileWith("sleep 1000 & wait");
    const words = [path.resolve("dist/cli.js"), "hardware", inFolder(file("long.s", LONG))];
    const cli = spawn(process.execPath, words, { stdio: "ignore" });
    await vi.waitFor(() => expect(processesOf(folder).join()).toContain("test.c"), 30_000);
    cli.kill("SIGKILL");
    await nothingIsLeft();
  });

  test("leaves nothing behind when it is killed", async () => {
    const cli = await started();
    cli.kill("SIGKILL");
    await once(cli, "close");
    await nothingIsLeft();
  });
});
