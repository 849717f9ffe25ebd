import type * as lsp from "vscode-languageserver";
import type { LineMap, Range } from "../core/text/range.ts";

/** From the offsets of core to the lines and characters of the protocol; both count UTF-16 units from 0. */
export const toRange = (lines: LineMap, { start, end }: Range): lsp.Range => ({
  start: toPosition(lines, start),
  end: toPosition(lines, end),
});

export function toPosition(lines: LineMap, offset: number): lsp.Position {
  const { line, column } = lines.position(offset);
  return { line, character: column };
}

/** The offset of a position; one outside of the text is moved to the nearest place inside. */
export const toOffset = (lines: LineMap, { line, character }: lsp.Position): number =>
  lines.offset({ line, column: character });
