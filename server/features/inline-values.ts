import type * as lsp from "vscode-languageserver";
import type { Operand } from "../../core/asm/tree.ts";
import { REGISTERS } from "../../core/isa/registers.ts";
import type { Range } from "../../core/text/range.ts";
import { type AsmDocument, lineAt } from "../document.ts";
import { toRange } from "../positions.ts";

/** The registers and memory cells of the instruction at which the debugger stands, as expressions that it evaluates. */
export function inlineValues(
  document: AsmDocument,
  { stoppedLocation }: lsp.InlineValueContext,
): lsp.InlineValue[] {
  const node = lineAt(document, stoppedLocation.start.line);
  if (node.kind !== "instruction") return [];
  return node.operands.flatMap((operand) =>
    expressions(document.text, operand).map(({ range, expression }) => ({
      range: toRange(document.lines, range),
      expression,
    })),
  );
}

interface Expression {
  readonly range: Range;
  readonly expression: string;
}

function expressions(text: string, operand: Operand): Expression[] {
  if (operand.kind === "register") {
    return [{ range: operand.range, expression: `%${REGISTERS[operand.register]}` }];
  }
  if (operand.kind !== "memory") return [];
  const written = text.slice(operand.range.start, operand.range.end);
  const direct = operand.variable === undefined && !written.includes("(");
  const cell = { range: operand.range, expression: direct ? `[${written}]` : written };
  const registers = [operand.base, operand.index].flatMap((r) => (r ? expressions(text, r) : []));
  return [...registers, cell];
}
