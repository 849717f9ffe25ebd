import type * as lsp from "vscode-languageserver";
import { formatLitmus, type Replacement } from "../../core/litmus/format.ts";
import { toOffset, toRange } from "../positions.ts";
import type { LitmusDocument } from "./document.ts";

/** The edits that put the cells of the code into columns. */
export const formatDocument = (document: LitmusDocument): lsp.TextEdit[] =>
  edits(document, formatLitmus(document.tree));

/** The same for the rows that a range touches. The columns are those of the whole text. */
export function formatRange(document: LitmusDocument, { start, end }: lsp.Range): lsp.TextEdit[] {
  const [first, last] = [toOffset(document.lines, start), toOffset(document.lines, end)];
  const touched = formatLitmus(document.tree).filter(
    ({ range }) => range.start <= last && range.end >= first,
  );
  return edits(document, touched);
}

/** After a line end: all columns follow the row that has just been left. */
export function formatOnType(document: LitmusDocument, { line }: lsp.Position): lsp.TextEdit[] {
  const { lines, text } = document;
  const left = line > 0 ? lines.lineRange(line - 1) : undefined;
  if (!left || text[left.end - 1] !== ";") return [];
  const cursor = lines.lineRange(line);
  // The line under the cursor is still being typed.
  return edits(
    document,
    formatLitmus(document.tree).filter(({ range }) => range.end <= left.end || range.start > cursor.end),
  );
}

const edits = ({ lines }: LitmusDocument, replacements: readonly Replacement[]): lsp.TextEdit[] =>
  replacements.map(({ range, newText }) => ({ range: toRange(lines, range), newText }));
