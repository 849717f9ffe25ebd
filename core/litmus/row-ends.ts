import { type Range, range } from "../text/range.ts";
import { trimmed } from "./operands.ts";

/** A stretch of the code that is a row, or the header. */
export interface Line {
  readonly range: Range;
  /** Whether a semicolon follows it. */
  readonly ended: boolean;
}

/** What semicolons divide; the last line has none, and neither has a header whose own is missing. */
export function splitRows(text: string, where: Range): Line[] {
  const lines: Line[] = [];
  let { start } = where;
  for (let at = text.indexOf(";", start); at >= 0 && at < where.end; at = text.indexOf(";", at + 1)) {
    // The semicolon of `LOCK; INC [x]` belongs to the instruction.
    if (endsWithLock(text, start, at)) continue;
    lines.push({ range: range(start, at), ended: true });
    start = at + 1;
  }
  lines.push({ range: range(start, where.end), ended: false });
  return splitHeader(text, lines);
}

const endsWithLock = (text: string, start: number, at: number): boolean =>
  /(?:^|[\s:|])lock\s*$/i.test(text.slice(Math.max(start, at - 40), at));

/** A header that is complete in its line, behind which something else begins in the next one. */
const HEADER_LINE = /^\s*P\d+(?:[^\S\r\n]*\|[^\S\r\n]*P\d+)*(?=[^\S\r\n]*[\r\n]\s*[^\s|])/;

function splitHeader(text: string, [first, ...others]: Line[]): Line[] {
  const { start, end } = first!.range;
  const header = HEADER_LINE.exec(text.slice(start, end))?.[0];
  if (header === undefined) return [first!, ...others];
  const middle = start + header.length;
  return [
    { range: range(start, middle), ended: false },
    { range: range(middle, end), ended: first!.ended },
    ...others,
  ];
}

/** The lines of a row that are not blank, as if each were a row. */
export function linesOfRow(text: string, { range: { start, end }, ended }: Line): Line[] {
  const lines: Line[] = [];
  let from = start;
  for (const line of text.slice(start, end).split(/\r\n|\n|\r/)) {
    const found = trimmed(line, 0, line.length);
    if (found.text !== "")
      lines.push({ range: range(from + found.range.start, from + found.range.end), ended: false });
    from += line.length;
    from += text.startsWith("\r\n", from) ? 2 : 1;
  }
  const last = lines.pop();
  return last ? [...lines, { range: range(last.range.start, end), ended }] : [];
}
