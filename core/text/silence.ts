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
function linesMeant(lines: LineMap, comment: Range): number[] {
  const first = lines.lineRange(lines.position(comment.start).line);
  const last = lines.position(comment.end).line;
  const around =
    lines.text.slice(first.start, comment.start) + lines.text.slice(comment.end, lines.lineRange(last).end);
  return around.trim() === "" ? [last, last + 1] : [last];
}
