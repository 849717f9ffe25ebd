import { type CompletionItem, CompletionItemKind } from "vscode-languageserver";
import { item } from "../../features/completion/items.ts";
import type { LitmusDocument } from "../document.ts";
import { KEYWORDS } from "../documentation.ts";
import { LONGEST_WORD, type Typed } from "./complete.ts";
import { registersOutside, usedRegisters, variableNames } from "./names.ts";

/** Behind the code: the words that begin a section, and inside of one the places that have values. */
export function completeSections(document: LitmusDocument, typed: Typed): CompletionItem[] {
  const { before, wordRange } = typed;
  const tail = before.slice(-LONGEST_WORD);
  const register = /(?:^|[^\w])P?(\d+):(%?\w*)$/.exec(tail);
  const offer = (labels: readonly string[], kind: CompletionItemKind, word: string, rank: number) =>
    labels.map((label, i) => item({ label, kind, range: wordRange(word), rank: rank + i }));
  if (register) {
    return offer(registersOutside(document, Number(register[1])), CompletionItemKind.Field, register[2]!, 0);
  }
  const word = /[\w.:]*$/.exec(tail)![0];
  const isInside = (before.match(/[([]/g)?.length ?? 0) > (before.match(/[)\]]/g)?.length ?? 0);
  if (!isInside) return sectionKeywords(typed);
  if (BEHIND_COMPARISON.test(tail.slice(0, tail.length - word.length))) {
    return offer(["/\\", "\\/", "=>"], CompletionItemKind.Operator, word, 0);
  }
  return [
    ...offer(usedRegisters(document), CompletionItemKind.Field, word, 0),
    ...offer(variableNames(document), CompletionItemKind.Variable, word, 1000),
    ...offer(["not", "true", "false"], CompletionItemKind.Keyword, word, 2000),
  ];
}

/** A value, or a parenthesis that closes, and a blank: a connective comes next. */
const BEHIND_COMPARISON = /(?:[=<>]\s*[\w.-]+|\))\s+$/;

const SNIPPETS: Readonly<Record<string, string>> = {
  exists: "exists ($0)",
  "~exists": "~exists ($0)",
  forall: "forall ($0)",
  locations: "locations [$0;]",
  filter: "filter ($0)",
};

/** Words that begin a section, with their parentheses. */
export function sectionKeywords({ before, wordRange }: Typed): CompletionItem[] {
  const word = /~?\w*$/.exec(before.slice(-LONGEST_WORD))![0];
  return Object.entries(SNIPPETS).map(([label, snippet], rank) =>
    item({
      label,
      kind: CompletionItemKind.Keyword,
      range: wordRange(word),
      snippet,
      rank: 3000 + rank,
      documentation: KEYWORDS[label]!.replaceAll("**", ""),
    }),
  );
}
