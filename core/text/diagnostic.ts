import type { LineMap, Range } from "./range.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** Something to tell the person who wrote the text: what is wrong, where, and what would be right. */
export interface Diagnostic {
  /** A stable name in kebab-case, such as `unknown-label`: settings, quick fixes and the documentation refer to it. */
  readonly code: string;
  readonly severity: Severity;
  /** One or two sentences for a beginner, without a trailing full stop. */
  readonly message: string;
  readonly range: Range;
  /** Other places that explain this one. */
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  /** Texts that could stand in place of `range`, the likeliest first. */
  readonly suggestions?: readonly string[];
  /** The text at `range` has no effect: editors may fade it. */
  readonly unnecessary?: true;
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((d) => d.severity === "error");

/** `file:line:column: error: message`, then the source line and a caret under the place; no final line end. */
export function formatDiagnostic(file: string, lines: LineMap, diagnostic: Diagnostic): string {
  const { line, column } = lines.position(diagnostic.range.start);
  const source = excerpt(lines.lineText(line), column);
  const width = Math.max(
    1,
    Math.min(diagnostic.range.end, lines.lineRange(line).end) - diagnostic.range.start,
  );
  const marked = columnsOf(source.text.slice(source.column, source.column + width));
  const carets = "^".repeat(Math.max(1, marked.length));
  const indent = columnsOf(source.text.slice(0, source.column));
  return `${file}:${line + 1}:${column + 1}: ${diagnostic.severity}: ${diagnostic.message}\n${source.text}\n${indent}${carets}`;
}

/** Blanks that take the columns of a text in a terminal: two for East Asian characters and emoji, none for accents that stand on others. */
const columnsOf = (text: string): string =>
  text.replace(/\p{M}/gu, "").replace(WIDE, "  ").replace(/[^\t]/g, " ");

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/gu;

/** Lines longer than a wide terminal are cut around the place, so that noise cannot flood the screen. */
function excerpt(text: string, column: number): { text: string; column: number } {
  const limit = 160;
  if (text.length <= limit) return { text, column };
  const from = Math.max(0, Math.min(column - limit / 2, text.length - limit));
  return { text: text.slice(from, from + limit), column: column - from };
}
