import type { NameUse } from "../core/asm/names.ts";
import type { DirectiveLine, InstructionLine, MemoryOperand, Operand } from "../core/asm/tree.ts";
import { contains, type Range, range } from "../core/text/range.ts";
import { type AsmDocument, lineAt } from "./document.ts";

/** The smallest thing at a place of the text that a person can ask about. */
export type Element =
  | { readonly kind: "name"; readonly range: Range; readonly use: NameUse }
  | { readonly kind: "mnemonic"; readonly range: Range; readonly node: InstructionLine }
  | { readonly kind: "register"; readonly range: Range; readonly register: number }
  | {
      readonly kind: "number";
      readonly range: Range;
      /** Decimal digits with a sign where there is one. */
      readonly digits: string;
      readonly role: "immediate" | "address" | "displacement";
    }
  | { readonly kind: "keyword"; readonly range: Range; readonly node: DirectiveLine }
  | { readonly kind: "declaration"; readonly range: Range };

/** What stands at an offset; the end of a word belongs to it. */
export function elementAt(document: AsmDocument, offset: number): Element | undefined {
  const use = document.names.at(offset);
  if (use) return { kind: "name", range: use.range, use };
  const node = lineAt(document, document.lines.position(offset).line);
  switch (node.kind) {
    case "variable":
      return contains(node.keyword, offset) ? { kind: "declaration", range: node.keyword } : undefined;
    case "directive":
      return contains(node.keyword.range, offset)
        ? { kind: "keyword", range: node.keyword.range, node }
        : undefined;
    case "instruction": {
      if (contains(node.mnemonic.range, offset))
        return { kind: "mnemonic", range: node.mnemonic.range, node };
      const operand = node.operands.find((o) => contains(o.range, offset));
      return operand && operandElement(document.text, operand, offset);
    }
    default:
      return undefined;
  }
}

function operandElement(text: string, operand: Operand, offset: number): Element | undefined {
  switch (operand.kind) {
    case "register":
      return { kind: "register", range: operand.range, register: operand.register };
    case "immediate":
      return { kind: "number", range: operand.range, digits: operand.digits, role: "immediate" };
    case "memory": {
      const register = [operand.base, operand.index].find((r) => r && contains(r.range, offset));
      if (register) return { kind: "register", range: register.range, register: register.register };
      return displacement(text, operand, offset);
    }
    default:
      return undefined;
  }
}

function displacement(text: string, operand: MemoryOperand, offset: number): Element | undefined {
  const { start, end } = operand.range;
  const open = text.slice(start, end).indexOf("(");
  const digits = range(start, open < 0 ? end : start + open);
  if (digits.start === digits.end || !contains(digits, offset)) return undefined;
  return {
    kind: "number",
    range: digits,
    digits: operand.displacement,
    role: open < 0 ? "address" : "displacement",
  };
}
