import { BUFFER_EFFECT } from "../isa/describe.ts";
import { type Access, COMPUTE, type ComputeFunction } from "../isa/operations.ts";
import type { X86Dialect, X86Instruction } from "../isa/x86.ts";
import type { InstructionNode } from "./tree.ts";
import { isReversed, usesInText } from "./uses.ts";

const OPERATORS: Partial<Record<ComputeFunction, string>> = {
  [COMPUTE.ADD]: "+",
  [COMPUTE.SUB]: "−",
  [COMPUTE.AND]: "and",
  [COMPUTE.OR]: "or",
  [COMPUTE.XOR]: "xor",
  [COMPUTE.SHL]: "shifted left by",
};

/** What an instruction does, with its operands as they are written: `EAX ← EAX + $1`; nothing where the summary says it all. */
export function x86Effect(
  spec: X86Instruction,
  operands: readonly string[],
  dialect: X86Dialect,
): string | undefined {
  const [to = "", from = ""] = isReversed(spec, dialect) ? [...operands].reverse() : operands;
  const accumulator = dialect === "x86" ? "EAX" : "rax";
  switch (spec.shape) {
    case "binary":
      if (spec.computes === COMPUTE.COMPARE) return `flags ← ${to} compared with ${from}`;
      if (spec.computes === COMPUTE.TEST) return `flags ← ${to} and ${from}`;
      return spec.computes === COMPUTE.MOVE
        ? `${to} ← ${from}`
        : `${to} ← ${to} ${OPERATORS[spec.computes!] ?? "∘"} ${from}`;
    case "unary":
      return `${to} ← ${to} ${spec.computes === COMPUTE.INCREMENT ? "+" : "−"} 1`;
    case "exchange":
      return `${to} ↔ ${from}`;
    case "exchange-add":
      return `${to}, ${from} ← ${to} + ${from}, ${to}`;
    case "compare-exchange":
      return `if ${to} = ${accumulator} then ${to} ← ${from} else ${accumulator} ← ${to}`;
    case "conditional-move":
      return `if CF then ${to} ← ${from}`;
    case "set-not-below":
      return `${to} ← 1 − CF`;
    default:
      return undefined;
  }
}

/** What an instruction in a text does with memory and with the store buffer, one sentence a line. */
export function x86Accesses({ spec, lock, operands }: InstructionNode, dialect: X86Dialect): string[] {
  if (!spec) return [];
  if (spec.shape === "fence") return [BUFFER_EFFECT.fence];
  const uses = usesInText(spec, operands.length, dialect);
  const accesses = new Set<Access>();
  operands.forEach(({ kind }, i) => {
    const use = uses[i];
    if (kind !== "memory" || use === "address") return;
    if (lock || spec.shape === "exchange") accesses.add("locked");
    else {
      if (use !== "write") accesses.add("load");
      if (use !== "read") accesses.add("store");
    }
  });
  if (accesses.size === 0) return [BUFFER_EFFECT.none];
  return [...accesses].map((access) =>
    accesses.size > 1 ? `a ${access} ${BUFFER_EFFECT[access]}` : BUFFER_EFFECT[access],
  );
}

/** What an instruction has to do with the flags. */
export function x86Flags({ flags }: X86Instruction): string {
  if (flags === "sets") return "sets ZF, SF and CF as herd has them: SF means greater than 0";
  return flags === "reads" ? "reads the flags" : "leaves the flags alone";
}
