import type { OperandUse } from "../isa/instruction-set.ts";
import type { X86Dialect, X86Instruction } from "../isa/x86.ts";
import { isComparison } from "./lower-instruction.ts";
import type { InstructionNode } from "./tree.ts";

/** How an instruction uses its operands, as they stand in the text; nothing for an unknown instruction. */
export function operandUses({ spec, operands }: InstructionNode, dialect: X86Dialect): readonly OperandUse[] {
  return spec ? usesInText(spec, operands.length, dialect) : [];
}

/** The same for a number of operands of an instruction that is not in a text. */
export function usesInText(spec: X86Instruction, count: number, dialect: X86Dialect): readonly OperandUse[] {
  const uses = usesOf(spec);
  return isReversed(spec, dialect) && count === 2 ? [...uses].reverse() : uses.slice(0, count);
}

/** Whether the text has the source first, as AT&T syntax does. */
export const isReversed = ({ shape }: X86Instruction, dialect: X86Dialect): boolean =>
  dialect === "x86_64" && (shape === "binary" || shape === "exchange-add");

/** Destination first. */
function usesOf(spec: X86Instruction): readonly OperandUse[] {
  switch (spec.shape) {
    case "binary":
      return [isComparison(spec) ? "read" : spec.flags ? "update" : "write", "read"];
    case "unary":
      return ["update"];
    case "exchange":
    case "exchange-add":
      return ["update", "update"];
    case "compare-exchange":
      return ["update", "read"];
    case "conditional-move":
      return ["write", "read"];
    case "set-not-below":
      return ["write"];
    case "jump":
      return ["target"];
    default:
      return ["address"];
  }
}
