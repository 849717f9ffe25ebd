import { type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import { LEGEND } from "./features/semantic-tokens.ts";

/** All that the server can do, as `initialize` tells it. */
export const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: {
    resolveProvider: true,
    triggerCharacters: ["%", ".", "$", "(", ",", " ", "@", "-", ":", "="],
  },
  hoverProvider: true,
  signatureHelpProvider: { triggerCharacters: [" ", ","] },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  callHierarchyProvider: true,
  documentLinkProvider: {},
  renameProvider: { prepareProvider: true },
  semanticTokensProvider: {
    legend: { tokenTypes: [...LEGEND.tokenTypes], tokenModifiers: [...LEGEND.tokenModifiers] },
    full: { delta: true },
  },
  inlayHintProvider: true,
  codeLensProvider: {},
  codeActionProvider: { codeActionKinds: ["quickfix"] },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: "\n" },
  inlineValueProvider: true,
};
