import { describe, expect, it } from "vitest";
import { file, interleave } from "./interleave.ts";

const RACE = [
  "#@ run -t 2",
  "#@ forall (count = 2)",
  ".var count",
  "mov count, %ax",
  "add $1, %ax",
  "mov %ax, count",
  "halt",
  "",
].join("\n");

/** A thread that waits for a store of its own, which never comes. */
const SPIN = ".var x\n.top\nmov x, %ax\ntest $1, %ax\njne .top\nhalt\n";

/** As far as this test reads what `--json` prints. */
interface Swept {
  readonly runs: readonly {
    readonly seed: number;
    readonly end: string;
    readonly instructions: number;
    readonly values: Readonly<Record<string, number>>;
    readonly checks: readonly object[];
  }[];
}

describe("interleave sweep FILE", () => {
  it("tells which intervals end how, and which checks hold in these runs", () => {
    const { status, stdout } = interleave("sweep", file("race.s", RACE), "-i", "1-10,12");
    expect(stdout).toBe(
      [
        "count    forall (count = 2)    instructions  intervals",
        "    1                 fails               8  1-2",
        "    2                 holds               8  3-10, 12",
        "",
      ].join("\n"),
    );
    expect(status).toBe(1);
  });

  it("prints every run, too, where that is asked for", () => {
    const { stdout } = interleave("sweep", file("race.s", RACE), "-i", "2-3", "--each");
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "interval  instructions    count    forall (count = 2)",
      "       2             8        1                 fails",
      "       3             8        2                 holds",
    ]);
  });

  it("comes to the same as single runs with these seeds", () => {
    const name = file("race.s", RACE);
    const swept: Swept = JSON.parse(interleave("sweep", name, "-r", "-i", "4", "-s", "0-7", "--json").stdout);
    for (const { seed, end, instructions, values, checks } of swept.runs) {
      const single = interleave("run", name, "-r", "-i", "4", "-s", String(seed), "--json");
      const run = JSON.parse(single.stdout);
      expect({ end: run.end, instructions: run.instructions }).toEqual({ end, instructions });
      expect(run.state.variables).toMatchObject(values);
      expect(run.checks).toMatchObject(checks);
    }
    expect(new Set(swept.runs.map(({ values }) => values["count"]))).toEqual(new Set([1, 2]));
  });

  it("tells flags by their names", () => {
    const test = "X86 F\n{ x=0; }\n P0 ;\n CMP [x],$0 ;\nlocations [0:ZF;]\nexists (x=0)\n";
    const { stdout } = interleave("sweep", file("f.litmus", test), "-i", "1");
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/^x {2}0:flags /),
      expect.stringMatching(/^0 +ZF /),
    ]);
  });

  it("gives up runs that come to no end, and says so", () => {
    const { status, stdout } = interleave("sweep", file("spin.s", SPIN), "-i", "1-3", "--max-steps", "1000");
    expect(stdout).toBe("x    instructions  intervals\n0            1000  1-3 (given up)\n");
    expect(status).toBe(4);
  });

  it("tells of faults", () => {
    const { status, stdout } = interleave("sweep", file("end.s", ".var x\nmov $1, x\n"), "-i", "1");
    expect(stdout).toMatch(/^1 +\d+ {2}1 \(fault: /m);
    expect(status).toBe(1);
  });

  it.each([
    ["an interval is at least 1", ["-i", "0-3"]],
    ["an interval is at least 1, not 0", ["-r", "-s", "0-3", "-i", "0"]],
    ["`3-` is neither a number nor a range", ["-i", "3-"]],
    ["`9-3` ends before it begins", ["-i", "9-3"]],
    ["a seed changes nothing", ["-s", "1-3"]],
    ["not over both", ["-r", "-s", "1-3", "-i", "1-3"]],
  ])("refuses what makes no sweep: %s", (words, flags) => {
    const { status, stderr } = interleave("sweep", file("race.s", RACE), ...flags);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});
