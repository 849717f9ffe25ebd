import { describe, expect, it } from "vitest";
import { litmusReport, summarize } from "../../core/herd/report.ts";
import { runLitmus } from "../../core/herd/run.ts";
import { lowerLitmus } from "../../core/litmus/lower.ts";
import { parseLitmus } from "../../core/litmus/parse.ts";
import { explainFault } from "../../core/machine/fault.ts";
import type { Model } from "../../core/machine/state.ts";
import { start } from "../../core/machine/state.ts";
import { step } from "../../core/machine/transition.ts";
import { transitionOf } from "../../core/schedule/log.ts";

/** Runs a test under TSO; its lines as the report writes them, then Ok or No. */
function lines(text: string, model: Model = "tso"): string[] {
  const result = run(text, model);
  const states = result.states.map(({ values }) =>
    values.map((v, i) => `${result.locations[i]}=${v};`).join(" "),
  );
  return [...states, summarize(result).ok ? "Ok" : "No"];
}

function run(text: string, model: Model = "tso") {
  const test = lowerLitmus(parseLitmus(text));
  expect(test.diagnostics).toEqual([]);
  return runLitmus(test, test.program!, model);
}

const messages = (text: string) => lowerLitmus(parseLitmus(text)).diagnostics.map((d) => d.message);

/** One thread of X86. */
const x86 = (init: string, code: readonly string[], rest: string) =>
  `X86 T\n{ ${init} }\n P0 ;\n${code.map((c) => ` ${c} ;\n`).join("")}${rest}\n`;
const x64 = (init: string, code: readonly string[], rest: string) =>
  x86(init, code, rest).replace("X86", "X86_64");

const SB = `X86 SB
{}
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0)
`;

describe("a litmus test under SC and TSO", () => {
  it("allows store buffering under TSO only, with one execution of four", () => {
    expect(litmusReport(run(SB), 0.123)).toBe(`Test SB Allowed
States 4
0:EAX=0; 1:EAX=0;
0:EAX=0; 1:EAX=1;
0:EAX=1; 1:EAX=0;
0:EAX=1; 1:EAX=1;
Ok
Witnesses
Positive: 1 Negative: 3
Condition exists (0:EAX=0 /\\ 1:EAX=0)
Observation SB Sometimes 1 3
Time SB 0.12
Hash=edd4722437d708675ed921e7607e77f0

`);
    expect(summarize(run(SB, "sc"))).toMatchObject({
      ok: false,
      observation: "Never",
      holding: 0,
      failing: 3,
    });
  });

  it("has for every state a schedule that leads to it", () => {
    const test = lowerLitmus(parseLitmus(SB));
    for (const { schedule, values } of runLitmus(test, test.program!, "tso").states) {
      const state = start(test.program!, { model: "tso" });
      for (let i = 0; i < schedule.length; i++) step(state, transitionOf(schedule.words[i]!));
      const size = test.program!.registers.length;
      expect([state.registers[1], state.registers[size + 1]].map(String)).toEqual(values);
    }
  });

  it("loses an update between the load and the store of an unlocked increment, never of a locked one", () => {
    const increments = (instruction: string) =>
      `X86 T\n{}\n P0 | P1 ;\n ${instruction} | ${instruction} ;\nforall (x=2)\n`;
    expect(lines(increments("INC [x]"))).toEqual(["[x]=1;", "[x]=2;", "No"]);
    expect(lines(increments("LOCK INC [x]"))).toEqual(["[x]=2;", "Ok"]);
    expect(lines(increments("LOCK; ADD [x],$1"))).toEqual(["[x]=2;", "Ok"]);
  });

  it("drains the buffer at fences and locked instructions, not at LFENCE and SFENCE", () => {
    const between = (instruction: string) =>
      SB.replace("\n MOV EAX", `\n ${instruction} | ${instruction} ;\n MOV EAX`);
    const weak = (instruction: string) => summarize(run(between(instruction))).observation;
    expect(["MFENCE", "LOCK INC [z]", "XCHG [z],ECX"].map(weak)).toEqual(["Never", "Never", "Never"]);
    expect(["LFENCE", "SFENCE", "NOP", "INC [z]"].map(weak)).toEqual(Array(4).fill("Sometimes"));
  });

  it("counts executions, not states: what is read and in which order cells are written", () => {
    const text = "X86 T\n{}\n P0 | P1 | P2 ;\n MOV [x],$1 | MOV [x],$1 | MOV EAX,[x] ;\nforall (x=1)\n";
    expect(summarize(run(text))).toMatchObject({ holding: 6, failing: 0 });
  });

  it("explores loops exactly and prints no counts where executions have no end", () => {
    const spin =
      "X86 SPIN\n{}\n P0 | P1 ;\n MOV [x],$1 | L: MOV EAX,[y] ;\n MOV [y],$1 | CMP EAX,$1 ;\n | JNE L ;\n | MOV EBX,[x] ;\nforall (1:EBX=1)\n";
    const report = litmusReport(run(spin), 0).split("\n");
    expect(report).toContain("Positive: ? Negative: ?");
    expect(report).toContain("Observation SPIN Always");
    const counted = x86("0:ECX=4;", ["L: ADD EAX,$3", "DEC ECX", "JNE L"], "forall (0:EAX=12)");
    expect(summarize(run(counted))).toMatchObject({ ok: true, holding: 1 });
  });

  it("compares a number with a location as a value of the location's type", () => {
    const declared = "x=0xffffffff; uint32_t y=-1; uint8_t z=200";
    const test = x64(declared, ["nop"], "exists (x=0xffffffff /\\ y=-1 /\\ z=200)");
    expect(lines(test)).toEqual(["[x]=-1; [y]=4294967295; [z]=200;", "Ok"]);
    expect(run(test).condition).toBe("exists ([x]=-1 /\\ [y]=4294967295 /\\ [z]=200)");
    expect(lines(x64(declared, ["nop"], "exists (x=0x1ffffffff)"))).toEqual(["[x]=-1;", "No"]);
  });

  it("drops what the filter does not let pass", () => {
    const filtered = SB.replace("exists (0:EAX=0 /\\ 1:EAX=0)", "filter (0:EAX=1)\nforall (1:EAX=1)");
    expect(lines(filtered)).toEqual(["1:EAX=0;", "1:EAX=1;", "No"]);
  });
});

describe("X86 instructions", () => {
  it("compute with 32 bits", () => {
    expect(lines(x86("x=2147483647;", ["INC [x]"], "forall (x=-2147483648)"))).toContain("Ok");
  });

  it("set ZF if the result is 0 and SF if it is greater", () => {
    const flags = (left: number) =>
      lines(x86(`0:EAX=${left};`, ["CMP EAX,$2"], "locations [0:ZF; 0:SF; 0:CF;]"))[0];
    expect([1, 2, 3].map(flags)).toEqual([
      "0:ZF=0; 0:SF=0; 0:CF=0;",
      "0:ZF=1; 0:SF=0; 0:CF=0;",
      "0:ZF=0; 0:SF=1; 0:CF=0;",
    ]);
  });

  it("beyond herd's grammar mean what x86 means", () => {
    const code = [
      "XADD [x],EAX",
      "SUB EBX,EAX",
      "AND ECX,$6",
      "TEST ECX,ECX",
      "JNZ L",
      "MOV EDX,$9",
      "L: NOP",
    ];
    expect(lines(x86("x=5; 0:EAX=2; 0:ECX=3;", code, "locations [x; 0:EAX; 0:EBX; 0:ECX; 0:EDX;]"))[0]).toBe(
      "0:EAX=5; 0:EBX=-5; 0:ECX=2; 0:EDX=0; [x]=7;",
    );
    const cas = (expected: number) =>
      lines(
        x86(`x=1; 0:EAX=${expected}; 0:EBX=7;`, ["LOCK CMPXCHG [x],EBX"], "locations [x; 0:EAX; 0:ZF;]"),
      )[0];
    expect([cas(1), cas(3)]).toEqual(["0:EAX=1; 0:ZF=1; [x]=7;", "0:EAX=1; 0:ZF=0; [x]=1;"]);
  });

  it("take addresses for symbols, which are no numbers", () => {
    const code = ["MOV EAX,[p]", "MOV EBX,EAX", "XOR EBX,EAX", "MOV [EAX],$5"];
    expect(lines(x86("p=x;", code, "locations [p; x; 0:EAX; 0:EBX;] exists (p=x)"))).toEqual([
      "0:EAX=x; 0:EBX=0; [p]=x; [x]=5;",
      "Ok",
    ]);
    expect(lines(x86("p=x;", ["MOV EAX,[p]"], "exists (0:EAX=0 \\/ 0:EAX=4503599627370496)"))).toContain(
      "No",
    );
  });

  it("that use a number as an address, or compute with addresses, end in a fault that says so", () => {
    const fault = (init: string, code: readonly string[]) => {
      const test = lowerLitmus(parseLitmus(x86(init, code, "exists (0:EBX=0)")));
      return explainFault(test.program!, runLitmus(test, test.program!, "tso").faults[0]!.fault);
    };
    expect(fault("0:EAX=5;", ["MOV EBX,[EAX]"])).toBe(
      "T0 reads address 5, which belongs to no variable of the test",
    );
    expect(fault("0:EAX=5;", ["MOV [EAX],$1"])).toBe(
      "T0 writes to address 5, which belongs to no variable of the test",
    );
    expect(fault("0:EAX=x;", ["ADD EAX,$4", "MOV EBX,[EAX]"])).toContain("reads address x+4");
    expect(fault("0:EAX=x;", ["AND EAX,$3"])).toContain("computes with the address `x`");
  });
});

describe("X86_64 instructions", () => {
  it("fill up what they write to a 32-bit register with zeros, and show it by its type", () => {
    const code = ["movl $-1,%ebx", "movq $-1,%rcx"];
    expect(lines(x64("int64_t 0:rbx; int64_t 0:rcx;", code, "locations [0:rbx; 0:rcx;]"))[0]).toBe(
      "0:rbx=4294967295; 0:rcx=-1;",
    );
    expect(lines(x64("", code, "locations [0:rbx;]"))[0]).toBe("0:rbx=-1;");
  });

  it("compute with all 64 bits", () => {
    const init = "int64_t 0:rax=9223372036854775807; uint64_t 0:rbx=1; int64_t x;";
    expect(
      lines(x64(init, ["incq %rax", "shl $63,%rbx", "movq %rax,(x)"], "locations [x; 0:rax; 0:rbx;]"))[0],
    ).toBe("0:rax=-9223372036854775808; 0:rbx=9223372036854775808; [x]=-9223372036854775808;");
  });

  it("reach the cells of an array", () => {
    const code = ["movq 0(%rax,%rbx,8),%rcx", "movq $7,8(%rax)"];
    expect(
      lines(
        x64("int64_t t[2]={1,-1}; 0:rax=t; 0:rbx=1; int64_t 0:rcx;", code, "locations [0:rcx; t[0]; t[1];]"),
      )[0],
    ).toBe("0:rcx=-1; t[0]=1; t[1]=7;");
  });
});

describe("what a test cannot mean is said", () => {
  it("names that do not exist, with what may have been meant", () => {
    expect(messages(x86("", ["JE L1", "L0:"], "exists (0:EAX=0)"))).toEqual([
      "there is no label `L1` on P0: did you mean `L0`?",
    ]);
    expect(messages(x86("", ["MOV [x],$1"], "exists (3:EAX=0)"))).toEqual([
      "there is no thread P3; the last one is P0",
    ]);
    expect(messages(x86("", ["MOV [flag],$1"], "exists (flog=0)"))).toEqual([
      "there is no variable `flog`: did you mean `flag`?",
    ]);
    expect(messages(x86("", ["MOV [x],$1"], "exists (0:EAY=0)"))).toEqual([
      "there is no register `EAY`: did you mean `EAX`?",
    ]);
    expect(messages(x64("", ["movl $1,(x)"], "exists (0:eax=0)"))).toEqual([
      "`eax` is part of `rax`, which must be named here",
    ]);
  });

  it("mixed sizes, unknown types, locations that are initialised twice", () => {
    expect(messages(x64("", ["movb $1,(x)", "movl (x),%eax"], "exists (x=0)"))).toEqual([
      "`x` is accessed with 8 bits and with 32; tests that mix sizes in one variable are not supported",
    ]);
    expect(messages(x86("in x=1;", ["MFENCE"], "exists (x=0)"))).toEqual([
      "unknown type `in`: did you mean `int`?",
    ]);
    expect(messages(x86("x=1; x=2;", ["MFENCE"], "exists (x=0)"))).toEqual([
      "this location already has an initial value",
    ]);
  });
});
