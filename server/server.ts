import { type Connection, ErrorCodes, ResponseError } from "vscode-languageserver";
import type { Steps } from "../core/text/steps.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { createClosedFiles } from "./closed-files.ts";
import type { AsmDocument } from "./document.ts";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "./features/call-hierarchy.ts";
import { codeLenses, programLenses } from "./features/code-lens.ts";
import { complete } from "./features/completion/complete.ts";
import { placeOf, resolve } from "./features/completion/resolve.ts";
import { diagnostics } from "./features/diagnostics.ts";
import { documentLinks } from "./features/document-links.ts";
import { foldingRanges } from "./features/folding.ts";
import { formatDocument, formatOnType, formatRange } from "./features/formatting.ts";
import { hover } from "./features/hover.ts";
import { inlayHints } from "./features/inlay-hints.ts";
import { inlineValues } from "./features/inline-values.ts";
import { definition, highlights, references } from "./features/navigation.ts";
import { quickFixes } from "./features/quick-fixes/quick-fixes.ts";
import { prepareRename, type Refusal, rename } from "./features/rename.ts";
import { selectionRanges } from "./features/selection-ranges.ts";
import { signatureHelp } from "./features/signature-help.ts";
import { documentSymbols } from "./features/symbols.ts";
import { matching, namedInDocument } from "./features/workspace-symbols.ts";
import { followSettings } from "./follow-settings.ts";
import { inSlices } from "./in-slices.ts";
import type { LitmusDocument } from "./litmus/document.ts";
import * as litmus from "./litmus/features.ts";
import { createPublisher } from "./publisher.ts";
import { answerSemanticTokens } from "./token-results.ts";
import { warmUp } from "./warm-up.ts";
import { createWorkspace, type Document } from "./workspace.ts";

/**
 * Answers on a connection, whatever it runs over.
 * @param documentation address of the page that explains the warnings, unless the editor names another
 */
export function startServer(connection: Connection, documentation?: string): void {
  const workspace = createWorkspace();
  const closedFiles = createClosedFiles(connection);
  const settings = followSettings(connection, () => publisher.publishAll());
  const problemOptions = () => ({
    warnings: settings.current().warnings,
    ...withDocumentation(settings.documentation() ?? documentation),
  });
  const publisher = createPublisher(connection, workspace, (document) =>
    diagnostics(document, problemOptions()),
  );

  connection.onInitialize((params) => {
    settings.initialize(params);
    closedFiles.initialize(params);
    void warmUp();
    return { capabilities: CAPABILITIES, serverInfo: { name: "Interleave" } };
  });

  const readAsm = async (uri: string): Promise<AsmDocument | undefined> => {
    const document = await workspace.read(uri);
    return document?.language === "asm" ? document : undefined;
  };
  /** Answers for a document, in its language; one that is not open, or whose language lacks the feature, has nothing to say. */
  const on =
    <P extends { readonly textDocument: { readonly uri: string } }, R>(
      asm: (document: AsmDocument, params: P) => R,
      test?: (document: LitmusDocument, params: P) => R | Promise<R | undefined>,
    ) =>
    async (params: P): Promise<R | null> => {
      const document = await workspace.read(params.textDocument.uri);
      if (document?.language === "litmus") return (await test?.(document, params)) ?? null;
      return document ? asm(document, params) : null;
    };

  /** An answer that is long work: others have their turn in the meantime, and it is given up when the text changes. */
  const answered = <T>({ uri, text }: Document, steps: Steps<T>): Promise<T | undefined> =>
    inSlices(steps, () => workspace.texts.get(uri)?.getText() === text);

  const onAny = <P extends { readonly textDocument: { readonly uri: string } }, R>(
    work: (document: Document, params: P) => R,
  ) => on(work, work);

  connection.onCompletion(
    on(
      (document, { position }) => complete(document, position),
      (document, { position }) => litmus.complete(document, position),
    ),
  );
  connection.onCompletionResolve(async (item) => {
    const uri = placeOf(item);
    return resolve(item, uri === undefined ? undefined : await readAsm(uri));
  });
  connection.onHover(
    on(
      (document, { position }) => hover(document, position),
      (document, { position }) => litmus.hover(document, position),
    ),
  );
  connection.onSignatureHelp(
    on(
      (document, { position }) => signatureHelp(document, position),
      (document, { position }) => litmus.signatureHelp(document, position),
    ),
  );
  connection.onDefinition(
    on(
      (document, { position }) => definition(document, position),
      (document, { position }) => litmus.definition(document, position),
    ),
  );
  connection.onReferences(
    onAny((document, { position, context }) => references(document, position, context)),
  );
  connection.onDocumentHighlight(onAny((document, { position }) => highlights(document, position)));
  connection.onDocumentSymbol(on(documentSymbols, litmus.documentSymbols));
  connection.onWorkspaceSymbol(async ({ query }) => {
    const closed = await closedFiles.symbols((uri) => workspace.texts.get(uri) !== undefined);
    const open = await workspace.readAll();
    return matching([...open.flatMap(namedInDocument), ...closed], query);
  });
  connection.onFoldingRanges(on(foldingRanges, litmus.foldingRanges));
  connection.onSelectionRanges(
    on(
      (document, { positions }) => selectionRanges(document, positions),
      (document, { positions }) => litmus.selectionRanges(document, positions),
    ),
  );
  connection.onDocumentLinks(onAny(documentLinks));
  connection.onPrepareRename(
    on(
      (document, { position }) => allowed(prepareRename(document, position)),
      (document, { position }) => allowed(litmus.prepareRename(document, position)),
    ),
  );
  connection.onRenameRequest(
    on(
      (document, { position, newName }) => allowed(rename(document, position, newName)),
      (document, { position, newName }) => allowed(litmus.rename(document, position, newName)),
    ),
  );
  connection.onCodeAction(
    on(
      (document, { range }) => quickFixes(document, range, problemOptions()),
      (document, { range }) => litmus.quickFixes(document, range, problemOptions()),
    ),
  );
  connection.onCodeLens(
    on(
      (document) => (settings.current().codeLens ? codeLenses(document) : []),
      ({ uri }) => (settings.current().codeLens ? programLenses(uri) : []),
    ),
  );
  connection.onDocumentFormatting(
    on(
      (document, { options }) => formatDocument(document, options),
      (document) => answered(document, litmus.formatDocument(document)),
    ),
  );
  connection.onDocumentRangeFormatting(
    on(
      (document, { range, options }) => formatRange(document, range, options),
      (document, { range }) => answered(document, litmus.formatRange(document, range)),
    ),
  );
  connection.onDocumentOnTypeFormatting(
    on(
      (document, { position, options }) => formatOnType(document, position, options),
      (document, { position }) => answered(document, litmus.formatOnType(document, position)),
    ),
  );
  connection.languages.inlayHint.on(
    on(
      (document, { range }) => inlayHints(document, range, settings.current().inlayHints),
      (document, { range }) => litmus.inlayHints(document, range, settings.current().inlayHints),
    ),
  );
  connection.languages.inlineValue.on(
    on(
      (document, { context }) => inlineValues(document, context),
      (document, { context }) => litmus.inlineValues(document, context),
    ),
  );
  connection.languages.callHierarchy.onPrepare(
    on((document, { position }) => prepareCallHierarchy(document, position)),
  );
  connection.languages.callHierarchy.onIncomingCalls(async ({ item }) => {
    const document = await readAsm(item.uri);
    return document ? incomingCalls(document, item) : null;
  });
  connection.languages.callHierarchy.onOutgoingCalls(async ({ item }) => {
    const document = await readAsm(item.uri);
    return document ? outgoingCalls(document, item) : null;
  });
  answerSemanticTokens(connection, workspace);

  workspace.texts.listen(connection);
  connection.listen();
}

const withDocumentation = (documentation: string | undefined) =>
  documentation === undefined ? {} : { documentation };

/** A refusal is an answer for the person, not a failure of the server. */
function allowed<T extends object>(result: T | Refusal): T {
  if ("refusal" in result) throw new ResponseError(ErrorCodes.InvalidRequest, result.refusal);
  return result;
}
