import type { Diagnostic } from "../../../core/text/diagnostic.ts";
import type { Range } from "../../../core/text/range.ts";
import type { AsmDocument } from "../../document.ts";

/** A way to mend a problem. */
export interface Fix {
  /** What the person chooses, as an order: "Insert `halt`". */
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly range: Range;
  readonly newText: string;
}

/** Finds the ways to mend a problem; none if it is not of the kind that it knows. */
export type Fixer<D = AsmDocument> = (document: D, problem: Diagnostic) => readonly Fix[];

export const insertAt = (offset: number, newText: string): Edit => ({
  range: { start: offset, end: offset },
  newText,
});

/** The line end that a text uses. */
export const lineEnd = ({ text }: Pick<AsmDocument, "text">): string => /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";

/** A line (from 0) with its line end, so that taking it out leaves no blank line. */
export function wholeLine({ lines, text }: AsmDocument, line: number): Range {
  const { start, end } = lines.lineRange(line);
  if (line + 1 < lines.lineCount) return { start, end: lines.lineRange(line + 1).start };
  return { start: line > 0 ? lines.lineRange(line - 1).end : start, end: Math.max(end, text.length) };
}

export const lineOf = ({ lines }: AsmDocument, { range }: Diagnostic): number =>
  lines.position(range.start).line;

/** What stands before the instruction of a line. */
export function indentationOf({ text, lines }: AsmDocument, line: number): string {
  return /^\s*/.exec(text.slice(lines.lineRange(line).start, lines.lineRange(line).end))![0];
}
