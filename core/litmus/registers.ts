import type { X86Dialect } from "../isa/x86.ts";
import {
  registerPart,
  SCRATCH_REGISTER,
  X86_64_REGISTERS,
  X86_FLAGS,
  X86_REGISTERS,
} from "../isa/x86-registers.ts";
import { moved } from "../text/range.ts";
import { forEachInstruction } from "./instructions.ts";
import type { Reporter } from "./report-error.ts";
import type { LitmusTree, RegisterOperand } from "./tree.ts";

/** Explorations keep a thread's registers and its flags in one word of bits. */
const MOST_REGISTERS = 30;

/** `zero`, the architecture's, the machine's own two, and the symbolic ones of the text. */
export function registerNames({ dialect, rows }: LitmusTree, { report }: Reporter): string[] {
  const names = [
    "zero",
    ...(dialect === "x86_64" ? X86_64_REGISTERS : X86_REGISTERS),
    SCRATCH_REGISTER,
    `${SCRATCH_REGISTER}2`,
  ];
  let isFull = false;
  const add = ({ name, range }: RegisterOperand, start: number): void => {
    if (isFull || !name.startsWith("%") || names.includes(name)) return;
    if (names.length < MOST_REGISTERS) names.push(name);
    else {
      isFull = true;
      report("too-many-registers", "a test has at most 17 symbolic registers", moved(range, start));
    }
  };
  forEachInstruction(rows, ({ operands }, { start }) => {
    for (const operand of operands) {
      if (operand.kind === "register") add(operand, start);
      if (operand.kind !== "memory") continue;
      if (operand.base) add(operand.base, start);
      if (operand.index) add(operand.index, start);
    }
  });
  return names;
}

/** Number of a register as the machine knows it, or of a flag: registers, then flags; undefined if there is none. */
export function registerIndex(
  name: string,
  dialect: X86Dialect | undefined,
  registers: readonly string[],
): { readonly register: number } | { readonly flag: number } | undefined {
  if (dialect === "x86_64") {
    const part = registerPart(name);
    return part?.bits === 64 ? { register: registers.indexOf(part.whole) } : undefined;
  }
  const flag = X86_FLAGS.indexOf(name);
  if (flag >= 0) return { flag };
  const register = X86_REGISTERS.includes(name) ? registers.indexOf(name) : -1;
  return register >= 0 ? { register } : undefined;
}
