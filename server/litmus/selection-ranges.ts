import type * as lsp from "vscode-languageserver";
import { nest } from "../features/selection-ranges.ts";
import { toOffset } from "../positions.ts";
import { cellAt } from "./cell-at.ts";
import type { LitmusDocument } from "./document.ts";

/** What grows around each position: name, operand, instruction, cell, row, section, text. */
export const selectionRanges = (
  document: LitmusDocument,
  positions: readonly lsp.Position[],
): lsp.SelectionRange[] =>
  positions.map((position) => {
    const { tree, names, lines, text } = document;
    const offset = toOffset(lines, position);
    const place = cellAt(document, offset);
    const item = tree.initial.find(({ range }) => range.start <= offset && offset <= range.end);
    const steps = [
      names.at(offset)?.range,
      place?.operand?.range,
      place?.cell.instruction?.range,
      place?.cell.range,
      place?.row.range,
      item?.range,
      tree.condition?.condition.proposition.range,
      tree.condition?.condition.range,
      tree.initialRange,
      tree.codeRange,
      tree.sectionsRange,
      { start: 0, end: text.length },
    ];
    return nest(lines, steps, offset);
  });
