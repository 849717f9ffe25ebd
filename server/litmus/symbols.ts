import type * as lsp from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import { cellsOf } from "../../core/litmus/cells-of.ts";
import type { Range } from "../../core/text/range.ts";
import { toRange } from "../positions.ts";
import type { LitmusDocument } from "./document.ts";

/** The outline: the variables and registers of the initial state, the threads with their labels, and the condition. */
export function documentSymbols(document: LitmusDocument): lsp.DocumentSymbol[] {
  const { tree, text } = document;
  const slice = ({ start, end }: Range) => text.slice(start, end);
  const symbols: lsp.DocumentSymbol[] = tree.initial.map(({ range, location, length, value }) => ({
    name: slice(location.range) || "?",
    kind: length === undefined ? SymbolKind.Variable : SymbolKind.Array,
    ...places(document, range, location.range),
    detail: value ? slice(value.range) : "0",
  }));
  symbols.push(...threads(document));
  const { locations, filter, condition } = tree;
  if (locations) {
    symbols.push({
      name: "locations",
      kind: SymbolKind.Event,
      ...places(document, locations.range, locations.keyword),
    });
  }
  for (const [keyword, proposition] of [
    [filter?.keyword, filter?.proposition],
    [condition?.keyword.range, condition?.condition.proposition],
  ] as const) {
    if (!keyword || !proposition) continue;
    const range = { start: keyword.start, end: Math.max(keyword.end, proposition.range.end) };
    const detail = slice(proposition.range);
    symbols.push({
      name: slice(keyword),
      kind: SymbolKind.Event,
      ...places(document, range, keyword),
      detail,
    });
  }
  return symbols;
}

function threads(document: LitmusDocument): lsp.DocumentSymbol[] {
  const { header, rows } = document.tree;
  return (header?.threads ?? []).flatMap((name, thread) => {
    if (!name.text) return [];
    const last = rows.findLast(({ content }) => content.cells[thread]);
    const end = (last && cellsOf(last)[thread]?.range.end) ?? name.range.end;
    const labels = rows
      .filter(({ content }) => content.cells[thread]?.labels.length)
      .map((row) => cellsOf(row)[thread]!)
      .flatMap((cell) => cell.labels.map((label) => ({ label, cell })));
    return {
      name: name.text,
      kind: SymbolKind.Function,
      ...places(document, { start: name.range.start, end }, name.range),
      children: labels.map(({ label, cell }) => ({
        name: label.text,
        kind: SymbolKind.Key,
        ...places(document, cell.range, label.range),
      })),
    };
  });
}

const places = ({ lines }: LitmusDocument, range: Range, selection: Range) => ({
  range: toRange(lines, range),
  selectionRange: toRange(lines, selection),
});
