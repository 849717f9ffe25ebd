import type * as lsp from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import type { NameKind, NameRole } from "../../core/asm/names.ts";
import type { LineMap, Range } from "../../core/text/range.ts";
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

/** A text in which names are declared, whatever its language. */
interface Named {
  readonly uri: string;
  readonly lines: LineMap;
  readonly names: {
    readonly uses: readonly {
      readonly role: NameRole;
      readonly kind: NameKind | "register";
      readonly name: string;
      readonly range: Range;
    }[];
  };
}

/** Labels and variables of the documents whose names contain the letters of the query in their order. */
export function workspaceSymbols(documents: Iterable<Named>, query: string): lsp.SymbolInformation[] {
  const letters = query.toLowerCase();
  const found: lsp.SymbolInformation[] = [];
  for (const { uri, lines, names } of documents) {
    for (const { role, kind, name, range } of names.uses) {
      if (role !== "declaration" || kind === "register" || !containsInOrder(name.toLowerCase(), letters))
        continue;
      found.push({
        name,
        kind: kind === "label" ? SymbolKind.Function : SymbolKind.Variable,
        location: { uri, range: toRange(lines, range) },
      });
      if (found.length === MOST_FOUND) return found;
    }
  }
  return found;
}

const MOST_FOUND = 500;

function containsInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
