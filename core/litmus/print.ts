import type { X86Dialect } from "../isa/x86.ts";
import { registerPart } from "../isa/x86-registers.ts";
import type { InstructionNode, MemoryOperand, Operand, RegisterOperand } from "./tree.ts";

/**
 * Writes an instruction as herd prints it into a test's hash: the size suffixes of X86 dropped, `$` before immediates, two blanks behind
 * `CMP`, `INC` and `DEC` (litmus.md §4). It is also what views show for an instruction.
 * @param label how a label is to be called
 */
export function printInstruction(
  { lock, mnemonic, spec, operands }: InstructionNode,
  dialect: X86Dialect,
  label: (name: string) => string = (name) => name,
): string {
  const wide = dialect === "x86";
  const name = wide ? (spec?.mnemonic ?? mnemonic.text).toUpperCase() : nameIn64(mnemonic.text.toLowerCase());
  const padded = wide && /^(?:CMP|INC|DEC)$/.test(name) ? `${name} ` : name;
  const prefix = lock ? (wide ? "LOCK; " : "lock; ") : "";
  const text = operands.map((o) => printOperand(o, dialect, label)).join(",");
  return `${prefix}${padded}${text && ` ${text}`}`;
}

/** Where herd's name for an X86_64 instruction is not the one that is written. */
const OTHER_NAMES: Readonly<Record<string, string>> = { jgt: "jg", jlt: "jl", nop: "NOP", endbr64: "NOP" };

const nameIn64 = (name: string): string => OTHER_NAMES[name] ?? name;

function printOperand(operand: Operand, dialect: X86Dialect, label: (name: string) => string): string {
  switch (operand.kind) {
    case "immediate":
      return `$${operand.value}`;
    case "register":
      return printRegister(operand, dialect);
    case "label":
      return label(operand.name);
    case "memory":
      return printMemory(operand, dialect);
    case "bad":
      return "?";
  }
}

function printMemory(operand: MemoryOperand, dialect: X86Dialect): string {
  const { base, index, scale, variable, displacement } = operand;
  if (dialect === "x86") return `[${variable?.text ?? (base ? printRegister(base, dialect) : displacement)}]`;
  if (!base) return `${variable && displacement ? displacement : ""}(${variable?.text ?? displacement})`;
  const inside = index
    ? `${printRegister(base, dialect)}, ${printRegister(index, dialect)},${scale}`
    : printRegister(base, dialect);
  return `${displacement || ""}(${inside})`;
}

function printRegister({ name, bits }: RegisterOperand, dialect: X86Dialect): string {
  if (dialect === "x86") return name;
  return `%${partName(name, bits)}`;
}

/** The name of a part of a 64-bit register: `rax`, 32 → `eax`. */
export function partName(whole: string, bits: RegisterOperand["bits"]): string {
  const number = /^r\d+$/.test(whole);
  const stem = whole.slice(1);
  const byte = stem.endsWith("x") ? `${stem[0]}l` : `${stem}l`;
  const names = number
    ? { 64: whole, 32: `${whole}d`, 16: `${whole}w`, 8: `${whole}b` }
    : { 64: whole, 32: `e${stem}`, 16: stem, 8: byte };
  const name = names[bits];
  return registerPart(name) ? name : whole;
}
