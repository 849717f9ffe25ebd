import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { State } from "../core/machine/state.ts";
import { temporaryFolder } from "./folder.ts";
import { promela } from "./promela.ts";

/** Whether SPIN and a C compiler for its verifiers are installed. */
export const hasSpin = (): boolean =>
  spawnSync("spin", ["-V"]).status === 0 && spawnSync("gcc", ["--version"]).status === 0;

/**
 * SPIN's verifier of what can happen from a state, compiled with some more flags when it first runs.
 * @returns a function that runs it, and fails if it does not find the number of states that it is given
 */
export function spinVerifier(start: State, flags: readonly string[]): (states?: number) => void {
  const folder = temporaryFolder();
  const command = (name: string, ...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync(name, words, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    return stdout;
  };
  let compiled = false;
  return (states) => {
    if (!compiled) {
      writeFileSync(path.join(folder, "model.pml"), promela(start));
      command("spin", "-a", "model.pml");
      command("gcc", "-O2", "-w", "-DSAFETY", "-DMEMLIM=8000", ...flags, "-o", "pan", "pan.c");
      compiled = true;
    }
    const output = command("./pan", "-m1000000", "-w26", "-E");
    const found = Number(/(\d+) states, stored/.exec(output)?.[1]);
    if (states !== undefined && found !== states)
      throw new Error(`SPIN finds ${found} states, not ${states}`);
  };
}
