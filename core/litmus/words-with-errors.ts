import type { Diagnostic } from "../text/diagnostic.ts";
import { once } from "../text/once.ts";
import { contains, type Range } from "../text/range.ts";
import type { LitmusTree, RowContent } from "./tree.ts";

/** The words of rows, or of an initial state, with errors: names among them may come into use when the errors are mended. */
export function wordsWithErrors({ text, rows, initialRange, diagnostics }: LitmusTree): ReadonlySet<string> {
  const found = new Set(wordsIfWrong(text, initialRange, diagnostics));
  for (const { content } of rows) {
    if (content.diagnostics.length > 0) for (const word of wordsOf(content)) found.add(word);
  }
  return found;
}

/** The same of what follows the code, and of a comment without an end, which may hide anything. */
export function wordsWithErrorsBehindCode({
  text,
  sectionsRange,
  diagnostics,
}: LitmusTree): readonly string[] {
  const open = diagnostics.find(({ code }) => code === "open-comment");
  return [
    ...wordsIfWrong(text, sectionsRange, diagnostics),
    ...(open ? wordsIn(text.slice(open.range.start)) : []),
  ];
}

const wordsIfWrong = (
  text: string,
  part: Range | undefined,
  diagnostics: readonly Diagnostic[],
): readonly string[] =>
  part && diagnostics.some(({ range }) => contains(part, range.start))
    ? wordsIn(text.slice(part.start, part.end))
    : [];

const wordsIn = (text: string): readonly string[] => text.match(/[A-Za-z_][\w.]*/g) ?? [];

const wordsOf = once(({ text }: RowContent): readonly string[] => wordsIn(text));
