import type { Diagnostic } from "../text/diagnostic.ts";
import { type Range, range } from "../text/range.ts";

/** The text with its comments blanked out, so that every offset keeps its meaning. */
export interface Uncommented {
  readonly text: string;
  readonly comments: readonly Range[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Blanks out nested `(* … *)` comments from an offset on (the first line has none). */
export function blankComments(text: string, from: number): Uncommented {
  const comments: Range[] = [];
  const diagnostics: Diagnostic[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: mark, index } of text.slice(from).matchAll(/\(\*|\*\)/g)) {
    const at = from + index;
    if (mark === "(*") {
      if (depth++ === 0) start = at;
    } else if (depth > 0 && --depth === 0) comments.push(range(start, at + 2));
  }
  if (depth > 0) {
    comments.push(range(start, text.length));
    const message = "this comment has no end: close it with `*)`";
    diagnostics.push({ code: "open-comment", severity: "error", message, range: range(start, start + 2) });
  }
  let clean = "";
  let done = 0;
  for (const { start, end } of comments) {
    clean += text.slice(done, start) + text.slice(start, end).replace(/[^\r\n]/g, " ");
    done = end;
  }
  return { text: clean + text.slice(done), comments, diagnostics };
}
