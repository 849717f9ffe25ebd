import type { LineMap, Range } from "./range.ts";

const ALLOW = /\ballow\(([^)]*)\)/g;

/**
 * Which warnings a person has silenced: `allow(code)`, several divided by commas, in a comment of the line or in a comment right above it.
 * @param comments all of the text
 * @returns whether a warning with the code is silenced in a line (from 0)
 */
export function silencer(lines: LineMap, comments: Iterable<Range>): (code: string, line: number) => boolean {
  const allowed = new Map<number, Set<string>>();
  for (const comment of comments) {
    for (const [, list] of lines.text.slice(comment.start, comment.end).matchAll(ALLOW)) {
      const codes = list!.split(",").map((code) => code.trim());
      for (const line of linesMeant(lines, comment)) {
        allowed.set(line, new Set([...(allowed.get(line) ?? []), ...codes]));
      }
    }
  }
  return (code, line) => allowed.get(line)?.has(code) ?? false;
}

/** The line that a comment stands in, and the next one if nothing else stands there. */
function linesMeant(lines: LineMap, { start, end }: Range): number[] {
  const { text } = lines;
  const last = lines.position(end).line;
  const isFirst = lines.lineRange(lines.position(start).line).start === skipBlanks(text, start - 1, -1) + 1;
  const isLast = lines.lineRange(last).end === skipBlanks(text, end, 1);
  return isFirst && isLast ? [last, last + 1] : [last];
}

/** The first place from an offset on, in a direction, that is no blank within a line. */
function skipBlanks(text: string, from: number, direction: 1 | -1): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at += direction;
  return at;
}
