import { type SymbolInformation, SymbolKind } from "vscode-languageserver";
import { looksLikeDialect } from "../../core/asm/looks-like.ts";
import { indexNames, type NameKind, type NameRole } from "../../core/asm/names.ts";
import { parse } from "../../core/asm/parse.ts";
import { indexLitmusNames } from "../../core/litmus/names.ts";
import { parseLitmus } from "../../core/litmus/parse.ts";
import type { LitmusTree } from "../../core/litmus/tree.ts";
import { isLitmusName } from "../../core/load/load.ts";
import type { LineMap, Range } from "../../core/text/range.ts";
import { toRange } from "../positions.ts";
import type { Document } from "../workspace.ts";

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

/** What a search of the workspace can find in an open document: its labels and variables, and the name of a litmus test. */
export const namedInDocument = (document: Document): SymbolInformation[] =>
  document.language === "litmus" ? [...testName(document), ...declared(document)] : declared(document);

/** The same for the text of a file that is not open; a `.s` file of another assembler has nothing to find. */
export function namedInText(uri: string, text: string): SymbolInformation[] {
  if (isLitmusName(uri)) {
    const tree = parseLitmus(text);
    const { lines } = tree;
    return [...testName({ uri, lines, tree }), ...declared({ uri, lines, names: indexLitmusNames(tree) })];
  }
  if (!looksLikeDialect(text)) return [];
  const tree = parse(text);
  return declared({ uri, lines: tree.lines, names: indexNames(tree) });
}

const declared = ({ uri, lines, names }: Named): SymbolInformation[] =>
  names.uses.flatMap(({ role, kind, name, range }) =>
    role !== "declaration" || kind === "register"
      ? []
      : [
          {
            name,
            kind: kind === "label" ? SymbolKind.Function : SymbolKind.Variable,
            location: { uri, range: toRange(lines, range) },
          },
        ],
  );

const testName = ({
  uri,
  lines,
  tree: { name },
}: {
  readonly uri: string;
  readonly lines: LineMap;
  readonly tree: LitmusTree;
}): SymbolInformation[] =>
  name?.text
    ? [{ name: name.text, kind: SymbolKind.File, location: { uri, range: toRange(lines, name.range) } }]
    : [];

const MOST_FOUND = 500;

/** The symbols whose names contain the letters of the query in their order, as many as anybody looks through. */
export function matching(symbols: readonly SymbolInformation[], query: string): SymbolInformation[] {
  const letters = query.toLowerCase();
  const found: SymbolInformation[] = [];
  for (const symbol of symbols) {
    if (!containsInOrder(symbol.name.toLowerCase(), letters)) continue;
    found.push(symbol);
    if (found.length === MOST_FOUND) break;
  }
  return found;
}

function containsInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
