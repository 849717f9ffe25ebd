import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver";
import type { Range } from "../../core/text/range.ts";
import type { LitmusDocument } from "./document.ts";

/** The initial state, the code, and comments, where they have several lines. */
export function foldingRanges({ tree, lines }: LitmusDocument): FoldingRange[] {
  const { initialRange, header, rows, comments } = tree;
  const fold = (range: Range | undefined, kind?: FoldingRangeKind): FoldingRange[] => {
    if (!range) return [];
    const [startLine, endLine] = [lines.position(range.start).line, lines.position(range.end).line];
    return endLine > startLine ? [{ startLine, endLine, ...(kind && { kind }) }] : [];
  };
  const last = rows.at(-1);
  return [
    ...fold(initialRange),
    ...fold(header && last && { start: header.range.start, end: last.range.end }),
    ...comments.flatMap((comment) => fold(comment, FoldingRangeKind.Comment)),
  ];
}
