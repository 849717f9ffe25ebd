import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "./folder.ts";

/** Runs of litmus7's inner loop, which it prepares and counts together. */
const SIZE = 1000;

/** Whether litmus7 (diy.inria.fr), which runs litmus tests on the processor, too, is installed. */
export const hasLitmus7 = (): boolean => spawnSync("litmus7", ["-version"]).status === 0;

/**
 * litmus7's program for a test of two threads, compiled when it first runs, with the options under which it shows most: threads pinned, starts
 * agreed on by the time stamp counter. As its manual says, from "Cross compilation" on.
 * @param name as the test's text has it
 * @returns a function that makes so many thousand runs, and tells how many of them fulfilled the test's condition
 */
export function litmus7Program(name: string, text: string): (thousands: number) => number {
  const folder = temporaryFolder();
  const command = (program: string, ...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
    return stdout;
  };
  let compiled = false;
  return (thousands) => {
    if (!compiled) {
      writeFileSync(path.join(folder, `${name}.litmus`), text);
      const options = ["-a", "2", "-affinity", "incr1", "-barrier", "timebase"];
      command("litmus7", ...options, "-o", "test.tar", `${name}.litmus`);
      command("tar", "xf", "test.tar");
      command("sh", "comp.sh");
      compiled = true;
    }
    const output = command(`./${name}.exe`, "-s", String(SIZE), "-r", String(thousands));
    const [, positive, negative] = /^Observation \S+ \w+ (\d+) (\d+)$/m.exec(output)?.map(Number) ?? [];
    if (positive! + negative! !== thousands * SIZE)
      throw new Error(`unexpected output of litmus7: ${output}`);
    return positive!;
  };
}
