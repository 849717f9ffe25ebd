import type { X86Dialect, X86Instruction } from "../isa/x86.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import type { Range } from "../text/range.ts";
import { destinationFirst } from "./lower-instruction.ts";
import type { InstructionNode } from "./tree.ts";

type Misuse = Pick<Diagnostic, "code" | "message" | "range">;

/** Why an instruction cannot have its operands, of which there are enough and none is bad; undefined if it can. */
export function explainOperands(
  node: InstructionNode,
  { shape, mnemonic }: X86Instruction,
  dialect: X86Dialect,
): Misuse | undefined {
  const [destination, source] = destinationFirst(node, dialect);
  const [first, second] = node.operands;
  switch (shape) {
    case "binary":
    case "unary":
    case "set-not-below":
      if (destination?.kind !== "immediate") return undefined;
      return {
        code: "bad-destination",
        message: `\`${mnemonic}\` cannot write to a number: ${source && source.kind !== "immediate" ? DESTINATION_PLACE[dialect] : "a register or memory must stand here"}`,
        range: destination.range,
      };
    case "exchange":
      if (node.operands.every((o) => o.kind === "register" || o.kind === "memory")) return undefined;
      return {
        code: "bad-exchange",
        message: "an exchange has a register, and a register or memory",
        range: (second ?? node).range,
      };
    case "exchange-add":
      if (source?.kind === "register" && destination?.kind !== "immediate") return undefined;
      return badOperands("`xadd` adds a register to a register or to memory", node.range);
    case "compare-exchange":
      if (second?.kind === "register" && first?.kind !== "immediate") return undefined;
      return badOperands("`cmpxchg` has memory (or a register), then a register", node.range);
    case "conditional-move":
      if (first?.kind === "register") return undefined;
      return badOperands("`cmovc` moves to a register, which is written first", first!.range);
    default:
      return undefined;
  }
}

/** For those who have written the operands in the order of the other dialect. */
const DESTINATION_PLACE: Readonly<Record<X86Dialect, string>> = {
  x86: "X86 tests write the destination first, as in `MOV EAX,$1`",
  x86_64: "X86_64 tests write the destination last, as in `mov $1,%eax`",
};

const badOperands = (message: string, range: Range): Misuse => ({ code: "bad-operands", message, range });
