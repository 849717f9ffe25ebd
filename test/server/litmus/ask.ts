import type { Position } from "vscode-languageserver";
import { resolve } from "../../../server/features/completion/resolve.ts";
import { diagnostics } from "../../../server/features/diagnostics.ts";
import type { LitmusDocument } from "../../../server/litmus/document.ts";
import * as litmus from "../../../server/litmus/features.ts";
import { litmusTokens } from "../../../server/litmus/semantic-tokens.ts";

/** Everything that an editor can ask about a place of a litmus test, by name. */
export const requests: Readonly<Record<string, (document: LitmusDocument, position: Position) => unknown>> = {
  diagnostics: (document) => diagnostics(document, { warnings: {} }),
  completion: (document, position) =>
    litmus
      .complete(document, position)
      .slice(0, 5)
      .map((item) => resolve(item, undefined)),
  hover: litmus.hover,
  signatureHelp: litmus.signatureHelp,
  definition: litmus.definition,
  references: (document, position) => litmus.references(document, position, { includeDeclaration: true }),
  highlights: litmus.highlights,
  symbols: litmus.documentSymbols,
  folding: litmus.foldingRanges,
  selection: (document, position) => litmus.selectionRanges(document, [position]),
  rename: (document, position) => [
    litmus.prepareRename(document, position),
    litmus.rename(document, position, "renamed"),
  ],
  fixes: (document, position) =>
    litmus.quickFixes(document, { start: position, end: position }, { warnings: {} }),
  tokens: litmusTokens,
  formatting: litmus.formatDocument,
  onType: litmus.formatOnType,
};
