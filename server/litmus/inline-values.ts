import type * as lsp from "vscode-languageserver";
import type { MemoryOperand, Operand } from "../../core/litmus/tree.ts";
import type { Range } from "../../core/text/range.ts";
import { toOffset, toRange } from "../positions.ts";
import { cellAt } from "./cell-at.ts";
import type { LitmusDocument } from "./document.ts";

/** The registers and variables of the instruction at which the debugger stands, as expressions that it evaluates. */
export function inlineValues(
  document: LitmusDocument,
  { stoppedLocation }: lsp.InlineValueContext,
): lsp.InlineValue[] {
  const place = cellAt(document, toOffset(document.lines, stoppedLocation.start));
  return (place?.cell.instruction?.operands ?? []).flatMap((operand) =>
    expressions(operand).map(({ range, expression }) => ({
      range: toRange(document.lines, range),
      expression,
    })),
  );
}

interface Expression {
  readonly range: Range;
  readonly expression: string;
}

function expressions(operand: Operand): Expression[] {
  if (operand.kind === "register") return [{ range: operand.range, expression: operand.name }];
  return operand.kind === "memory" ? [{ range: operand.range, expression: `[${address(operand)}]` }] : [];
}

function address({ variable, base, index, scale, displacement }: MemoryOperand): string {
  const parts = [variable?.text, base?.name, index && `${index.name}*${scale}`, displacement || undefined];
  return parts.filter((part) => part !== undefined).join("+") || "0";
}
