import type * as lsp from "vscode-languageserver";
import type { LitmusNameUse } from "../../core/litmus/names.ts";
import { HIGHLIGHTS } from "../features/navigation.ts";
import { toOffset, toRange } from "../positions.ts";
import type { LitmusDocument } from "./document.ts";

/** Where the name under the cursor gets its meaning: in the initial state, or at its label; without one, at its first place. */
export function definition(document: LitmusDocument, position: lsp.Position): lsp.Location[] {
  const places = placesOfName(document, position);
  const declarations = places.filter((use) => use.role === "declaration");
  return (declarations.length || isLabel(places) ? declarations : places.slice(0, 1)).map((use) =>
    toLocation(document, use),
  );
}

/** A label without a declaration means nothing; variables and registers are there without one. */
const isLabel = (places: readonly LitmusNameUse[]): boolean => places[0]?.kind === "label";

/** All places of the name under the cursor; of a register or a label those of its thread. */
export function references(
  document: LitmusDocument,
  position: lsp.Position,
  { includeDeclaration }: lsp.ReferenceContext,
): lsp.Location[] {
  return placesOfName(document, position)
    .filter((use) => includeDeclaration || use.role !== "declaration")
    .map((use) => toLocation(document, use));
}

/** The same, writes told from reads. */
export function highlights(document: LitmusDocument, position: lsp.Position): lsp.DocumentHighlight[] {
  return placesOfName(document, position).map((use) => ({
    range: toRange(document.lines, use.range),
    kind: HIGHLIGHTS[use.role],
  }));
}

function placesOfName({ names, lines }: LitmusDocument, position: lsp.Position): readonly LitmusNameUse[] {
  const use = names.at(toOffset(lines, position));
  return use ? names.of(use) : [];
}

const toLocation = ({ uri, lines }: LitmusDocument, use: LitmusNameUse): lsp.Location => ({
  uri,
  range: toRange(lines, use.range),
});
