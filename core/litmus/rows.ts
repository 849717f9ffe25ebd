import type { Word } from "../asm/tree.ts";
import type { X86Dialect } from "../isa/x86.ts";
import { type Range, range } from "../text/range.ts";
import type { Steps } from "../text/steps.ts";
import { parseCell } from "./cells.ts";
import { trimmed } from "./operands.ts";
import { type Reporter, shown } from "./report-error.ts";
import type { Row, ThreadHeader } from "./tree.ts";

/** The part between the initial state and the first section: the threads' names and their instructions. */
export interface Code {
  readonly header?: ThreadHeader;
  readonly rows: readonly Row[];
}

/** So many rows are read in a millisecond or two. */
const ROWS_IN_A_STEP = 50;

/** Parses the rows of a test, each of cells divided by `|` and ended by `;` (litmus.md §1), in steps. */
export function* parseRows(text: string, where: Range, dialect: X86Dialect, reporter: Reporter): Steps<Code> {
  const lines = splitRows(text, where);
  const last = lines.at(-1);
  if (last && !last.ended) {
    const blank = trimmed(text, last.cells[0]!.start, last.cells.at(-1)!.end);
    const condition = lines.length > 1 && blank.text.startsWith("(");
    if (blank.text === "" || condition) lines.pop();
    if (blank.text !== "") reportUnended(blank, condition, reporter);
  }
  const [first, ...others] = lines;
  if (!first) {
    reporter.report(
      "missing-threads",
      "the threads are missing: a line `P0 | P1 ;` follows the initial state",
      {
        start: where.start,
        end: Math.min(where.start + 1, where.end),
      },
    );
    return { rows: [] };
  }
  const header = parseHeader(text, first.cells, reporter);
  const rows: Row[] = [];
  for (const line of others) {
    const cells = line.cells.map((cell) => parseCell(text, cell, dialect, reporter));
    const start = cells[0]!.range.start;
    const row = { range: range(start, line.cells.at(-1)!.end), cells };
    if (cells.length !== header.threads.length) {
      const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
      const message = `this row has ${count(cells.length, "cell")} for ${count(header.threads.length, "thread")}: cells are divided by \`|\` and may be empty`;
      reporter.report("row-length", message, trimmed(text, line.cells[0]!.start, row.range.end).range);
    }
    rows.push(row);
    if (rows.length % ROWS_IN_A_STEP === 0) yield;
  }
  return { header, rows };
}

interface Line {
  readonly cells: readonly Range[];
  readonly ended: boolean;
}

function splitRows(text: string, where: Range): Line[] {
  const lines: Line[] = [];
  let cells: Range[] = [];
  let start = where.start;
  for (let at = where.start; at < where.end; at++) {
    const c = text[at];
    if (c !== "|" && c !== ";") continue;
    // The semicolon of `LOCK; INC [x]` belongs to the instruction.
    if (c === ";" && endsWithLock(text, start, at)) continue;
    cells.push(range(start, at));
    start = at + 1;
    if (c === ";") {
      lines.push({ cells, ended: true });
      cells = [];
    }
  }
  lines.push({ cells: [...cells, range(start, where.end)], ended: false });
  return lines;
}

const endsWithLock = (text: string, start: number, at: number): boolean =>
  /(?:^|[\s:])lock\s*$/i.test(text.slice(Math.max(start, at - 40), at));

function parseHeader(text: string, cells: readonly Range[], { report }: Reporter): ThreadHeader {
  const threads = cells.map((cell) => trimmed(text, cell.start, cell.end));
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
