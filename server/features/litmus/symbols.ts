import type * as lsp from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import type { Range } from "../../../core/text/range.ts";
import type { LitmusDocument } from "../../litmus-document.ts";
import { toRange } from "../../positions.ts";

/** The outline of a test: its initial state, its threads and its condition. */
export function litmusSymbols({ tree, lines, text }: LitmusDocument): lsp.DocumentSymbol[] {
  const symbol = (name: string, kind: SymbolKind, whole: Range, own = whole): lsp.DocumentSymbol => ({
    name,
    kind,
    range: toRange(lines, whole),
    selectionRange: toRange(lines, own),
  });
  const { name, initialRange, header, condition } = tree;
  const symbols: lsp.DocumentSymbol[] = [];
  if (name?.text) symbols.push(symbol(name.text, SymbolKind.File, name.range));
  if (initialRange) symbols.push(symbol("initial state", SymbolKind.Object, initialRange));
  for (const thread of header?.threads ?? []) {
    if (thread.text) symbols.push(symbol(thread.text, SymbolKind.Function, thread.range));
  }
  if (condition) {
    const { range } = condition.condition;
    const shown = text.slice(range.start, range.end).replace(/\s+/g, " ");
    symbols.push(symbol(shown, SymbolKind.Event, range, condition.keyword.range));
  }
  return symbols;
}
