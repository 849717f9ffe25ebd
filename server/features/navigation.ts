import type * as lsp from "vscode-languageserver";
import { DocumentHighlightKind } from "vscode-languageserver";
import type { NameUse } from "../../core/asm/names.ts";
import type { AsmDocument } from "../document.ts";
import { toOffset, toRange } from "../positions.ts";

/** Where the name under the cursor is declared; of several declarations the last, which counts, comes first. */
export function definition(document: AsmDocument, position: lsp.Position): lsp.Location[] {
  return placesOfName(document, position)
    .filter((use) => use.role === "declaration")
    .reverse()
    .map((use) => toLocation(document, use));
}

/** All places of the name under the cursor. */
export function references(
  document: AsmDocument,
  position: lsp.Position,
  { includeDeclaration }: lsp.ReferenceContext,
): lsp.Location[] {
  return placesOfName(document, position)
    .filter((use) => includeDeclaration || use.role !== "declaration")
    .map((use) => toLocation(document, use));
}

/** The places of the name or register under the cursor, writes told from reads. */
export function highlights(document: AsmDocument, position: lsp.Position): lsp.DocumentHighlight[] {
  return placesOfName(document, position).map((use) => ({
    range: toRange(document.lines, use.range),
    kind: HIGHLIGHTS[use.role],
  }));
}

export const HIGHLIGHTS: Readonly<Record<NameUse["role"], DocumentHighlightKind>> = {
  declaration: DocumentHighlightKind.Text,
  mention: DocumentHighlightKind.Text,
  target: DocumentHighlightKind.Read,
  address: DocumentHighlightKind.Read,
  read: DocumentHighlightKind.Read,
  write: DocumentHighlightKind.Write,
  update: DocumentHighlightKind.Write,
};

function placesOfName({ names, lines }: AsmDocument, position: lsp.Position): readonly NameUse[] {
  const use = names.at(toOffset(lines, position));
  return use ? names.of(use.kind, use.name) : [];
}

const toLocation = ({ uri, lines }: AsmDocument, use: NameUse): lsp.Location => ({
  uri,
  range: toRange(lines, use.range),
});
