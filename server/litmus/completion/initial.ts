import { type CompletionItem, CompletionItemKind } from "vscode-languageserver";
import { TYPE_NAMES } from "../../../core/litmus/types.ts";
import { item } from "../../features/completion/items.ts";
import type { LitmusDocument } from "../document.ts";
import { LONGEST_WORD, type Typed } from "./complete.ts";
import { registersOutside, usedRegisters, variableNames } from "./names.ts";

/** In the initial state: places, types, and behind `=` values. */
export function completeInitial(document: LitmusDocument, { before, wordRange }: Typed): CompletionItem[] {
  const tail = before.slice(-LONGEST_WORD);
  const offer = (labels: readonly string[], kind: CompletionItemKind, word: string, rank = 0) =>
    labels.map((label, i) => item({ label, kind, range: wordRange(word), rank: rank + i }));
  const register = /(?:^|[^\w])P?(\d+):(%?\w*)$/.exec(tail);
  if (register) {
    return offer(registersOutside(document, Number(register[1])), CompletionItemKind.Field, register[2]!);
  }
  const value = /[={,]\s*&?(\w*)$/.exec(tail);
  if (value && before.lastIndexOf("=") > before.lastIndexOf(";")) {
    return [
      ...offer(["0", "1"], CompletionItemKind.Value, value[1]!),
      ...offer(variableNames(document), CompletionItemKind.Variable, value[1]!, 10),
    ];
  }
  const word = /[\w:]*$/.exec(tail)![0];
  return [
    ...offer(variableNames(document), CompletionItemKind.Variable, word),
    ...offer(usedRegisters(document), CompletionItemKind.Field, word, 1000),
    ...offer(TYPE_NAMES, CompletionItemKind.Keyword, word, 2000),
  ];
}
