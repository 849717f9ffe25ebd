import { describe, expect, it } from "vitest";
import { file, interleave } from "./interleave.ts";

const SB = `X86 SB
{}
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0)
`;
const WRONG = SB.replace("X86 SB", "X86 WRONG").replace("MOV [y],$1", "MOVE [y],$1");

describe("interleave litmus FILE…", () => {
  it("reports under TSO if nothing else is said, and under SC", () => {
    const tso = interleave("litmus", file("SB.litmus", SB));
    expect(tso.status).toBe(0);
    expect(tso.stdout).toMatch(
      /^Test SB Allowed\nStates 4\n(.*\n){4}Ok\nWitnesses\nPositive: 1 Negative: 3\n/,
    );
    expect(tso.stdout).toMatch(/\nTime SB \d+\.\d\d\nHash=edd4722437d708675ed921e7607e77f0\n\n$/);
    const sc = interleave("litmus", "--model", "sc", "SB.litmus");
    expect(sc.stdout).toContain("\nNo\nWitnesses\nPositive: 0 Negative: 3\n");
    expect(sc.status).toBe(1);
  });

  it("stops at a limit, soon and with status 4, where a loop counts without end", () => {
    const growing = "X86 G\n{}\n P0 ;\n L: INC EAX ;\n JMP L ;\nexists (0:EAX=1)\n";
    const { status, stdout, stderr } = interleave("litmus", file("G.litmus", growing));
    expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
    expect(stderr).toContain("not decided: there are too many states");
  });

  it("says what is wrong with a bad test, where, and goes on with the others", () => {
    file("SB.litmus", SB);
    const { status, stdout, stderr } = interleave(
      "litmus",
      file("WRONG.litmus", WRONG),
      "none.litmus",
      "SB.litmus",
    );
    expect(status).toBe(1);
    expect(stderr).toContain("WRONG.litmus:4:16: error: unknown instruction `MOVE`: did you mean");
    expect(stderr).toContain("\n MOV [x],$1  | MOVE [y],$1  ;\n               ^^^^\n");
    expect(stderr).toContain("none.litmus: error: there is no such file");
    expect(stdout).toMatch(/^Test SB Allowed\n/);
  });

  it("takes lists, and tells tests of the same name apart by their hashes", () => {
    file("SB.litmus", SB);
    file("other.litmus", SB.replace("$1", "$2"));
    const { status, stdout, stderr } = interleave(
      "litmus",
      file("@all", "# mine\nSB.litmus\n\nother.litmus\n"),
    );
    expect(stdout.match(/^Test /gm)).toHaveLength(1);
    expect(stderr).toContain("other.litmus:1:1: error: another test with the name SB was reported before");
    expect(status).toBe(1);
    file("list", "SB.litmus\n");
    expect(interleave("litmus", "@list").stderr).toBe(
      "@list: error: there is no such file; a list's own name begins with `@`\n",
    );
  });

  it("prints a line of JSON a test, with a schedule for every state", () => {
    const { stdout } = interleave("litmus", "--json", file("SB.litmus", SB));
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      interleave: 1,
      test: "SB",
      model: "tso",
      kind: "Allowed",
      ok: true,
      holding: 1,
    });
    expect(result.states[0]).toMatchObject({
      values: { "0:EAX": "0", "1:EAX": "0" },
      executions: 1,
      satisfies: true,
    });
    expect(result.states[0].schedule).toMatch(/^[01!* \d]+$/);
  });

  it("calls a test `--` by its file's name", () => {
    expect(interleave("litmus", file("mine.litmus", SB.replace("SB", "--"))).stdout).toContain(
      "Test mine Allowed",
    );
  });

  it("names faults, and gives no report of what it could not decide", () => {
    const number = SB.replace("MOV EAX,[y]", "MOV EAX,[EBX]");
    const fault = interleave("litmus", file("number.litmus", number));
    expect(fault.stderr).toContain(
      "number.litmus:5:2: error: T0 reads address 0, which belongs to no variable",
    );
    expect(fault.status).toBe(1);
    const many = Array.from({ length: 9 }, (_, t) => `P${t}`).join(" | ");
    const row = many.replace(/P\d/g, "INC [x]");
    const large = `X86 LARGE\n{}\n ${many} ;\n ${row} ;\n ${row} ;\nexists (x=1)\n`;
    const limit = interleave("litmus", "--max-states", "100", file("large.litmus", large));
    expect(limit.stderr).toContain(
      "large.litmus: error: not decided: there are too many states (--max-states)",
    );
    expect([limit.status, limit.stdout]).toEqual([4, ""]);
    expect(interleave("litmus").status).toBe(2);
  });
});
