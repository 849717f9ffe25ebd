import type { Form, InstructionSpec, OperandKind } from "../isa/instruction-set.ts";
import type { Range } from "../text/range.ts";
import type { MemoryOperand, Operand } from "./tree.ts";

/** The form of an instruction that the operands make, if there is one. */
export function matchForm(spec: InstructionSpec, operands: readonly Operand[]): Form | undefined {
  return spec.forms.find(
    (form) =>
      form.operands.length === operands.length && form.operands.every((kind, i) => fits(kind, operands[i]!)),
  );
}

function fits(kind: OperandKind, operand: Operand): boolean {
  if (kind !== "address") return kind === operand.kind;
  // x86.py hands the text to Python, which knows neither variables nor leading zeros here.
  return (
    operand.kind === "memory" &&
    operand.variable === undefined &&
    !operand.base &&
    !operand.index &&
    !/^-?0\d/.test(operand.displacement)
  );
}

/** How the operands of a form are written, for messages and completion: `$5, %ax`. */
export const formText = (form: Form): string => form.operands.map((kind) => EXAMPLES[kind]).join(", ");

export const EXAMPLES: Readonly<Record<OperandKind, string>> = {
  immediate: "$5",
  register: "%ax",
  memory: "count",
  label: ".label",
  address: "2000",
};

interface Misuse {
  readonly message: string;
  readonly range: Range;
}

/** Says why an instruction cannot have these operands and what would be right. */
export function explainMisuse(spec: InstructionSpec, operands: readonly Operand[], mnemonic: Range): Misuse {
  const first = operands[0];
  const last = operands.at(-1);
  const all = first && last ? { start: first.range.start, end: last.range.end } : mnemonic;
  return {
    message: misuse(spec, operands),
    range: all,
  };
}

function misuse({ mnemonic, forms }: InstructionSpec, operands: readonly Operand[]): string {
  const kinds = operands.map((o) => o.kind);
  const counts = [...new Set(forms.map((f) => f.operands.length))];
  if (!counts.includes(kinds.length))
    return `\`${mnemonic}\` takes ${countText(counts)}; ${writeText(mnemonic, forms)}`;
  const [a, b] = kinds;
  if (mnemonic === "mov") {
    if (a === "memory" && b === "memory") return "`mov` cannot move memory to memory; go through a register";
    if (a === "label" || b === "label")
      return "`mov` cannot move a label; labels are only for jumps and calls";
    if (b === "immediate")
      return "the second operand of `mov` is where the value goes: a register or memory, not a number";
  }
  if (forms.some((f) => f.operands[0] === "label")) {
    const [operand] = operands;
    const name = operand?.kind === "memory" ? (operand.variable ?? "top") : "top";
    return `\`${mnemonic}\` goes to a label, which begins with a dot: \`${mnemonic} .${name.slice(0, 40)}\``;
  }
  const takesMemory = forms.some((f) => f.operands.includes("memory"));
  if (!takesMemory && kinds.includes("memory") && mnemonic !== "mdump") {
    const number = operands.find(isBareNumber);
    if (number) {
      return `\`${mnemonic}\` takes no memory, and ${number.displacement.slice(0, 40)} is an address: the number is written \`$${number.displacement.slice(0, 40)}\``;
    }
    return `\`${mnemonic}\` works on registers only; load the value with \`mov\` first`;
  }
  if (forms.some((f) => f.operands[1] === "memory") && a === "memory" && b === "register") {
    return `\`${mnemonic}\` takes the register first and the memory operand second`;
  }
  if (mnemonic === "mdump")
    return "`mdump` takes an address in digits, without leading zeros, as in `mdump 2000`; variables start at address 100";
  return `\`${mnemonic}\` cannot have these operands; ${writeText(mnemonic, forms)}`;
}

const isBareNumber = (operand: Operand): operand is MemoryOperand =>
  operand.kind === "memory" && operand.variable === undefined && !operand.base && !operand.index;

const countText = (counts: readonly number[]): string => {
  const most = Math.max(...counts);
  if (most === 0) return "no operands";
  const text = most === 1 ? "one operand" : "two operands, divided by a comma";
  return counts.includes(0) ? `no operand or ${text}` : text;
};

const writeText = (mnemonic: string, forms: readonly Form[]): string =>
  `write ${forms.map((f) => `\`${`${mnemonic} ${formText(f)}`.trimEnd()}\``).join(" or ")}`;
