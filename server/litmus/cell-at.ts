import { cellsOf } from "../../core/litmus/cells-of.ts";
import type { Cell, Operand, Row } from "../../core/litmus/tree.ts";
import { contains } from "../../core/text/range.ts";
import type { LitmusDocument } from "./document.ts";

/** The cell at a place of the code, as far as the tree goes around it. */
export interface CellPlace {
  readonly row: Row;
  readonly cell: Cell;
  readonly thread: number;
  readonly operand?: Operand;
}

/** The cell at an offset; its end belongs to it. */
export function cellAt({ tree: { rows } }: LitmusDocument, offset: number): CellPlace | undefined {
  const row = rows[lastBegun(rows, offset)];
  const cells = row ? cellsOf(row) : [];
  const thread = lastBegun(cells, offset);
  const cell = cells[thread];
  if (!row || !cell || !contains(cell.range, offset)) return undefined;
  const operand = cell.instruction?.operands.find((o) => contains(o.range, offset));
  return { row, cell, thread, ...(operand && { operand }) };
}

/** Index of the last of some stretches, in their order, that begins at an offset or before it; -1 if none does. */
function lastBegun(
  stretches: readonly { readonly range: { readonly start: number } }[],
  offset: number,
): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.range.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
