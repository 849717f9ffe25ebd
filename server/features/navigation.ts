import type * as lsp from "vscode-languageserver";
import { DocumentHighlightKind } from "vscode-languageserver";
import type { NameRole } from "../../core/asm/names.ts";
import type { LineMap, Range } from "../../core/text/range.ts";
import { toOffset, toRange } from "../positions.ts";

/** A place where a name stands. */
interface Place {
  readonly range: Range;
  readonly role: NameRole;
}

/** A text of any of our languages. */
interface NamedText {
  readonly uri: string;
  readonly lines: LineMap;
  readonly names: { placesAt(offset: number): readonly Place[] };
}

/** Where the name under the cursor is declared; of several declarations the last, which counts, comes first. */
export const definition = (document: NamedText, position: lsp.Position): lsp.Location[] =>
  toLocations(document, declarations(placesAt(document, position)));

/** All places of the name under the cursor. */
export const references = (
  document: NamedText,
  position: lsp.Position,
  { includeDeclaration }: lsp.ReferenceContext,
): lsp.Location[] =>
  toLocations(
    document,
    placesAt(document, position).filter((place) => includeDeclaration || place.role !== "declaration"),
  );

/** The places of the name or register under the cursor, writes told from reads. */
export const highlights = (document: NamedText, position: lsp.Position): lsp.DocumentHighlight[] =>
  placesAt(document, position).map((place) => ({
    range: toRange(document.lines, place.range),
    kind: HIGHLIGHTS[place.role],
  }));

const HIGHLIGHTS: Readonly<Record<NameRole, DocumentHighlightKind>> = {
  declaration: DocumentHighlightKind.Text,
  mention: DocumentHighlightKind.Text,
  target: DocumentHighlightKind.Read,
  address: DocumentHighlightKind.Read,
  read: DocumentHighlightKind.Read,
  write: DocumentHighlightKind.Write,
  update: DocumentHighlightKind.Write,
};

const placesAt = ({ names, lines }: NamedText, position: lsp.Position): readonly Place[] =>
  names.placesAt(toOffset(lines, position));

export const declarations = (places: readonly Place[]): Place[] =>
  places.filter((place) => place.role === "declaration").reverse();

export const toLocations = (
  { uri, lines }: Pick<NamedText, "uri" | "lines">,
  places: readonly Place[],
): lsp.Location[] => places.map(({ range }) => ({ uri, range: toRange(lines, range) }));
