import type * as lsp from "vscode-languageserver";
import { declarations, toLocations } from "../features/navigation.ts";
import { toOffset } from "../positions.ts";
import type { LitmusDocument } from "./document.ts";

/**
 * Where the name under the cursor gets its meaning: in the initial state, or at its label. Variables and registers are there without
 * a declaration, too: then at its first place.
 */
export function definition(document: LitmusDocument, position: lsp.Position): lsp.Location[] {
  const places = document.names.placesAt(toOffset(document.lines, position));
  const declared = declarations(places);
  const isLabel = places[0]?.kind === "label";
  return toLocations(document, declared.length || isLabel ? declared : places.slice(0, 1));
}
