import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { file, interleave } from "./interleave.ts";

const TEST = `X86 sb
{ x=0; y=0; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0)
`;

describe("a litmus test is a program like any other", () => {
  it("runs, under TSO unless something else is asked for, and its condition is judged", () => {
    const { stdout, status } = interleave(
      "run",
      file("sb.litmus", TEST),
      "--schedule",
      "0 1 0 1 0! 1!",
      "-R",
      "EAX",
    );
    expect(stdout).toContain("drain x <- 1");
    expect(stdout).toContain("seen      exists (0:EAX=0 /\\ 1:EAX=0)");
    expect(status).toBe(0);
    const sc = interleave("run", "sb.litmus", "--model", "sc").stdout;
    expect(sc).toContain("not seen  exists (0:EAX=0 /\\ 1:EAX=0)");
  });

  it.each(["-t 3", "-a bx=1", "-L 8", "-m 2"])(
    "starts as it says itself: %s is for `.s` programs",
    (flag) => {
      const { status, stderr } = interleave("explore", file("sb.litmus", TEST), ...flag.split(" "));
      expect(status).toBe(2);
      expect(stderr).toContain(`error: ${flag.slice(0, 2)} is for \`.s\` programs`);
    },
  );

  it("is explored with its condition as check", () => {
    const { stdout } = interleave("explore", file("sb.litmus", TEST), "--model", "both");
    expect(stdout).toMatch(/x {2}y {2}0:EAX {2}1:EAX/);
    expect(stdout).toContain("FAILS    SC   exists (0:EAX=0 /\\ 1:EAX=0)");
    expect(stdout).toContain("holds    TSO  exists (0:EAX=0 /\\ 1:EAX=0)");
  });

  it("shows what its `locations` name, and which flags are set, where its outcomes are shown", () => {
    const test = TEST.replace("MOV EAX,[y]", "CMP [y],$0 ").replace(
      /exists.*/,
      "locations [1:EAX; 0:ZF; 0:SF]",
    );
    for (const command of ["explore", "sample"]) {
      const { stdout } = interleave(command, file("locations.litmus", test), "--model", "sc");
      expect(stdout).toMatch(/x {2}y {2}0:flags {2}1:EAX/);
      expect(stdout).toMatch(/1 {2}1 {7}ZF {6}1/);
      expect(stdout).toMatch(/1 {2}1 {7}SF {6}0/);
    }
  });

  it("counts only executions that pass its filter", () => {
    const filtered = TEST.replace("exists", "filter (0:EAX=1)\nexists");
    const { stdout } = interleave("explore", file("filtered.litmus", filtered), "--model", "tso");
    expect(stdout).toContain("FAILS    exists");
  });

  it("records and replays", () => {
    interleave("run", file("sb.litmus", TEST), "--record", "sb.jsonl");
    expect(interleave("replay", "sb.jsonl")).toMatchObject({ status: 0, stderr: "" });
  });

  it("tells errors at their place", () => {
    const { stderr, status } = interleave(
      "run",
      file("bad.litmus", TEST.replace("MOV EAX,[y]", "MVO EAX,[y]")),
    );
    expect(status).toBe(1);
    expect(stderr).toContain("bad.litmus:5:2: error:");
  });

  it("whose exchange of two cells stands for two programs is refused, not half explored", () => {
    const exchange = TEST.replace("MOV EAX,[y]", "XCHG [x],[z]")
      .replace("1:EAX=0", "1:EAX=1")
      .replace("y=0;", "y=0; z=0;");
    const { stderr, status } = interleave("explore", file("exchange.litmus", exchange));
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^exchange\.litmus:5:2: error: .* writes them in either order, and no schedule says/,
    );
  });

  it("of the examples explores without errors", () => {
    const text = readFileSync("examples/store-buffering.litmus", "utf8");
    expect(interleave("explore", file("example.litmus", text)).stderr).toBe("");
  });
});
