import type * as lsp from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import type { AsmDocument } from "../document.ts";
import { toRange } from "../positions.ts";
import { labelRegions } from "../regions.ts";

/** The outline: variables, labels with the code up to the next one, and the checks of the `#@` lines. */
export function documentSymbols(document: AsmDocument): lsp.DocumentSymbol[] {
  const { tree, lines, text } = document;
  const regions = labelRegions(tree);
  return tree.nodes.flatMap((node, line): lsp.DocumentSymbol[] => {
    const range = toRange(lines, node.range);
    if (node.kind === "variable" && node.name?.text) {
      const detail = node.count === 1 ? {} : { detail: `${node.count} cells` };
      const selectionRange = toRange(lines, node.name.range);
      const kind = node.count === 1 ? SymbolKind.Variable : SymbolKind.Array;
      return [{ name: node.name.text, kind, range, selectionRange, ...detail }];
    }
    if (node.kind === "label") {
      const end = lines.lineRange(regions.get(line) ?? line).end;
      return [
        {
          name: node.name.text,
          kind: SymbolKind.Function,
          range: toRange(lines, { start: node.range.start, end }),
          selectionRange: toRange(lines, node.name.range),
        },
      ];
    }
    if (node.kind === "directive" && node.keyword.text !== "") {
      const selectionRange = toRange(lines, node.keyword.range);
      const detail = text.slice(node.body.range.start, node.body.range.end);
      return [{ name: `#@ ${node.keyword.text}`, kind: SymbolKind.Event, range, selectionRange, detail }];
    }
    return [];
  });
}
