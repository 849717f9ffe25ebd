import type { Position } from "vscode-languageserver";
import { atOnce } from "../../../core/text/steps.ts";
import { resolve } from "../../../server/features/completion/resolve.ts";
import { diagnostics } from "../../../server/features/diagnostics.ts";
import { documentLinks } from "../../../server/features/document-links.ts";
import { highlights, references } from "../../../server/features/navigation.ts";
import type { LitmusDocument } from "../../../server/litmus/document.ts";
import * as litmus from "../../../server/litmus/features.ts";
import { litmusTokens } from "../../../server/litmus/semantic-tokens.ts";
import { DEFAULT_SETTINGS } from "../../../server/settings.ts";

const EVERYTHING = { start: { line: 0, character: 0 }, end: { line: 1e9, character: 0 } };

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
  references: (document, position) => references(document, position, { includeDeclaration: true }),
  highlights,
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
  links: documentLinks,
  hints: (document) => litmus.inlayHints(document, EVERYTHING, DEFAULT_SETTINGS.inlayHints),
  inlineValues: (document, position) =>
    litmus.inlineValues(document, { frameId: 1, stoppedLocation: { start: position, end: position } }),
  formatting: (document) => atOnce(litmus.formatDocument(document)),
  onType: (document, position) => atOnce(litmus.formatOnType(document, position)),
};
