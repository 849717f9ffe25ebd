import { once } from "../text/once.ts";
import type { LitmusTree, RowContent } from "./tree.ts";

/** The words in rows with errors: names among them may come into use when the errors are mended. */
export function wordsWithErrors({ rows }: LitmusTree): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { content } of rows) {
    if (content.diagnostics.length > 0) for (const word of wordsOf(content)) found.add(word);
  }
  return found;
}

const wordsOf = once(({ text }: RowContent): readonly string[] => text.match(/[A-Za-z_][\w.]*/g) ?? []);
