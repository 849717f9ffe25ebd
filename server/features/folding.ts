import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver";
import type { Line } from "../../core/asm/tree.ts";
import type { AsmDocument } from "../document.ts";
import { labelRegions } from "../regions.ts";

/** The code of a label, and comments of several lines. */
export function foldingRanges({ tree }: AsmDocument): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  for (const [startLine, endLine] of labelRegions(tree)) {
    if (endLine > startLine) ranges.push({ startLine, endLine });
  }
  let first = 0;
  tree.nodes.forEach((node, line) => {
    if (!isComment(node)) {
      if (line - first > 1)
        ranges.push({ startLine: first, endLine: line - 1, kind: FoldingRangeKind.Comment });
      first = line + 1;
    }
  });
  const last = tree.nodes.length - 1;
  if (last > first) ranges.push({ startLine: first, endLine: last, kind: FoldingRangeKind.Comment });
  return ranges;
}

const isComment = (node: Line): boolean => node.kind === "blank" && node.comment !== undefined;
