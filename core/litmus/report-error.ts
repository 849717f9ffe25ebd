import type { Diagnostic } from "../text/diagnostic.ts";
import { nearest } from "../text/nearest.ts";
import type { Range } from "../text/range.ts";

/** Takes an error: its code, its message, its place, and what could stand there instead. */
export type Report = (code: string, message: string, where: Range, suggestions?: readonly string[]) => void;

/** Looks for what a mistyped word may have meant. */
export type Suggest = (word: string, candidates: Iterable<string>) => string[];

export interface Reporter {
  readonly report: Report;
  readonly suggest: Suggest;
}

/** Suggestions are looked up for this many words; past that, a text is noise and nobody reads them. */
export const MOST_SUGGESTIONS = 200;

/**
 * A reporter that adds errors to a list.
 * @param most for so many words it looks for suggestions
 */
export function createReporter(
  diagnostics: Diagnostic[],
  most = MOST_SUGGESTIONS,
): Reporter & { /** How many words it was asked about. */ readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    report: (code, message, where, suggestions) => {
      diagnostics.push({
        code,
        severity: "error",
        message,
        range: where,
        ...(suggestions?.length ? { suggestions } : {}),
      });
    },
    suggest: (word, candidates) => (asked++ < most ? nearest(word, candidates) : []),
  };
}

/** A word for a message: in one line, and cut if it is long. */
export function shown(word: string): string {
  const line = word.slice(0, 200).replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
