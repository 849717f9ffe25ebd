import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { ExploreReport } from "../core/explore/report.ts";
import type { State } from "../core/machine/state.ts";
import { temporaryFolder } from "./folder.ts";
import { promela } from "./promela.ts";

/** Whether SPIN and a C compiler for its verifiers are installed. */
export const hasSpin = (): boolean =>
  spawnSync("spin", ["-V"]).status === 0 && spawnSync("gcc", ["--version"]).status === 0;

/**
 * SPIN's search of everything that can happen from a state, without its partial order reduction.
 * @returns a function that runs it and returns the seconds of user CPU time that it took; it fails where SPIN does not find so many states
 */
export function spinSearch(start: State, states: number): () => number {
  const verifier = later(() => compile(promela(start, "steps", []), ["-DNOREDUCE"]));
  return () => {
    const { output, seconds } = run(verifier(), "-w26");
    const found = Number(/(\d+) states, stored/.exec(output)?.[1]);
    if (found !== states) throw new Error(`SPIN finds ${found} states, not ${states}`);
    return seconds;
  };
}

/**
 * SPIN's default search with partial order reduction on the formulation that suits it best.
 * @param expected the outcomes that it must find, which is checked once
 * @returns a function that runs it and returns the seconds of user CPU time that it took
 */
export function spinVerdict(start: State, expected: () => ExploreReport): () => number {
  const verifier = later(() => {
    const { locations, outcomes } = expected();
    const { output } = run(compile(promela(start, "verdict", locations, true), []));
    const found = new Set(Array.from(output.matchAll(/^outcome (.*)$/gm), (match) => match[1]!));
    const missing = outcomes.filter(({ values }) => !found.delete(values.join(" ")));
    if (missing.length + found.size > 0) {
      throw new Error(`SPIN does not find ${missing.length} outcomes, and finds ${found.size} others`);
    }
    return compile(promela(start, "verdict", locations), []);
  });
  return () => run(verifier()).seconds;
}

/** Does some work once, when it is first needed. */
function later<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

/** @returns the folder with the verifier of a model */
function compile(model: string, flags: readonly string[]): string {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "model.pml"), model);
  command(folder, "spin", "-a", "model.pml");
  command(folder, "gcc", "-O2", "-w", "-DSAFETY", "-DMEMLIM=8000", ...flags, "-o", "pan", "pan.c");
  return folder;
}

function run(
  folder: string,
  ...flags: readonly string[]
): { readonly output: string; readonly seconds: number } {
  const line = ["./pan", "-m1000000", "-E", ...flags].join(" ");
  const { stdout, stderr } = command(folder, "bash", "-c", `TIMEFORMAT=%3U; time ${line}`);
  if (!stdout.includes("errors: 0")) throw new Error(`SPIN's search fails:\n${stdout}`);
  return { output: stdout, seconds: Number(stderr.trim().split("\n").at(-1)) };
}

function command(folder: string, name: string, ...words: readonly string[]) {
  const result = spawnSync(name, words, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (result.status !== 0) throw new Error(`${name} failed: ${result.stderr}`);
  return result;
}
