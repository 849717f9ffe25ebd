import { spawnSync } from "node:child_process";
import { openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "./folder.ts";
import type { Benchmark } from "./harness.ts";
import { loopingRace, newRun, runToEnd } from "./programs.ts";

const CLI = "dist/cli.js";

/** Runs the command line with its output thrown away. */
function interleave(...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [CLI, ...args], { stdio: ["ignore", nowhere, "inherit"] });
  if (status !== 0) throw new Error(`interleave ${args.join(" ")} ended with status ${status}`);
}

const nowhere = openSync("/dev/null", "w");
const program = path.join(temporaryFolder(), "race.s");
const text = loopingRace(100_000);
writeFileSync(program, text);

export default [
  { name: "start-up of --help", amount: 1, unit: "starts", clock: "wall", run: () => interleave("--help") },
  {
    name: "rows of a run on stdout",
    amount: runToEnd(newRun(text)),
    unit: "rows",
    clock: "wall",
    run: () => interleave("run", program, "-M", "count", "-R", "ax"),
  },
] satisfies Benchmark[];
