import { once } from "../text/once.ts";
import { type Range, range } from "../text/range.ts";
import type { Steps } from "../text/steps.ts";
import type { Cell, InstructionNode, LitmusTree, RowContent } from "./tree.ts";

/** A stretch of a text and what should stand there. */
export interface Replacement {
  readonly range: Range;
  readonly newText: string;
}

/** So many lines are laid out in a few milliseconds, even before the engine has compiled what does it. */
const LINES_IN_A_STEP = 200;

/**
 * Lays out the code of a test, in steps: one row a line, `|` and `;` in columns. What is right already, and rows with comments inside,
 * stay.
 */
export function* formatLitmus(tree: LitmusTree): Steps<Replacement[]> {
  const lines = yield* codeLines(tree);
  const widths = columnWidths(lines);
  const lineEnd = /\r\n|\n|\r/.exec(tree.text)?.[0] ?? "\n";
  const replacements: Replacement[] = [];
  // A row begins on a line of its own unless a comment is in front of it.
  let end = tree.initialRange?.end ?? 0;
  for (const [i, { range: where, cells }] of lines.entries()) {
    if (cells) {
      const blanks = blanksBefore(tree.text, range(end, where.start));
      const newText = `${blanks === end ? lineEnd : ""} ${rowText(cells, widths)}`;
      if (tree.text.slice(blanks, where.end) !== newText)
        replacements.push({ range: range(blanks, where.end), newText });
    }
    end = where.end;
    if (i % LINES_IN_A_STEP === LINES_IN_A_STEP - 1) yield;
  }
  return replacements;
}

interface CodeLine {
  /** From the first cell to behind the semicolon. */
  readonly range: Range;
  /** Unset if the line cannot be written anew. */
  readonly cells?: readonly string[];
}

/** The threads' names and the rows, as far as each ends with a semicolon. */
function* codeLines(tree: LitmusTree): Steps<CodeLine[]> {
  const { header, rows, text } = tree;
  if (!header) return [];
  const lines: CodeLine[] = [];
  const add = (start: number, lastCell: number, cells: readonly (string | undefined)[]): void => {
    const semicolon = text.indexOf(";", lastCell);
    if (semicolon < 0 || text.slice(lastCell, semicolon).trim() !== "") return;
    const where = range(start, semicolon + 1);
    const whole = cells.every((cell) => cell !== undefined) && !hasComment(tree, where);
    lines.push({ range: where, ...(whole && { cells }) });
  };
  add(
    header.range.start,
    header.range.end,
    header.threads.map((thread) => thread.text),
  );
  for (const [i, { range: where, content }] of rows.entries()) {
    add(where.start, where.end, cellTexts(content));
    if (i % LINES_IN_A_STEP === LINES_IN_A_STEP - 1) yield;
  }
  return lines;
}

const hasComment = ({ comments }: LitmusTree, where: Range): boolean => {
  // The first comment that ends behind the beginning.
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.end <= where.start) low = middle + 1;
    else high = middle;
  }
  const comment = comments[low];
  return comment !== undefined && comment.start < where.end;
};

const cellTexts = once(({ text, cells }: RowContent) => cells.map((cell) => cellText(text, cell)));

/** Labels and instruction as they are written, with single blanks between them; nothing where line ends cannot be left out. */
function cellText(text: string, { range: where, labels, instruction }: Cell): string | undefined {
  if (where.start === where.end) return "";
  const parts = labels.map((label) => `${label.text}:`);
  if (instruction) parts.push(instructionText(text, instruction));
  const cell = parts.join(" ");
  return /[\r\n]/.test(cell) ? undefined : cell;
}

function instructionText(
  text: string,
  { range: where, lock, mnemonic, spec, operands }: InstructionNode,
): string {
  if (!spec || operands.some((o) => o.kind === "bad")) return text.slice(where.start, where.end);
  const semicolon = lock && text.slice(lock.end, mnemonic.range.start).includes(";") ? ";" : "";
  const prefix = lock ? `${text.slice(lock.start, lock.end)}${semicolon} ` : "";
  const written = operands.map((o) => text.slice(o.range.start, o.range.end)).join(",");
  return `${prefix}${mnemonic.text}${written && ` ${written}`}`;
}

function columnWidths(lines: readonly CodeLine[]): number[] {
  const widths: number[] = [];
  for (const { cells } of lines) {
    cells?.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  }
  return widths;
}

const rowText = (cells: readonly string[], widths: readonly number[]): string =>
  `${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} ;`;

/** Where the blanks at the end of a gap begin; line ends are none of them. */
function blanksBefore(text: string, gap: Range): number {
  let start = gap.end;
  while (start > gap.start && /[^\S\r\n]/.test(text[start - 1]!)) start--;
  return start;
}
