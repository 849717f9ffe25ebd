import { WARNINGS } from "../../../core/analysis/warnings.ts";
import { lineAt } from "../../document.ts";
import { type Fixer, insertAt, lineEnd, lineOf } from "./fix.ts";

const CODES = new Set(WARNINGS.map((w) => w.code));

/**
 * Writes `allow(code)` into the comment of the line; a line without one gets one. A `#@` line has no room for a comment, which goes above it
 * instead.
 */
export const silence: Fixer = (document, problem) => {
  if (!CODES.has(problem.code)) return [];
  const { kind, range, comment } = lineAt(document, lineOf(document, problem));
  const mark = `allow(${problem.code})`;
  const edit =
    kind === "directive"
      ? insertAt(range.start, `# ${mark}${lineEnd(document)}`)
      : insertAt(range.end, `${comment ? " " : "  # "}${mark}`);
  return [{ title: `Silence \`${problem.code}\` here`, edits: [edit] }];
};
