import { describe, expect, test } from "vitest";
import { hindrance } from "../hardware/hindrance.ts";
import { STORE_BUFFERING } from "../support/programs.ts";
import { file, interleave } from "./interleave.ts";

const SB = `#@ run -t 2 -a bx=0,bx=1
#@ exists (0:ax = 0 /\\ 1:ax = 0)
#@ forall (x = 1)
${STORE_BUFFERING}`;

describe("interleave hardware", () => {
  test.each([
    [["hardware"], "no program named"],
    [["hardware", "a.s", "b.s"], "`b.s` is one too many"],
    [["hardware", "a.s", "--runs", "0"], "--runs must be at least 1"],
    [["hardware", "a.s", "--affinity", "x"], "--affinity is a list of CPUs"],
    [["hardware", "a.s", "--backend", "gpu"], "--backend must be threads or kvm"],
  ])("%j is wrong usage: %s", (words, message) => {
    const { status, stderr } = interleave(...words);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  test("refuses what the processor cannot do, with the line", () => {
    const { status, stderr, stdout } = interleave("hardware", file("prints.s", ".var x\nrdump\nhalt\n"));
    expect(stderr).toContain("prints.s:2:1: error: `rdump` prints");
    expect(stdout).toBe("");
    expect(status).toBe(1);
  });

  test("--emit-c prints the C file, on any machine", () => {
    const { status, stdout } = interleave("hardware", file("sb.s", SB), "--emit-c", "--backend", "kvm");
    expect(stdout).toContain("/* mov $1, x */");
    expect(stdout).toContain("KVM_RUN");
    expect(status).toBe(0);
  });
});

const reason = hindrance("threads");
if (reason !== undefined) test.skip(`interleave hardware, running: ${reason}`);

describe.skipIf(reason !== undefined)("interleave hardware, running", { timeout: 60_000 }, () => {
  test("sets what was seen beside what the models allow", () => {
    const { status, stdout } = interleave("hardware", file("sb.s", SB), "--runs", "20000");
    expect(stdout).toMatch(/^x {2}y {2}0:ax {2}1:ax {4}SC allows {2}TSO allows +seen\n/);
    expect(stdout).toMatch(/\n1 {2}1 +0 +0 +no +yes +[\d,]+ {2}\*1 \*2\n/);
    expect(stdout).toMatch(/\n1 {2}1 +1 +1 +yes +yes +[\d,]+ {2}\*2\n/);
    expect(stdout).toMatch(
      /\*1 exists \(0:ax = 0 \/\\ 1:ax = 0\): [\d,]+ positive, [\d,]+ negative; holds\n/,
    );
    expect(stdout).toMatch(/\*2 forall \(x = 1\): 20,000 positive, 0 negative\n/);
    expect(stdout).toMatch(/\n20,000 runs in .* with threads on CPUs? [\d, ]+, barrier tsc\n/);
    expect(status).toBe(0);
  });

  test("a check that a run refutes ends with status 1", () => {
    const { status, stdout } = interleave(
      ...["hardware", file("sb.s", SB), "--runs", "20000", "--check", "~exists (x = 1)"],
    );
    expect(stdout).toContain("*3 ~exists (x = 1): 20,000 positive, 0 negative; FAILS");
    expect(status).toBe(1);
  });

  test("--json says the same to programs", () => {
    const { status, stdout } = interleave("hardware", file("sb.s", SB), "--runs", "20000", "--json");
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      interleave: 1,
      backend: "threads",
      runs: 20_000,
      end: "done",
      alarm: false,
    });
    expect(report.outcomes).toContainEqual({
      values: { x: 1, y: 1, "0:ax": 0, "1:ax": 0 },
      sc: false,
      tso: true,
      seen: expect.any(Number),
    });
    expect(status).toBe(0);
  });

  test("says that more threads than CPUs hardly ever run at the same time", () => {
    const { stdout } = interleave("hardware", file("sb.s", SB), "--runs", "1000", "--affinity", "0");
    expect(stdout).toContain("2 threads took turns on 1 CPU");
  });

  test("tells where faults were and where runs did not end", () => {
    const fault = interleave("hardware", file("fault.s", "#@ run -t 1\n.var x\nret\nhalt\n"), "--runs", "10");
    expect(fault.stdout).toContain("10: T0 at line 3, ret");
    expect(fault.status).toBe(1);
    const endless = interleave("hardware", file("endless.s", "#@ run -t 1\n.var x\n.top\nj .top\n"));
    expect(endless.stdout).toMatch(/\d+ runs? did not end/);
    expect(endless.stdout).toContain("T0 at line 4, j .top");
    expect(endless.status).toBe(4);
  });

  test("refuses CPUs that there are not", () => {
    const { status, stderr } = interleave("hardware", file("sb.s", SB), "--affinity", "999");
    expect(stderr).toContain("CPU 999 cannot be used here");
    expect(status).toBe(1);
  });
});
