import {
  type CompletionItem,
  type CompletionItemKind,
  InsertTextFormat,
  type Range,
} from "vscode-languageserver";

import type { X86Dialect } from "../../../core/isa/x86.ts";

/** What `resolve` needs to document an item. */
export type ItemData =
  | { readonly kind: "mnemonic" | "register" | "directive"; readonly name: string }
  | { readonly kind: "x86"; readonly name: string; readonly dialect: X86Dialect }
  | { readonly kind: "label" | "variable"; readonly name: string; readonly uri: string };

interface ItemOptions {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly range: Range;
  /** Snippet, where it differs from the label. */
  readonly snippet?: string;
  /** Shown behind the label. */
  readonly detail?: string;
  /** Smaller comes first. */
  readonly rank: number;
  readonly data?: ItemData;
  readonly documentation?: string;
}

export function item({
  label,
  kind,
  range,
  snippet,
  detail,
  rank,
  data,
  documentation,
}: ItemOptions): CompletionItem {
  return {
    label,
    kind,
    sortText: String(rank).padStart(6, "0"),
    filterText: label,
    textEdit: { range, newText: snippet ?? label },
    ...(snippet === undefined ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
    ...(detail === undefined ? {} : { labelDetails: { detail: ` ${detail}` } }),
    ...(data === undefined ? {} : { data }),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

/** Text that stands for itself in a snippet. */
export const literal = (text: string): string => text.replace(/[\\$}]/g, "\\$&");

const MOST_CHOICES = 30;

/** A place of a snippet: a choice where there is something to choose from, else an example to type over. */
export function placeholder(index: number, choices: readonly string[], example: string): string {
  if (!choices.length) return `\${${index}:${literal(example)}}`;
  const escaped = choices.slice(0, MOST_CHOICES).map((c) => c.replace(/[\\$},|]/g, "\\$&"));
  return `\${${index}|${escaped.join(",")}|}`;
}
