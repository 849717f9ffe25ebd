import { describe, expect, test } from "vitest";
import { isUnmistakable, looksLikeDialect } from "../../core/asm/looks-like.ts";
import { looksLikeLitmus } from "../../core/litmus/looks-like.ts";

describe("A .s text is taken for the dialect", () => {
  test.each([
    ["a program", ".var count\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\nhalt\n"],
    ["a single instruction", "halt"],
    ["an instruction after a long comment", `${"# text\n".repeat(50)}mov $1, %ax\n`],
    ["directives before anything is written", "#@ run -t 2 --model tso\n"],
    ["a beginner's program with mistakes", ".main\nmov $1, ax\nadd $1, %ax\nmove %ax, 2000\nhalt\n"],
    ["lines that end as on Windows", ".main\r\nmov $1, %ax\r\nhalt\r\n"],
  ])("%s", (_, text) => expect(looksLikeDialect(text)).toBe(true));
});

describe("A .s text is left to other assemblers", () => {
  test.each([
    ["an empty text", ""],
    ["only comments", "# nothing here\n"],
    ["x86-64 code of a C compiler", GNU_X86()],
    ["RISC-V", ".text\n.globl _start\n_start:\n  li a0, 1\n  li a7, 93\n  ecall\n"],
    ["ARM", ".syntax unified\n.global main\nmain:\n  push {r4, lr}\n  mov r0, #0\n  pop {r4, pc}\n"],
    ["NASM", "section .text\nglobal _start\n_start:\n  mov eax, 1\n  int 0x80\n"],
    ["noise", "\u0000\u0001\u0002 \uFFFD\n".repeat(1000)],
  ])("%s", (_, text) => expect(looksLikeDialect(text)).toBe(false));
});

describe("A text without a name is taken for a program", () => {
  test.each([
    ["whose lines cannot be prose", "mov $1, %ax\nadd $1, %ax\n"],
    ["that begins with a variable and a jump", ".var count\n.top\nj .top\n"],
    ["with a mistake in it", ".main\nmov $1, %ax\nmove %ax, 2000\ntest $0, %ax\n"],
  ])("%s", (_, text) => expect(isUnmistakable(text)).toBe(true));
});

describe("A text without a name stays what it is", () => {
  test.each([
    ["an empty text", ""],
    ["a word", "halt\n"],
    ["a list", "push on\nadd milk\nnop\nhalt\n"],
    ["prose with an instruction in it", "In the lecture:\nmov $1, %ax\nand what it does\n"],
    ["Markdown", "# Notes\n\n- one\n- two\n"],
    ["C", "#include <stdio.h>\nint main() {\n  return 0;\n}\n"],
    ["x86-64 code of a C compiler", GNU_X86()],
  ])("%s", (_, text) => expect(isUnmistakable(text)).toBe(false));
});

describe("A text without a name is taken for a litmus test", () => {
  test.each([
    ["by its first line and its initial state", "X86 SB\n{ x=0; }\n"],
    ["with a description and keys", '\nX86_64 MP+po\n"Rfe PodRR"\nCycle=Rfe\n\n{\n'],
  ])("%s", (_, text) => expect(looksLikeLitmus(text)).toBe(true));
  test.each([
    ["notes about a processor", "X86 notes\nIt has a store buffer.\n"],
    ["a first line alone", "X86 SB\n"],
    ["a test for another processor", "AArch64 MP\n{ }\n"],
    ["a sentence", "X86 is an architecture.\n{ }\n"],
  ])("but not %s", (_, text) => expect(looksLikeLitmus(text)).toBe(false));
});

function GNU_X86(): string {
  return [
    '\t.file\t"a.c"',
    "\t.text",
    "\t.globl\tmain",
    "\t.type\tmain, @function",
    "main:",
    ".LFB0:",
    "\t.cfi_startproc",
    "\tpushq\t%rbp",
    "\tmovq\t%rsp, %rbp",
    "\tmovl\t$0, %eax",
    "\tpopq\t%rbp",
    "\tret",
    "\t.cfi_endproc",
    ".LFE0:",
    "\t.size\tmain, .-main",
  ].join("\n");
}
