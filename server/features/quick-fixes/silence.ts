import { WARNINGS } from "../../../core/analysis/warnings.ts";
import { lineAt } from "../../document.ts";
import { type Fixer, insertAt, lineOf } from "./fix.ts";

const CODES = new Set(WARNINGS.map((w) => w.code));

/** Writes `allow(code)` into the comment of the line; a line without one gets one. */
export const silence: Fixer = (document, problem) => {
  if (!CODES.has(problem.code)) return [];
  const { range, comment } = lineAt(document, lineOf(document, problem));
  const mark = `${comment ? " " : "  # "}allow(${problem.code})`;
  return [{ title: `Silence \`${problem.code}\` here`, edits: [insertAt(range.end, mark)] }];
};
