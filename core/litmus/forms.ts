import type { X86Dialect, X86Instruction } from "../isa/x86.ts";
import { isReversed } from "./uses.ts";

export type X86OperandKind = "register" | "memory" | "immediate" | "label";

export type X86Form = readonly X86OperandKind[];

const BINARY: readonly X86Form[] = [
  ["memory", "immediate"],
  ["register", "memory"],
  ["memory", "register"],
  ["register", "immediate"],
  ["register", "register"],
];

/** The operands that an instruction can have, in the order of the text, the commonest form first. */
export function x86Forms(spec: X86Instruction, dialect: X86Dialect): readonly X86Form[] {
  const forms = formsOf(spec);
  return isReversed(spec, dialect) ? forms.map((form) => [...form].reverse()) : forms;
}

/** Destination first. */
function formsOf({ shape, takesAddress }: X86Instruction): readonly X86Form[] {
  switch (shape) {
    case "binary":
      return BINARY;
    case "unary":
    case "set-not-below":
      return [["memory"], ["register"]];
    case "exchange":
    case "conditional-move":
      return [
        ["register", "memory"],
        ["register", "register"],
      ];
    case "exchange-add":
    case "compare-exchange":
      return [
        ["memory", "register"],
        ["register", "register"],
      ];
    case "jump":
      return [["label"]];
    case "refused":
      return [];
    default:
      return takesAddress ? [["memory"]] : [[]];
  }
}

/** How an operand of each kind is written, for messages and completion. */
export const X86_EXAMPLES: Readonly<Record<X86Dialect, Readonly<Record<X86OperandKind, string>>>> = {
  x86: { register: "EAX", memory: "[x]", immediate: "$1", label: "L0" },
  x86_64: { register: "%eax", memory: "(x)", immediate: "$1", label: "L0" },
};

/** `EAX,[x]`; the second register of a form is another one. */
export const x86FormText = (form: X86Form, dialect: X86Dialect): string =>
  form
    .map((kind, i) => {
      const example = X86_EXAMPLES[dialect][kind];
      return i > 0 && kind === "register" && form[0] === kind
        ? example.replace(/a(?=x)/i, (a) => (a === "A" ? "B" : "b"))
        : example;
    })
    .join(",");
