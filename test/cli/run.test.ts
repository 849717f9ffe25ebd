import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { CLI, file, inFolder, interleave } from "./interleave.ts";

const RACE = ".var count\n#@ run -t 2 -i 2\nmov count, %ax\nadd $1, %ax\nmov %ax, count\nhalt\n";

describe("interleave run -p FILE", () => {
  it("prints what x86.py prints", () => {
    const { status, stdout } = interleave(
      "run",
      "-p",
      file("race.s", RACE),
      "-i",
      "3",
      "-M",
      "count",
      "-c",
      "-S",
    );
    expect(status).toBe(0);
    expect(
      stdout
        .replace(/[\d.]+ kinst/, "R kinst")
        .split("\n")
        .slice(14),
    ).toEqual([
      "",
      "",
      "icount count          Thread 0                Thread 1         ",
      "",
      "     0     0   ",
      "     0     0   1000 mov count, %ax",
      "     1     0   1001 add $1, %ax",
      "     2     1   1002 mov %ax, count",
      "     3     1   ------ Interrupt ------  ------ Interrupt ------  ",
      "     3     1                            1000 mov count, %ax",
      "     4     1                            1001 add $1, %ax",
      "     5     2                            1002 mov %ax, count",
      "     6     2   ------ Interrupt ------  ------ Interrupt ------  ",
      "     6     2   1003 halt",
      "     7     2   ----- Halt;Switch -----  ----- Halt;Switch -----  ",
      "     7     2                            1003 halt",
      "",
      "STATS:: Instructions    8",
      "STATS:: Emulation Rate  R kinst/sec",
      "",
    ]);
  });

  it("takes #@ lines for comments", () => {
    expect(interleave("run", "-p", file("race.s", RACE)).stdout).not.toContain("Interrupt ------");
  });

  it("exits with 1 without a program, like x86.py", () => {
    expect(interleave("run").status).toBe(1);
  });
});

describe.skipIf(!existsSync("../shared/check/x86py.mjs"))(
  "x86.py's recorded output (../shared/check)",
  () => {
    it("is printed byte for byte in all cases", { timeout: 240_000 }, () => {
      const { stdout } = spawnSync(process.execPath, [path.resolve("../shared/check/x86py.mjs")], {
        encoding: "utf8",
      });
      expect(stdout.trim().split("\n").at(-1)).toBe("714 passed, 0 failed");
    });
  },
);

describe("interleave run FILE", () => {
  it("starts as the #@ run line says, shows values, and ends with the final state", () => {
    const { status, stdout } = interleave("run", file("race.s", RACE));
    expect(status).toBe(0);
    expect(stdout).toContain("    0   ------ Interrupt ------  ------ Interrupt ------  \n");
    expect(stdout).toContain(
      "finished after 8 instructions (T0 4, T1 4) and 3 interrupts\n  memory  count=1\n",
    );
  });

  it("lets flags win over the #@ run line", () => {
    expect(interleave("run", file("race.s", RACE), "-i", "50").stdout).toContain("count=2");
  });

  it("shows drains as rows under TSO", () => {
    const { stdout } = interleave("run", file("race.s", RACE), "--model", "tso");
    expect(stdout.match(/^ {4}1 {3}( {25})?drain 100 <- 1$/gm)).toHaveLength(2);
  });

  it("runs a given schedule exactly", () => {
    const { stdout, status } = interleave("run", file("race.s", RACE), "--schedule", "0*2 1*4 0*2");
    expect(status).toBe(0);
    expect(stdout).toContain("count=1");
  });

  it("says so when a schedule ends before the program", () => {
    const { stdout, status } = interleave("run", file("race.s", RACE), "--schedule", "0*2");
    expect(status).toBe(4);
    expect(stdout).toContain("the schedule is over, the program is not");
  });

  it.each([
    ["0*9", "transition 5 of the schedule, `0`, is not possible there: T0 has halted"],
    ["0!", "transition 1 of the schedule, `0!`, is not possible there: T0's store buffer is empty"],
    ["7", "transition 1 of the schedule, `7`, is not possible there: there is no thread T7"],
  ])(
    "goes as far as the impossible schedule %s can be followed, and says why no further",
    (schedule, message) => {
      const { stdout, stderr, status } = interleave(
        "run",
        file("race.s", RACE),
        "--schedule",
        schedule,
        "--json",
      );
      expect(stderr).toContain(message);
      expect(status).toBe(1);
      expect(JSON.parse(stdout).end).toBe("refused");
    },
  );

  it("runs and records nothing for a text that is no schedule", () => {
    const words = ["run", file("race.s", RACE), "--schedule", "0 x", "--record", "never.jsonl"];
    expect(interleave(...words)).toMatchObject({ status: 2, stdout: "" });
    expect(existsSync(inFolder("never.jsonl"))).toBe(false);
  });

  it("stops a spinning run at the limit and names the loop", () => {
    const spin = ".var flag\n.main\nmov flag, %ax\n.wait\nmov flag, %bx\ntest $1, %bx\njne .wait\nhalt\n";
    const { stderr, status } = interleave("run", file("spin.s", spin), "--json", "--max-steps", "1000");
    expect(status).toBe(4);
    expect(stderr).toContain("T0 goes round and round in `mov flag, %bx` to `jne .wait`");
  });

  it("ends at Ctrl+C with what was found so far", async () => {
    const child = spawn(process.execPath, [
      path.resolve("dist/cli.js"),
      "run",
      inFolder(file("ever.s", ".top\nj .top\n")),
      "--json",
      "--max-steps",
      "1000000000000",
    ]);
    let stdout = "";
    child.stdout.on("data", (data) => {
      stdout += data;
    });
    setTimeout(() => child.kill("SIGINT"), 500);
    const [status] = await once(child, "close");
    expect(status).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ end: "interrupted" });
  });

  it("explains a fault with its place", () => {
    const { stderr, status } = interleave("run", file("fault.s", "mov $1, %ax\nmov -4, %bx\nhalt\n"));
    expect(status).toBe(1);
    expect(stderr).toBe(
      "fault.s:2:1: error: T0 reads address -4, which is outside of memory and was never written\nmov -4, %bx\n^^^^^^^^^^^\n",
    );
  });

  it("tells a fault behind the rows that lead to it, where both go to one terminal", () => {
    file("fault.s", "#@ run -t 1\nmov $1, %ax\nmov -4, %bx\nhalt\n");
    const { stdout } = spawnSync("sh", ["-c", '"$0" "$1" run fault.s 2>&1', process.execPath, CLI], {
      cwd: inFolder("."),
      encoding: "utf8",
    });
    expect(stdout.indexOf("1000 mov $1, %ax")).toBeGreaterThan(0);
    expect(stdout.indexOf("error: T0 reads")).toBeGreaterThan(stdout.indexOf("stopped by a fault"));
  });

  it("prints the end as JSON", () => {
    const { stdout } = interleave("run", file("race.s", RACE), "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      interleave: 1,
      end: "finished",
      instructions: 8,
      state: { variables: { count: 1 }, threads: [{ halted: true }, { halted: true }] },
    });
  });
});

describe("the checks of a file", () => {
  const LOCK = [".var flag", ".enter", "mov $1, flag", "mov flag, %ax", ".leave", "halt", ""].join("\n");
  const judged = (checks: string, ...flags: string[]) => {
    const { stdout, status } = interleave("run", file("checked.s", `${checks}\n${LOCK}`), ...flags);
    return {
      status,
      verdicts: stdout.split("\n").filter((line) => /^ {2}(holds|fails|seen|not seen|undecided) /.test(line)),
    };
  };

  it("are judged on this one run, final ones at its end", () => {
    expect(
      judged("#@ forall (flag = 1)\n#@ ~exists (flag = 2)\n#@ exists (0:ax = 1)\n#@ exists (0:ax = 7)"),
    ).toEqual({
      status: 0,
      verdicts: [
        "  holds     forall (flag = 1)",
        "  holds     ~exists (flag = 2)",
        "  seen      exists (0:ax = 1)",
        "  not seen  exists (0:ax = 7)",
      ],
    });
  });

  it("fail with exit status 1, and those about every state say where", () => {
    expect(judged("#@ always (flag = 0)\n#@ mutex .enter .leave\n#@ forall (flag = 2)", "-i", "1")).toEqual({
      status: 1,
      verdicts: [
        "  fails     always (flag = 0), in state 1",
        "  fails     mutex .enter .leave, in state 0",
        "  fails     forall (flag = 2)",
      ],
    });
  });

  it("stay open where a run does not get to its end, unless they have failed already", () => {
    expect(judged("#@ forall (flag = 1)\n#@ always (flag < 2)", "--schedule", "0")).toEqual({
      status: 4,
      verdicts: ["  undecided forall (flag = 1)", "  undecided always (flag < 2)"],
    });
    expect(judged("#@ always (flag = 0)", "--max-steps", "1")).toEqual({
      status: 1,
      verdicts: ["  fails     always (flag = 0), in state 1"],
    });
  });

  it("are data in JSON", () => {
    const { stdout } = interleave("run", file("checked.s", `#@ always (flag = 0)\n${LOCK}`), "--json");
    expect(JSON.parse(stdout).checks).toEqual([{ check: "always (flag = 0)", verdict: "fails", after: 1 }]);
  });

  it("do not name a program, which is the file that they stand in", () => {
    const { stderr, status } = interleave("run", file("line.s", "#@ run -t 1 -p other.s\nhalt\n"));
    expect(status).toBe(1);
    expect(stderr).toContain("line.s:1:8: error: there is no option -p\n");
  });

  it("that are wrong are explained at their place", () => {
    const { stderr, status } = interleave("run", file("checked.s", `#@ forall (flga = 1)\n${LOCK}`));
    expect(status).toBe(1);
    expect(stderr).toContain("checked.s:1:12: error:");
    expect(stderr).toContain("flag");
  });
});

describe("a recording", () => {
  it("replays to the same output, under every model and drain policy", () => {
    const race = file("race.s", RACE);
    for (const flags of [
      [],
      ["-i", "3", "-r"],
      ["-P", "0110"],
      ["--model", "tso", "--drain", "random", "-s", "3"],
    ]) {
      const name = `recording${flags.join("")}.jsonl`;
      const run = interleave("run", race, ...flags, "--record", name);
      const again = interleave("replay", name);
      expect(again.stdout).toBe(run.stdout);
      expect(again.status).toBe(0);
    }
    const run = interleave("run", "-p", race, "-v", "-i", "2", "--record", "compatible.jsonl");
    expect(interleave("replay", "compatible.jsonl").stdout).toBe(run.stdout);
  });

  it("of a program that has changed diverges with exit 3 and the first differing transition", () => {
    interleave("run", file("changing.s", RACE), "--record", "changing.jsonl");
    file("changing.s", RACE.replace("add $1", "add $2"));
    const { status, stderr } = interleave("replay", "changing.jsonl");
    expect(status).toBe(3);
    expect(stderr).toContain("the program has changed since the recording");
    expect(stderr).toContain(
      "divergence at transition 1\n  recorded: T0 executes `add $1, %ax`\n  came:     T0 executes `add $2, %ax`",
    );
  });

  it("of a run that met a fault meets it again, or tells that it does not", () => {
    const words = ["run", file("faulty.s", "mov $1, %ax\nmov -4, %ax\n"), "--record"];
    const run = interleave(...words, "faulty.jsonl");
    expect(interleave("replay", "faulty.jsonl")).toEqual(run);
    file("faulty.s", "mov $1, %ax\nhalt\n");
    const { status, stderr } = interleave("replay", "faulty.jsonl");
    expect(status).toBe(3);
    expect(stderr).toContain("recorded: a fault: T0 reads address -4");
    expect(stderr).toContain("came:     T0 executes `halt`");
  });

  it("of a run that was stopped at a limit stops there", () => {
    const run = interleave(
      "run",
      file("ever.s", ".top\nj .top\n"),
      "--max-steps",
      "9",
      "--record",
      "ever.jsonl",
    );
    expect(run.status).toBe(4);
    expect(interleave("replay", "ever.jsonl")).toEqual(run);
  });

  it("is proved to replay the same way every time", () => {
    interleave("run", file("race.s", RACE), "--record", "proved.jsonl");
    const { status, stdout } = interleave("replay", "proved.jsonl", "--verify", "3");
    expect(stdout).toBe("3 replays of 8 transitions are equal, event by event\n");
    expect(status).toBe(0);
  });

  it("is never written over anything", () => {
    const { status, stderr } = interleave(
      "run",
      file("race.s", RACE),
      "--record",
      file("precious.txt", "mine"),
    );
    expect(status).toBe(1);
    expect(stderr).toContain("this file exists; nothing was written over");
    expect(readFileSync(inFolder("precious.txt"), "utf8")).toBe("mine");
  });

  it("that is cut off is refused with its line", () => {
    interleave("run", file("race.s", RACE), "--record", "whole.jsonl");
    const whole = readFileSync(inFolder("whole.jsonl"), "utf8");
    const { status, stderr } = interleave(
      "replay",
      file("cut.jsonl", whole.slice(0, whole.lastIndexOf('{"end"'))),
    );
    expect(status).toBe(1);
    expect(stderr).toBe("cut.jsonl:2:1: error: the recording is cut off: its end line is missing\n");
  });
});

describe("bad input", () => {
  mkdirSync(inFolder("folder"));

  it.each([
    [["run", "missing.s"], 1, "missing.s: error: there is no such file"],
    [["run", "folder"], 1, "folder: error: this is a directory, not a program"],
    [
      ["run", file("noise.s", Uint8Array.from([0xff, 0xfe, 0x00, 0x80]))],
      1,
      "noise.s:1:1: error: the file is not text in UTF-8",
    ],
    [["run", "race.s", "--max-steps", "0"], 2, "error: --max-steps must be at least 1, not 0"],
    [["run", "race.s", "--frobnicate"], 2, "error: there is no option --frobnicate"],
    [["run", "race.s", "-i", "0"], 2, "error: the interrupt interval (-i) must be greater than 0"],
    [["run", "race.s", "--model", "pso"], 2, "error: --model must be sc or tso"],
    [["run", "race.s", "other.s"], 2, "one program at a time"],
    [["replay", "race.s"], 1, "race.s:1:1: error: this is not a recording of Interleave"],
    [["replay"], 2, "no recording named"],
    [["fly"], 2, "there is no command `fly`; there are run, explore,"],
    [["explor", "race.s"], 2, "there is no command `explor`: did you mean `explore`?"],
    [[], 2, ""],
  ])("%j exits with %i and says why", (words, status, message) => {
    file("race.s", RACE);
    const result = interleave(...words);
    expect(result.status).toBe(status);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toMatch(/^\s+at /m);
  });

  it("shows the first errors of a file of noise, not all", () => {
    const { stderr, status } = interleave("run", file("many.s", "qqq\n".repeat(1000)));
    expect(status).toBe(1);
    expect(stderr.split("\n").length).toBeLessThan(70);
    expect(stderr).toContain("… and 980 more");
  });
});

describe("-M and -R with a name that there is not", () => {
  it("are wrong usage on the command line, of every command, but for x86.py, which ends with 1", () => {
    file("race.s", RACE);
    for (const command of ["run", "explore", "sample"]) {
      expect(interleave(command, "race.s", "-M", "nope")).toMatchObject({ status: 2, stdout: "" });
    }
    expect(interleave("explore", "race.s", "-R", "zz").stderr).toMatch(/^error: -R: `zz` is not a register/);
    expect(interleave("run", "-p", "race.s", "-c", "-M", "nope").status).toBe(1);
  });

  it("are an error of the program, with its place, in its `#@ run` line", () => {
    const { status, stderr } = interleave("explore", file("wrong.s", RACE.replace("-i 2", "-M nope")));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^wrong\.s:2:8: error: -M: no variable `nope` is declared\n/);
  });
});
