import type { Word } from "../asm/tree.ts";
import type { X86Dialect } from "../isa/x86.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { moved, type Range, range } from "../text/range.ts";
import type { Steps } from "../text/steps.ts";
import { parseCell } from "./cells.ts";
import { trimmed } from "./operands.ts";
import { createReporter, MOST_SUGGESTIONS, type Reporter, shown } from "./report-error.ts";
import { type Line, linesOfRow, splitRows } from "./row-ends.ts";
import type { LitmusTree, Row, RowContent, ThreadHeader } from "./tree.ts";

/** The part between the initial state and the first section: the threads' names and their instructions. */
export interface Code {
  readonly header?: ThreadHeader;
  readonly rows: readonly Row[];
}

/** So many rows are read in a millisecond or two. */
const ROWS_IN_A_STEP = 50;

/**
 * Parses the rows of a test, each of cells divided by `|` and ended by `;` (litmus.md §1), in steps.
 * @param earlier the rows of another version of the text: what they say need not be read again
 */
export function* parseRows(
  text: string,
  where: Range,
  dialect: X86Dialect,
  diagnostics: Diagnostic[],
  earlier: LitmusTree["rows"],
): Steps<Code> {
  const reporter = createReporter(diagnostics);
  const lines = splitRows(text, where);
  const last = lines.at(-1)!;
  if (!last.ended) {
    const rest = trimmed(text, last.range.start, last.range.end);
    const condition = lines.length > 1 && rest.text.startsWith("(");
    if (rest.text === "" || condition) lines.pop();
    if (condition) {
      const message = "a condition begins with `exists`, `~exists` or `forall`";
      reporter.report("bare-condition", message, range(rest.range.start, rest.range.start + 1), ["exists ("]);
    }
  }
  const [first, ...others] = lines;
  if (!first) {
    const message = "the threads are missing: a line `P0 | P1 ;` follows the initial state";
    reporter.report("missing-threads", message, range(where.start, Math.min(where.start + 1, where.end)));
    return { rows: [] };
  }
  const header = parseHeader(text, first.range, reporter);
  const read = contentReader(dialect, earlier);
  const rows: Row[] = [];
  if (!first.ended) reportUnended(text, first.range, reporter);
  for (const other of others) {
    for (const { range: where, ended } of divideRow(text, other, header.threads.length, read)) {
      const { start, end } = where;
      if (!ended) reportUnended(text, where, reporter);
      const content = read(text.slice(start, end));
      const { cells } = content;
      rows.push({ range: range(start + cells[0]!.range.start, end), content, start });
      for (const d of content.diagnostics) diagnostics.push({ ...d, range: moved(d.range, start) });
      if (cells.length !== header.threads.length) {
        const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
        const message = `this row has ${count(cells.length, "cell")} for ${count(header.threads.length, "thread")}: cells are divided by \`|\` and may be empty`;
        reporter.report("row-length", message, trimmed(text, start, end).range);
      }
      if (rows.length % ROWS_IN_A_STEP === 0) yield;
    }
  }
  return { header, rows };
}

/** A row, or its lines where that makes more sense of it: somebody has forgotten the semicolons between them. */
function divideRow(text: string, row: Line, threads: number, read: (text: string) => RowContent): Line[] {
  const contentOf = ({ range: { start, end } }: Line): RowContent => read(text.slice(start, end));
  if (!/[\r\n]\s*\S/.test(text.slice(row.range.start, row.range.end).trimStart())) return [row];
  const isRight = ({ cells, diagnostics }: RowContent): boolean =>
    cells.length === threads && diagnostics.length === 0;
  if (isRight(contentOf(row))) return [row];
  const lines = linesOfRow(text, row);
  const areRows = lines.every((line) => contentOf(line).cells.length === threads);
  return areRows && isRight(contentOf(lines[0]!)) ? lines : [row];
}

/** Reads what rows say, each text once; what `earlier` rows say counts as read. */
function contentReader(dialect: X86Dialect, earlier: LitmusTree["rows"]): (text: string) => RowContent {
  const known = new Map(earlier.map(({ content }) => [content.text, content]));
  let suggestionsLeft = MOST_SUGGESTIONS;
  return (text) => {
    const found = known.get(text);
    const same = found?.dialect === dialect && found.suggested <= suggestionsLeft;
    const content = same ? found : parseContent(copy(text), dialect, suggestionsLeft);
    suggestionsLeft = Math.max(0, suggestionsLeft - content.suggested);
    known.set(content.text, content);
    return content;
  };
}

/** The same text in memory of its own: an engine keeps a whole text as long as something refers to a part of it. */
const copy = (text: string): string => ` ${text}`.slice(1);

function parseContent(text: string, dialect: X86Dialect, suggestions: number): RowContent {
  const diagnostics: Diagnostic[] = [];
  const reporter = createReporter(diagnostics, suggestions);
  const cells = splitCells(text, range(0, text.length)).map((c) => parseCell(text, c, dialect, reporter));
  const asked = reporter.asked();
  return {
    text,
    dialect,
    cells,
    diagnostics,
    suggested: asked <= suggestions ? asked : Number.POSITIVE_INFINITY,
  };
}

function splitCells(text: string, { start, end }: Range): Range[] {
  const cells: Range[] = [];
  let from = start;
  for (let at = text.indexOf("|", from); at >= 0 && at < end; at = text.indexOf("|", from)) {
    cells.push(range(from, at));
    from = at + 1;
  }
  cells.push(range(from, end));
  return cells;
}

function parseHeader(text: string, where: Range, reporter: Reporter): ThreadHeader {
  const threads = splitCells(text, where)
    .map(({ start, end }) => trimmed(text, start, end))
    .flatMap((cell) => divideNames(cell, reporter));
  threads.forEach((thread, i) => {
    if (thread.text === `P${i}`) return;
    const expected = `P${i}`;
    const found = thread.text ? `, not \`${shown(thread.text)}\`` : "";
    const suggestions = /\s/.test(thread.text) ? [] : [expected]; // several words are something else
    reporter.report(
      "thread-name",
      `thread ${i} is called \`${expected}\`${found}`,
      thread.range,
      suggestions,
    );
  });
  return { range: range(threads[0]!.range.start, threads.at(-1)!.range.end), threads };
}

/** The names in a cell of the header: one, unless they are divided by commas or blanks. */
function divideNames(cell: Word, { report }: Reporter): Word[] {
  if (!/^P\d+(?:[\s,]+P\d+)+$/.test(cell.text)) return [cell];
  const names = [...cell.text.matchAll(/P\d+/g)].map(({ 0: name, index }) => {
    const start = cell.range.start + index;
    return { text: name, range: range(start, start + name.length) };
  });
  const divided = names.map((name) => name.text).join(" | ");
  report("thread-name", "the threads' names are divided by `|`", cell.range, [divided]);
  return names;
}

function reportUnended(text: string, { start, end }: Range, { report }: Reporter): void {
  const row = trimmed(text, start, end).range;
  report("missing-semicolon", "a row ends with `;`", range(row.end - 1, row.end));
}
