import { type CompletionItem, CompletionItemKind, type Range } from "vscode-languageserver";
import { DIRECTIVE_TABLE } from "../../../core/asm/keywords.ts";
import { REGISTERS } from "../../../core/isa/registers.ts";
import type { OptionSpec } from "../../../core/options/parse.ts";
import { RUN_LINE_OPTIONS } from "../../../core/options/run.ts";
import type { AsmDocument } from "../../document.ts";
import { item, placeholder } from "./items.ts";
import { declaredNames } from "./names.ts";

/**
 * What can follow in a `#@` line.
 * @param before the line from `#@` up to the cursor
 * @param range the word that is being typed
 */
export function directives(document: AsmDocument, before: string, range: Range): CompletionItem[] {
  const words = before.slice(2).trimStart().split(/\s+/);
  const keyword = words[0] ?? "";
  if (words.length <= 1) return keywords(range);
  if (keyword === "run") return flags(document, words.slice(1), range);
  if (keyword === "mutex")
    return plain(declaredNames(document, "label"), CompletionItemKind.Function, range, 0);
  return conditions(document, before, range);
}

const keywords = (range: Range): CompletionItem[] =>
  DIRECTIVE_TABLE.map((spec, i) =>
    item({
      label: spec.keyword,
      kind: CompletionItemKind.Keyword,
      range,
      snippet: `${spec.keyword} ${placeholder(1, [], spec.example)}`,
      detail: spec.example,
      rank: i,
      data: { kind: "directive", name: spec.keyword },
    }),
  );

const plain = (
  labels: readonly string[],
  kind: CompletionItemKind,
  range: Range,
  rank: number,
): CompletionItem[] => labels.map((label, i) => item({ label, kind, range, rank: rank + i }));

const OPTIONS: readonly OptionSpec[] = Object.values(RUN_LINE_OPTIONS);

/** Flags, or what can be the value of the flag that stands before. */
function flags(document: AsmDocument, words: readonly string[], range: Range): CompletionItem[] {
  const flag = words.at(-2);
  const option = OPTIONS.find((o) => flag === `-${o.short}` || flag === `--${o.long}`);
  if (!option || option.kind === "switch") return flagNames(range);
  if (option.choices) return plain(option.choices, CompletionItemKind.EnumMember, range, 0);
  const registers = REGISTERS.slice(1);
  switch (option.long) {
    case RUN_LINE_OPTIONS.memtrace.long:
      return plain(declaredNames(document, "variable"), CompletionItemKind.Variable, range, 0);
    case RUN_LINE_OPTIONS.regtrace.long:
      return plain(registers, CompletionItemKind.Field, range, 0);
    case RUN_LINE_OPTIONS.argv.long:
      return registers.map((r, i) =>
        item({
          label: `${r}=`,
          kind: CompletionItemKind.Field,
          range,
          snippet: `${r}=${placeholder(1, [], "1")}`,
          rank: i,
        }),
      );
    default:
      return [];
  }
}

const flagNames = (range: Range): CompletionItem[] =>
  OPTIONS.map((o, i) =>
    item({
      label: o.short ? `-${o.short}` : `--${o.long}`,
      kind: CompletionItemKind.Property,
      range,
      detail: `${o.value ?? ""} ${o.summary}`.trim(),
      rank: i,
    }),
  );

/** Parts of a condition: registers behind `0:`, else variables and operators. */
function conditions(document: AsmDocument, before: string, range: Range): CompletionItem[] {
  if (/\d:\w*$/.test(before)) return plain(REGISTERS.slice(1), CompletionItemKind.Field, range, 0);
  return [
    ...plain(declaredNames(document, "variable"), CompletionItemKind.Variable, range, 0),
    item({
      label: "0:ax",
      kind: CompletionItemKind.Field,
      range,
      snippet: `${placeholder(1, [], "0")}:${placeholder(2, REGISTERS.slice(1), "ax")}`,
      detail: "a register of a thread",
      rank: 1000,
    }),
    ...plain(["/\\", "\\/", "not"], CompletionItemKind.Operator, range, 1001),
  ];
}
