import type * as lsp from "vscode-languageserver";
import { formatLitmus, type Replacement } from "../../core/litmus/format.ts";
import type { Steps } from "../../core/text/steps.ts";
import { toOffset, toRange } from "../positions.ts";
import type { LitmusDocument } from "./document.ts";

/** In steps, the edits that put the cells of the code into columns. */
export function* formatDocument(document: LitmusDocument): Steps<lsp.TextEdit[]> {
  return edits(document, yield* formatLitmus(document.tree));
}

/** The same for the rows that a range touches. The columns are those of the whole text. */
export function* formatRange(document: LitmusDocument, { start, end }: lsp.Range): Steps<lsp.TextEdit[]> {
  const [first, last] = [toOffset(document.lines, start), toOffset(document.lines, end)];
  const all = yield* formatLitmus(document.tree);
  return edits(
    document,
    all.filter(({ range }) => range.start <= last && range.end >= first),
  );
}

/** After a line end: all columns follow the row that has just been left. */
export function* formatOnType(document: LitmusDocument, { line }: lsp.Position): Steps<lsp.TextEdit[]> {
  const { lines, text } = document;
  const left = line > 0 ? lines.lineRange(line - 1) : undefined;
  if (!left || text[left.end - 1] !== ";") return [];
  const cursor = lines.lineRange(line);
  const all = yield* formatLitmus(document.tree);
  // The line under the cursor is still being typed.
  return edits(
    document,
    all.filter(({ range }) => range.end <= left.end || range.start > cursor.end),
  );
}

const edits = ({ lines }: LitmusDocument, replacements: readonly Replacement[]): lsp.TextEdit[] =>
  replacements.map(({ range, newText }) => ({ range: toRange(lines, range), newText }));
