import type * as lsp from "vscode-languageserver";
import { type FormattedLine, formatTree, type Indentation } from "../../core/asm/format.ts";
import type { AsmDocument } from "../document.ts";
import { toRange } from "../positions.ts";

/** The edits that lay a text out; a line that is right already is not touched. */
export function formatDocument(document: AsmDocument, options: lsp.FormattingOptions): lsp.TextEdit[] {
  return edits(document, formatTree(document.tree, indentation(options)));
}

/** The same for the lines of a range. The alignment is that of the whole text. */
export function formatRange(
  document: AsmDocument,
  { start, end }: lsp.Range,
  options: lsp.FormattingOptions,
): lsp.TextEdit[] {
  // A selection of whole lines ends at the beginning of the next one.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const lines = formatTree(document.tree, indentation(options));
  return edits(
    document,
    lines.filter(({ line }) => line >= start.line && line <= last),
  );
}

/** After a line end: lays out the line that has just been left. */
export function formatOnType(
  document: AsmDocument,
  { line }: lsp.Position,
  options: lsp.FormattingOptions,
): lsp.TextEdit[] {
  const left = { line: line - 1, character: 0 };
  return line === 0 ? [] : formatRange(document, { start: left, end: left }, options);
}

const indentation = ({ insertSpaces, tabSize }: lsp.FormattingOptions): Indentation =>
  insertSpaces ? { unit: " ".repeat(tabSize), width: tabSize } : { unit: "\t", width: tabSize };

const edits = ({ lines, text, tree }: AsmDocument, formatted: readonly FormattedLine[]): lsp.TextEdit[] =>
  formatted.flatMap(({ line, text: newText }) => {
    const { range } = tree.nodes[line]!;
    return text.slice(range.start, range.end) === newText ? [] : [{ range: toRange(lines, range), newText }];
  });
