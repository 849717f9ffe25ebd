import { describe, expect, it } from "vitest";
import { advance } from "../../core/run/run.ts";
import { endOf, runOf } from "../support/run.ts";

/** Registers of a single thread at the end. */
const registersAfter = (text: string, argv = "") =>
  endOf(`${text}\nhalt\n`, { threads: 1, argv }).threads[0]!.registers;

const variablesAfter = (text: string, argv = "") =>
  endOf(`.var x\n.var a 3\n${text}\nhalt\n`, { threads: 1, argv }).variables;

describe("an instruction", () => {
  it.each([
    ["mov $5, %ax", { ax: 5 }],
    ["mov $-5, %ax", { ax: -5 }],
    ["mov $7, %bx\nmov %bx, %ax", { ax: 7 }],
    ["mov $3, 2000\nmov 2000, %ax", { ax: 3 }],
    ["lea 2000, %ax", { ax: 2000 }],
    ["lea 4(%bx), %ax", { ax: 14 }],
    ["add $2, %bx", { bx: 12 }],
    ["add %bx, %bx", { bx: 20 }],
    ["sub $3, %bx", { bx: 7 }],
    ["sub %bx, %bx", { bx: 0 }],
    ["mul $-3, %bx", { bx: -30 }],
    ["mul %bx, %bx", { bx: 100 }],
    ["neg %bx", { bx: -10 }],
    ["neg %ax", { ax: 0 }],
    ["mul $-1, %ax", { ax: 0 }],
    ["push %bx\npop %ax", { ax: 10, sp: 128000 }],
    ["push %sp\npop %ax", { ax: 127996 }],
    ["push %bx\npop", { sp: 128000 }],
    ["push %bx\npop %sp", { sp: 14 }],
    ["push 2000(%bx)\npop %ax", { ax: 2010 }],
    ["call .f\nhalt\n.f\nmov (%sp), %ax\nmov $9, %cx\nret", { ax: 1001, cx: 9, sp: 128000 }],
    ["mov $4, %zero\nmov $7, 2000\nmov $0, %zero\nmov 2008, %ax", { ax: 7 }],
  ])("%s", (text, expected) => {
    expect(registersAfter(text, "bx=10")).toMatchObject(expected);
  });

  it.each([
    ["mov %bx, x", { x: 10 }],
    ["mov $4, x", { x: 4 }],
    ["lea a, %cx\nmov $1, 4(%cx)", { a: [0, 1, 0] }],
    ["lea a, %cx\nmov $2, %dx\nmov $1, (%cx,%dx,4)", { a: [0, 0, 1] }],
    ["xchg %bx, x\nmov %bx, a", { x: 10, a: [0, 0, 0] }],
    ["fetchadd %bx, x\nfetchadd %bx, x", { x: 10 }],
    ["cmpxchg %bx, x", { x: 10 }],
    ["mov $1, %ax\ncmpxchg %bx, x\nmov %ax, a", { x: 0, a: [0, 0, 0] }],
  ])("%s", (text, expected) => {
    expect(variablesAfter(text, "bx=10")).toMatchObject(expected);
  });

  it.each([
    ["test $5, %bx", [">=", ">", "!="]],
    ["test %bx, $5", ["<=", "<", "!="]],
    ["test $10, %bx", [">=", "<=", "=="]],
    ["test %bx, %cx", ["<=", "<", "!="]],
    ["cmpxchg %bx, 2000", [">=", "<=", "=="]],
    ["mov $1, 2000\ncmpxchg %bx, 2000", ["<=", "<", "!="]],
    ["add $1, %bx", []],
  ])("%s sets %j", (text, codes) => {
    expect(endOf(`${text}\nhalt`, { threads: 1, argv: "bx=10" }).threads[0]!.flags).toEqual(codes);
  });

  it.each([
    ["je", "test $10, %bx", true],
    ["je", "test $9, %bx", false],
    ["jne", "test $9, %bx", true],
    ["jgt", "test $9, %bx", true],
    ["jgt", "test $10, %bx", false],
    ["jgte", "test $10, %bx", true],
    ["jlt", "test $11, %bx", true],
    ["jlte", "test $10, %bx", true],
    ["jlte", "test $9, %bx", false],
    ["j", "nop", true],
    ["jne", "nop", false],
    ["jgte", "nop", false],
  ])("%s after %s", (jump, before, taken) => {
    const { ax } = registersAfter(`${before}\n${jump} .on\nmov $1, %ax\n.on`, "bx=10") as { ax: number };
    expect(ax).toBe(taken ? 0 : 1);
  });
});

describe("integers", () => {
  it("have any size and stay exact", () => {
    const text =
      "mov $9007199254740991, %ax\nadd $2, %ax\nmov %ax, %bx\nmul %bx, %bx\nmov %bx, %cx\nsub %ax, %cx";
    expect(registersAfter(text)).toMatchObject({
      ax: "9007199254740993",
      bx: String(9007199254740993n ** 2n),
      cx: String(9007199254740993n ** 2n - 9007199254740993n),
    });
  });

  it("become small again", () => {
    const text = "mov $1000000000000000000000001, %ax\nsub $1000000000000000000000000, %ax";
    expect(registersAfter(text)).toMatchObject({ ax: 1 });
  });

  it("compare by value, not by the order in which they were met", () => {
    const text = "mov $30000000000000000000, %ax\ntest $20000000000000000000, %ax\njgt .on\nmov $1, %bx\n.on";
    expect(registersAfter(text)).toMatchObject({ bx: 0 });
  });

  it("can be addresses", () => {
    const text = "mov $1000000000000000000000001, %ax\nmov $5, 3(%ax)\nadd $2, %ax\nmov 1(%ax), %bx";
    expect(registersAfter(text)).toMatchObject({ bx: 5 });
  });
});

describe("a fault", () => {
  it.each([
    ["mov 200000, %ax", "unmapped-read", 200000],
    ["mov -4, %ax", "unmapped-read", -4],
    ["xchg %ax, 200000", "unmapped-read", 200000],
    ["mov 1001, %ax", "code-as-data", 1001],
    ["mov $5, 1001", "code-as-data", 1001],
    ["ret", "bad-return", 0],
    ["j .end", "out-of-code", 1002],
    ["mov $3, %ax\n.top\nmul %ax, %ax\nj .top", "too-many-digits", 0],
  ])("of %s is %s", (text, kind, value) => {
    const run = runOf(`${text}\nhalt\n.end\n`, { threads: 1 });
    advance(run, 1000);
    expect(run.end).toMatchObject({ kind: "fault", fault: { kind, value, thread: 0 } });
  });

  it("leaves the state as it was", () => {
    const run = runOf("mov $1, %ax\nadd $4, %ax\nmov 200000, %bx\nhalt\n", { threads: 1 });
    advance(run, 1000);
    expect(run.instructions).toBe(2);
    expect(run.state.pc[0]).toBe(2);
  });

  it("of a program without instructions says so", () => {
    const run = runOf("# nothing\n", { threads: 1 });
    advance(run, 10);
    expect(run.end).toMatchObject({ kind: "fault", fault: { kind: "out-of-code" } });
  });

  it("is not met by writing outside of memory, which makes the cell", () => {
    expect(registersAfter("mov $7, -4\nmov -4, %ax")).toMatchObject({ ax: 7 });
  });
});

describe("threads", () => {
  it("start with registers of their own, stacks 1,000 apart, and no condition codes", () => {
    const { threads } = endOf("push %bx\nhalt\n", { threads: 2, argv: "bx=1,bx=2", memsize: 64 });
    expect(threads.map((t) => [t.registers["bx"], t.registers["sp"], t.flags])).toEqual([
      [1, 63996, []],
      [2, 62996, []],
    ]);
  });
});
