import type { Word } from "../asm/tree.ts";
import type { X86Dialect } from "../isa/x86.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { moved, type Range, range } from "../text/range.ts";
import type { Steps } from "../text/steps.ts";
import { parseCell } from "./cells.ts";
import { trimmed } from "./operands.ts";
import { createReporter, MOST_SUGGESTIONS, type Reporter, shown } from "./report-error.ts";
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
    if (rest.text !== "") reportUnended(rest, condition, reporter);
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
  for (const { range: where } of others) {
    const { start, end } = where;
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
  return { header, rows };
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

interface Line {
  readonly range: Range;
  readonly ended: boolean;
}

/** What semicolons divide; the last line has none. */
function splitRows(text: string, where: Range): Line[] {
  const lines: Line[] = [];
  let { start } = where;
  for (let at = text.indexOf(";", start); at >= 0 && at < where.end; at = text.indexOf(";", at + 1)) {
    // The semicolon of `LOCK; INC [x]` belongs to the instruction.
    if (endsWithLock(text, start, at)) continue;
    lines.push({ range: range(start, at), ended: true });
    start = at + 1;
  }
  lines.push({ range: range(start, where.end), ended: false });
  return lines;
}

const endsWithLock = (text: string, start: number, at: number): boolean =>
  /(?:^|[\s:|])lock\s*$/i.test(text.slice(Math.max(start, at - 40), at));

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

function parseHeader(text: string, where: Range, { report }: Reporter): ThreadHeader {
  const threads = splitCells(text, where).map(({ start, end }) => trimmed(text, start, end));
  threads.forEach((thread, i) => {
    if (thread.text === `P${i}`) return;
    const expected = `P${i}`;
    const found = thread.text ? `, not \`${shown(thread.text)}\`` : "";
    report("thread-name", `thread ${i} is called \`${expected}\`${found}`, thread.range, [expected]);
  });
  return { range: range(threads[0]!.range.start, threads.at(-1)!.range.end), threads };
}

function reportUnended(rest: Word, isCondition: boolean, { report }: Reporter): void {
  if (isCondition) {
    const message = "a condition begins with `exists`, `~exists` or `forall`";
    report("bare-condition", message, range(rest.range.start, rest.range.start + 1), ["exists ("]);
  } else report("missing-semicolon", "a row ends with `;`", range(rest.range.end - 1, rest.range.end));
}
