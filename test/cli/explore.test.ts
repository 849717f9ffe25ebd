import { describe, expect, it } from "vitest";
import { exploreTask } from "../../cli/explore-task.ts";
import { watchInterrupt } from "../../cli/interrupt.ts";
import { parseReduction } from "../../core/explore/reduction/reduction.ts";
import { parseSchedule } from "../../core/schedule/text.ts";
import { startOf } from "../explore/programs.ts";
import { file, interleave, interrupted } from "./interleave.ts";

const SB = [
  "#@ run -t 2 -a dx=0,dx=1 -R ax",
  "#@ exists (0:ax = 0 /\\ 1:ax = 0)",
  ".var x",
  ".var y",
  "test $1, %dx",
  "je .second",
  "mov $1, x",
  "mov y, %ax",
  "halt",
  ".second",
  "mov $1, y",
  "mov x, %ax",
  "halt",
].join("\n");

const GROWING = "#@ forall (x = 0)\n.var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nj .top\n";

describe("interleave explore FILE", () => {
  it("shows which outcomes each model has, and judges by the weaker one", () => {
    const { status, stdout } = interleave("explore", file("sb.s", SB));
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^x {2}y {2}0:ax {2}1:ax {4}SC {2}TSO {4}shortest schedule\n1 {2}1 {5}0 {5}0 {5}- {4}1/,
    );
    expect(stdout).toContain(
      "1 outcome only under TSO:\n  x=1 y=1 0:ax=0 1:ax=0\n    leaves SC at transition",
    );
    expect(stdout).toContain("FAILS    SC   exists (0:ax = 0 /\\ 1:ax = 0)");
    expect(stdout).toContain("holds    TSO  exists (0:ax = 0 /\\ 1:ax = 0)");
    expect(interleave("explore", "sb.s", "--model", "sc").status).toBe(1);
  });

  it("prints schedules that `interleave run` takes", () => {
    file("sb.s", SB);
    const { stdout } = interleave("explore", "sb.s", "--json");
    const { outcomes } = JSON.parse(stdout);
    expect(outcomes).toHaveLength(4);
    for (const { values, models } of outcomes) {
      const run = interleave("run", "sb.s", "--model", "tso", "--schedule", models.tso.schedule, "--json");
      const { state, end } = JSON.parse(run.stdout);
      expect(end).toBe("finished");
      expect([state.variables.x, state.threads[1].registers.ax]).toEqual([values.x, values["1:ax"]]);
    }
  });

  it("stops at a limit with status 4 and says what was not established", () => {
    const { status, stdout } = interleave("explore", file("growing.s", GROWING), "--max-states", "20000");
    expect(status).toBe(4);
    expect(stdout).toContain("unknown  TSO  forall (x = 0)");
    expect(stdout).toContain("what is not listed is not excluded");
  });

  it("ends soon after Ctrl+C with what was found, at whatever it is", { timeout: 20_000 }, async () => {
    const name = file("growing.s", GROWING);
    const { status, stdout, milliseconds } = await interrupted(
      1500,
      "explore",
      name,
      "--max-states",
      "1000000000",
    );
    expect(milliseconds).toBeLessThan(1500 + 3000);
    expect(status).toBe(4);
    expect(stdout).toContain("unknown  SC   forall (x = 0)");
  });

  it("warns of checks about cells that nothing comes to, and judges them all the same", () => {
    const text = ".var x\n#@ exists (x = 1 /\\ [2000] = 0)\nmov $1, x\nhalt\n";
    const { status, stderr } = interleave("explore", file("cell.s", text), "--check", "forall ([4] = 0)");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^cell\.s:2:21: warning: no variable lies at address 2000, .*never changes\n/);
    expect(stderr).toContain("--check:1:9: warning:");
  });

  it("keeps a bound on memory", { timeout: 20_000 }, () => {
    const { status, stdout } = interleave("explore", file("growing.s", GROWING), "--memory", "16");
    expect(status).toBe(4);
    expect(stdout).toContain("stopped at the largest amount of memory");
  });

  it("counts the instructions of long steps against the limit of states", { timeout: 20_000 }, () => {
    const text = "#@ run -t 1 -R ax\n.top\nadd $1, %ax\nj .top\n";
    expect(interleave("explore", file("registers.s", text)).stdout).toContain("number of states");
  });

  it("estimates how large it will be, and says how certain that is", { timeout: 20_000 }, () => {
    const small = interleave("explore", file("sb.s", SB), "--estimate", "--model", "tso").stdout;
    expect(small).toMatch(/^TSO: exactly \d+ states/);
    const endless = interleave("explore", file("growing.s", GROWING), "--estimate", "-t", "1").stdout;
    expect(endless).toMatch(/SC: more than [\d,]+ states; how many cannot be guessed/);
  });

  it("takes more checks from the command line", () => {
    file("sb.s", SB);
    const { status, stdout } = interleave(
      "explore",
      "sb.s",
      "--check",
      "forall (x = 1)",
      "--check",
      "always (y = 0)",
    );
    expect(stdout).toMatch(/holds {4}TSO {2}forall \(x = 1\)/);
    expect(stdout).toMatch(/FAILS {4}TSO {2}always \(y = 0\)/);
    expect(status).toBe(1);
  });

  it("says where a check is wrong", () => {
    const { status, stderr } = interleave(
      "explore",
      file("bad.s", "#@ forall (cuont = 2)\n.var count\nhalt\n"),
    );
    expect(status).toBe(1);
    expect(stderr).toContain("bad.s:1:12: error: no variable `cuont` is declared: did you mean `count`?");
    file("sb.s", SB);
    expect(interleave("explore", "sb.s", "--check", "exists (2:ax = 0)")).toMatchObject({ status: 2 });
    expect(interleave("explore", "sb.s", "--check", "exist (x = 0)").stderr).toContain(
      "did you mean `exists`?",
    );
    expect(interleave("explore", "sb.s", "--reduction", "L9").status).toBe(2);
  });

  it("takes cells that instructions name by their numbers for variables, as many programs have no others", () => {
    file("numbers.s", "mov 2000, %ax\nadd $1, %ax\nmov %ax, 2000\npush %ax\nhalt\n");
    const { stdout } = interleave("explore", "numbers.s", "--model", "sc", "--json");
    const { locations, outcomes } = JSON.parse(stdout);
    expect(locations).toEqual(["[2000]"]);
    expect(outcomes.map((o: { values: object }) => o.values)).toEqual([{ "[2000]": 1 }, { "[2000]": 2 }]);
    const run = interleave("run", "numbers.s").stdout;
    expect(run).toContain("\n 2000   ");
    expect(run).toContain("\n    1   1002 mov %ax, 2000\n");
    expect(run).toContain("\n  memory  [2000]=2\n");
  });

  it("explores from where a schedule leads", () => {
    file("sb.s", SB);
    const { stdout } = interleave("explore", "sb.s", "--model", "tso", "--from", "0*4 1*4", "--json");
    expect(JSON.parse(stdout).outcomes).toHaveLength(1);
    const refused = interleave("explore", "sb.s", "--model", "sc", "--from", "0*3 0!");
    expect(refused).toMatchObject({ status: 1 });
    expect(refused.stderr).toContain("transition 4 of the schedule, `0!`, is not possible there");
    const { stderr } = interleave("explore", "sb.s", "--from", "7");
    expect(stderr).toBe(
      "error: --from: transition 1 of the schedule, `7`, is not possible there: there is no thread T7; the threads are T0 to T1\n",
    );
  });

  it("explains faults, with the schedule that leads to them", () => {
    const { status, stdout, stderr } = interleave(
      "explore",
      file("fault.s", "mov -5, %ax\nhalt\n"),
      "--model",
      "sc",
    );
    expect(status).toBe(1);
    expect(stdout).toContain("fault    SC after: ");
    expect(stderr).toContain("fault.s:1:1: error: T0");
  });
});

describe("faults of threads that are alike", () => {
  const text = ".var x\nmov $1, %ax\nfetchadd %ax, x\ntest $1, %ax\njne .end\nmov -5, %bx\n.end\nhalt\n";

  it("are told of each thread, whatever the reduction", () => {
    file("fault.s", text);
    const told = ["L0", "L4+dead+sym"].map((level) => {
      const { stderr } = interleave("explore", "fault.s", "-t", "3", "--model", "sc", "--reduction", level);
      return [...stderr.matchAll(/error: T(\d)/g)].map((m) => m[1]).sort();
    });
    expect(told).toEqual([
      ["0", "1", "2"],
      ["0", "1", "2"],
    ]);
  });

  it("are not all written down where there are hundreds", () => {
    const { stdout } = interleave("explore", file("fault.s", text), "-t", "200", "--model", "sc");
    expect(stdout.match(/^fault/gm)).toHaveLength(20);
    expect(stdout).toContain("SC: … and 180 faults more (--json has all)");
  });
});

describe("interleave explore FILE --workers N", () => {
  it("finds and counts what one worker does", () => {
    const text =
      "#@ run -t 3\n#@ ~exists (x = 1)\n.var x\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nmfence\nhalt\n";
    const [one, two] = ["1", "2"].map((workers) => {
      const words = ["--json", "--reduction", "L0", "--check", "always (x < 3)", "--workers", workers];
      const { status, stdout } = interleave("explore", file("lost.s", text), ...words);
      expect(status).toBe(1);
      // Which of several shortest schedules is given, and what it takes, can differ.
      const kept = (key: string, value: unknown): unknown => {
        if (key === "schedule") return parseSchedule(String(value)).log.length;
        return ["bytes", "milliseconds", "leavesScAt"].includes(key) ? undefined : value;
      };
      return JSON.stringify(JSON.parse(stdout), kept);
    });
    expect(two).toEqual(one);
  });

  it("ends with what was found so far at Ctrl+C", async () => {
    const words = ["explore", file("growing.s", GROWING), "--workers", "2", "--model", "sc"];
    const { status, stdout } = await interrupted(1500, ...words);
    expect(stdout).toContain("stopped when it was told to");
    expect(status).toBe(4);
  });

  it("refuses a number that is none", () => {
    expect(interleave("explore", file("sb.s", SB), "--workers", "0")).toMatchObject({ status: 2 });
    expect(interleave("explore", "sb.s", "--workers", "1000").stderr).toContain("at most 64");
  });

  it("says what to do when a worker dies", async () => {
    // Beside its source the worker's bundle is missing, which every worker dies of at once.
    const interrupt = watchInterrupt();
    const options = { observe: [], checks: [], reduction: parseReduction("L0")! };
    const start = startOf(SB, { model: "tso" });
    const task = { start, options, moreChecks: [], threads: 2 };
    const audience = { stop: () => false, interrupt, show: () => {} };
    await expect(exploreTask(task, audience)).rejects.toThrow(
      /one of its workers died: .*--workers 1 does without/s,
    );
    interrupt.dispose();
  });
});

describe("interleave sample FILE", () => {
  it("shows the registers that the checks of the file name", () => {
    const { stdout } = interleave("sample", file("sb.s", SB.replace(" -R ax", "")), "--runs", "1000");
    expect(stdout).toMatch(/^x {2}y {2}0:ax {2}1:ax {2}/);
  });

  it("stops at --memory, within a run that never ends, too, and tells how many runs were made", () => {
    const endless = file("endless.s", "#@ run -t 1\n.top\nadd $1, %ax\nj .top\n");
    const { stdout, status } = interleave("sample", endless, "--memory", "1", "--max-steps", "1000000000");
    expect(stdout).toBe("\n0 of 100,000 runs: stopped at the largest amount of memory (--memory)\n");
    expect(status).toBe(4);
  });
});
