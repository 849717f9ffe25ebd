import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commentText } from "../../hardware/comment.ts";
import { emitTest } from "../../hardware/emit.ts";
import { emitC } from "../../hardware/index.ts";
import { testOf } from "./support.ts";

function emitted(text: string, ...registers: string[]): string {
  const { start, layout, locations } = testOf(text, ...registers);
  return emitTest(start, layout, locations);
}

/** The assembly of thread 0 in one line: instructions and labels divided by `; `. */
function assembly(text: string): string {
  const [, body = ""] = /"thread0_first:\\n"\n([\s\S]*?) {2}"thread0_end:/.exec(emitted(text, "0:ax"))!;
  return [...body.matchAll(/"\s*(.*?)\\n"/g)].map((match) => match[1]!.replace(/\s+/g, " ")).join("; ");
}

describe("The emitted C", () => {
  const example = (name: string): string => readFileSync(`examples/${name}.s`, "utf8");

  test.each([
    ["store-buffering", ["0:ax", "1:ax"]],
    ["ticket-lock", []],
    ["routine", []],
  ])("of examples/%s.s is as in its golden file", async (name, registers) => {
    await expect(emitted(example(name), ...registers)).toMatchFileSnapshot(`golden/${name}.c`);
  });

  test("has one instruction of the processor for one of the program, where there is one", () => {
    const text = "#@ run -t 1\n.var x\nmov x, %ax\nmov %ax, x\nxchg %ax, x\nmfence\nyield\nhalt";
    expect(assembly(text)).toBe(
      "movq $0, %rax; movq (%rdi), %rax; movq %rax, (%rdi); xchgq %rax, (%rdi); mfence; pause",
    );
  });

  test("tells where a result does not fit into a register, which the model's integers always do", () => {
    expect(assembly("#@ run -t 1\n.var x\nadd $1, %ax\nfetchadd %ax, x\nhalt")).toBe(
      "movq $0, %rax; addq $1, %rax; jo .Lthread0_fault_0; lock xaddq %rax, (%rdi); jo .Lthread0_fault_1",
    );
  });

  test("jumps on the processor's flags while they are those of the last comparison", () => {
    const text = "#@ run -t 1\n.var x\n.top\ntest $3, %ax\nmov x, %bx\njlt .top\nhalt";
    expect(assembly(text)).toContain("cmpq $3, %rax; movq (%rdi), %rbx; jl .Lthread0_0");
  });

  test("keeps the condition codes in a register where an addition comes between comparison and jump", () => {
    const text = "#@ run -t 1\n.var x\n.top\ntest $3, %ax\nadd $1, %ax\njlt .top\nhalt";
    expect(assembly(text)).toContain("addq $1, %rax; jo .Lthread0_fault_1; testl $8, %r14d; jnz .Lthread0_0");
  });

  test("gives every variable a cache line", () => {
    expect(assembly("#@ run -t 1\n.var x\n.var y\nmov $1, y\nhalt")).toContain("movq $1, 64(%rdi)");
  });

  test("puts numbers that an instruction cannot hold into a register first", () => {
    expect(assembly("#@ run -t 1\n.var x\nmov $5000000000, x\nhalt")).toContain(
      "movabsq $5000000000, %r13; movq %r13, (%rdi)",
    );
  });

  test("shows the line of the source beside each instruction, with its comment", () => {
    expect(emitted("#@ run -t 1\n.var x\nmov $1, x # first\nhalt")).toMatch(
      /"\s+movq\s+\$1, \(%rdi\)\\n"\s+\/\* mov \$1, x # first \*\//,
    );
  });

  test("has the virtual machine's part for the back end kvm alone", () => {
    const example = testOf("#@ run -t 1\n.var x\nhalt");
    expect(emitC(example, "kvm")).toContain("KVM_RUN");
    expect(emitC(example, "threads")).not.toContain("KVM_RUN");
  });
});

describe("Text of the user", () => {
  test("cannot end the comment that it stands in, nor reach the next line", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("*", "/", "\\", "?", "\n", "\r", "a", "é", " ") }),
        (text) => {
          const comment = commentText(text);
          expect(comment).toMatch(/^[ -~]*$/);
          expect(comment).not.toMatch(/\*\/|\/\*|\\|\?\?/);
        },
      ),
    );
  });

  test("stands in comments and nowhere else", () => {
    const evil = 'x*/"evil;/*';
    const text = `#@ run -t 2\n.var ${evil}\nmov ${evil}, %ax\nhalt`;
    const code = emitted(text).replace(/\/\*.*?\*\//gs, "");
    expect(code).not.toContain("evil");
  });
});
