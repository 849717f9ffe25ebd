import type { Position } from "vscode-languageserver";
import type { AsmDocument } from "../../server/document.ts";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "../../server/features/call-hierarchy.ts";
import { codeLenses } from "../../server/features/code-lens.ts";
import { complete } from "../../server/features/completion/complete.ts";
import { resolve } from "../../server/features/completion/resolve.ts";
import { diagnostics } from "../../server/features/diagnostics.ts";
import { documentLinks } from "../../server/features/document-links.ts";
import { foldingRanges } from "../../server/features/folding.ts";
import { formatDocument } from "../../server/features/formatting.ts";
import { hover } from "../../server/features/hover.ts";
import { inlayHints } from "../../server/features/inlay-hints.ts";
import { inlineValues } from "../../server/features/inline-values.ts";
import { definition, highlights, references } from "../../server/features/navigation.ts";
import { quickFixes } from "../../server/features/quick-fixes/quick-fixes.ts";
import { prepareRename, rename } from "../../server/features/rename.ts";
import { selectionRanges } from "../../server/features/selection-ranges.ts";
import { semanticTokens } from "../../server/features/semantic-tokens.ts";
import { signatureHelp } from "../../server/features/signature-help.ts";
import { documentSymbols } from "../../server/features/symbols.ts";
import { matching, namedInDocument } from "../../server/features/workspace-symbols.ts";

const EVERYTHING = { start: { line: 0, character: 0 }, end: { line: 1e9, character: 0 } };

/** Everything that an editor can ask about a place, by name. */
export const requests: Readonly<Record<string, (document: AsmDocument, position: Position) => unknown>> = {
  diagnostics: (document) => diagnostics(document, { warnings: {} }),
  completion: (document, position) =>
    complete(document, position)
      .slice(0, 5)
      .map((item) => resolve(item, document)),
  hover,
  signatureHelp,
  definition,
  references: (document, position) => references(document, position, { includeDeclaration: true }),
  highlights,
  symbols: (document) => [documentSymbols(document), matching(namedInDocument(document), "a")],
  folding: foldingRanges,
  selection: (document, position) => selectionRanges(document, [position]),
  links: documentLinks,
  rename: (document, position) => [prepareRename(document, position), rename(document, position, "renamed")],
  fixes: (document, position) => quickFixes(document, { start: position, end: position }, { warnings: {} }),
  tokens: semanticTokens,
  hints: (document) => inlayHints(document, EVERYTHING, { addresses: true, variables: true, targets: true }),
  lenses: codeLenses,
  formatting: (document) => formatDocument(document, { tabSize: 4, insertSpaces: true }),
  inlineValues: (document, position) =>
    inlineValues(document, { frameId: 1, stoppedLocation: { start: position, end: position } }),
  calls: (document, position) =>
    prepareCallHierarchy(document, position)?.map((item) => [
      incomingCalls(document, item),
      outgoingCalls(document, item),
    ]),
};
