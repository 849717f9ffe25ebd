import { PassThrough } from "node:stream";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Diagnostic, PublishDiagnosticsParams, SemanticTokens } from "vscode-languageserver";
import {
  createConnection,
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { readDocument } from "../../server/document.ts";
import { diagnostics } from "../../server/features/diagnostics.ts";
import { semanticTokens } from "../../server/features/semantic-tokens.ts";
import { documentSymbols } from "../../server/features/symbols.ts";
import { readLitmus } from "../../server/litmus/document.ts";
import { litmusTokens } from "../../server/litmus/semantic-tokens.ts";
import { documentSymbols as litmusSymbols } from "../../server/litmus/symbols.ts";
import { startServer } from "../../server/server.ts";
import * as litmus from "./litmus/texts.ts";
import * as asm from "./texts.ts";

let client: ProtocolConnection;
let published: PublishDiagnosticsParams[];

/** The server itself, in this process. */
beforeEach(async () => {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)));
  client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  published = [];
  client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.push(params);
  });
  client.listen();
  await client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
});

afterEach(() => client.dispose());

/** What the server must say about a text: what it says of one that it reads for the first time. */
interface Fresh {
  readonly diagnostics: Diagnostic[];
  readonly tokens: number[];
  readonly symbols: unknown;
}

function freshAsm(uri: string, text: string): Fresh {
  const document = readDocument(uri, text);
  const problems = diagnostics(document, { warnings: {} });
  return { diagnostics: problems, tokens: semanticTokens(document), symbols: documentSymbols(document) };
}

function freshLitmus(uri: string, text: string): Fresh {
  const document = readLitmus(uri, text);
  const problems = diagnostics(document, { warnings: {} });
  return { diagnostics: problems, tokens: litmusTokens(document), symbols: litmusSymbols(document) };
}

interface Edit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
  /** Whether the next edit comes at once, before the server has read this text. */
  readonly hasty: boolean;
}

const edits = (text: fc.Arbitrary<string>): fc.Arbitrary<Edit[]> =>
  fc.array(fc.record({ start: fc.nat(400), length: fc.nat(20), text, hasty: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  });

let documents = 0;

/** Opens a text and edits it as an editor does; after each edit the server must say what it would say of the text opened afresh. */
async function edit(ending: string, fresh: typeof freshAsm, opened: string, changes: readonly Edit[]) {
  const uri = `file:///edited${++documents}${ending}`;
  const textDocument = { uri };
  let mirror = TextDocument.create(uri, "plaintext", 0, opened);
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "plaintext", version: 0, text: opened },
  });
  let tokens = await client.sendRequest<SemanticTokens>("textDocument/semanticTokens/full", { textDocument });
  const askedInHaste: Promise<unknown>[] = [];
  for (const [i, { start, length, text, hasty }] of changes.entries()) {
    const from = Math.min(start, mirror.getText().length);
    const range = { start: mirror.positionAt(from), end: mirror.positionAt(from + length) };
    const version = i + 1;
    const contentChanges = [{ range, text }];
    mirror = TextDocument.update(mirror, contentChanges, version);
    void client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
    askedInHaste.push(client.sendRequest("textDocument/hover", { textDocument, position: range.start }));
    if (hasty && version < changes.length) continue;
    const expected = fresh(uri, mirror.getText());
    const symbols = await client.sendRequest("textDocument/documentSymbol", { textDocument });
    expect(symbols).toEqual(overTheWire(expected.symbols));
    tokens = await newTokens(textDocument, tokens);
    expect(tokens.data).toEqual(expected.tokens);
    const shown = published.findLast((p) => p.uri === uri);
    expect(shown?.version).toBe(version);
    expect(shown?.diagnostics).toEqual(overTheWire(expected.diagnostics));
  }
  await Promise.all(askedInHaste);
  await client.sendNotification("textDocument/didClose", { textDocument });
}

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The tokens as an editor has them after it applied the differences. */
async function newTokens(textDocument: { uri: string }, { resultId, data }: SemanticTokens) {
  const params = { textDocument, previousResultId: resultId };
  const answer = await client.sendRequest<
    Partial<SemanticTokens> & { edits?: { start: number; deleteCount: number; data?: number[] }[] }
  >("textDocument/semanticTokens/full/delta", params);
  const after = [...data];
  for (const change of answer.edits ?? []) {
    after.splice(change.start, change.deleteCount, ...(change.data ?? []));
  }
  return { resultId: answer.resultId!, data: answer.data ?? after };
}

test("after every edit of a program the server knows what it would know of the new text", async () => {
  const property = fc.asyncProperty(
    fc.constantFrom("", ...asm.examples),
    edits(asm.arbitraryText),
    (text, changes) => edit(".s", freshAsm, text, changes),
  );
  await fc.assert(property, { numRuns: 40 });
});

test("after every edit of a litmus test, too", async () => {
  const property = fc.asyncProperty(
    fc.constantFrom("", ...litmus.examples),
    edits(litmus.arbitraryText),
    (text, changes) => edit(".litmus", freshLitmus, text, changes),
  );
  await fc.assert(property, { numRuns: 40 });
});
