import type * as lsp from "vscode-languageserver";
import { contains, type LineMap, type Range } from "../../core/text/range.ts";
import { type AsmDocument, lineAt } from "../document.ts";
import { elementAt } from "../elements.ts";
import { toOffset, toRange } from "../positions.ts";
import { labelRegions } from "../regions.ts";

/** What grows around each position: word, operand, operands, instruction, line, the label's code, the text. */
export function selectionRanges(
  document: AsmDocument,
  positions: readonly lsp.Position[],
): lsp.SelectionRange[] {
  const regions = [...labelRegions(document.tree)];
  return positions.map((position) => selectionRange(document, regions, toOffset(document.lines, position)));
}

function selectionRange(
  document: AsmDocument,
  regions: readonly (readonly [number, number])[],
  offset: number,
): lsp.SelectionRange {
  const { lines, text } = document;
  const { line } = lines.position(offset);
  const node = lineAt(document, line);
  const steps: (Range | undefined)[] = [elementAt(document, offset)?.range];
  if (node.kind === "instruction") {
    const [first, last] = [node.operands[0], node.operands.at(-1)];
    steps.push(node.operands.find((o) => contains(o.range, offset))?.range);
    if (first && last) steps.push({ start: first.range.start, end: last.range.end });
    steps.push(node.body.range);
  } else if (node.kind === "directive") steps.push(node.body.range);
  steps.push(node.comment, node.range);
  const region = regions.find(([from, to]) => from <= line && line <= to);
  if (region) steps.push({ start: lines.lineRange(region[0]).start, end: lines.lineRange(region[1]).end });
  steps.push({ start: 0, end: text.length });
  return nest(lines, steps, offset);
}

/** Chains the steps that contain the offset, each strictly larger than the one before. */
export function nest(
  lines: LineMap,
  steps: readonly (Range | undefined)[],
  offset: number,
): lsp.SelectionRange {
  const growing: Range[] = [];
  for (const step of steps) {
    const inner = growing.at(-1);
    if (!step || !contains(step, offset)) continue;
    if (!inner || (step.start <= inner.start && inner.end <= step.end && length(step) > length(inner))) {
      growing.push(step);
    }
  }
  const nested = growing.reduceRight<lsp.SelectionRange | undefined>(
    (parent, step) => ({ range: toRange(lines, step), ...(parent ? { parent } : {}) }),
    undefined,
  );
  return nested ?? { range: toRange(lines, { start: offset, end: offset }) };
}

const length = ({ start, end }: Range): number => end - start;
