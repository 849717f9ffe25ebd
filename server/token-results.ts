import type { Connection } from "vscode-languageserver";
import { semanticTokens, tokenEdits } from "./features/semantic-tokens.ts";
import { litmusTokens } from "./litmus/semantic-tokens.ts";
import type { Document, Workspace } from "./workspace.ts";

/** Answers requests for semantic tokens; remembers the last answer for each document, so that the next can be a difference. */
export function answerSemanticTokens(connection: Connection, { texts, read }: Workspace): void {
  const results = new Map<string, { readonly resultId: string; readonly data: number[] }>();
  let answers = 0;
  const answer = async (uri: string) => {
    const document = await read(uri);
    const result = { resultId: String(++answers), data: document ? tokensOf(document) : [] };
    results.set(uri, result);
    return result;
  };
  texts.onDidClose(({ document }) => results.delete(document.uri));
  connection.languages.semanticTokens.on(({ textDocument: { uri } }) => answer(uri));
  connection.languages.semanticTokens.onDelta(async ({ textDocument: { uri }, previousResultId }) => {
    const before = results.get(uri);
    const after = await answer(uri);
    if (before?.resultId !== previousResultId) return after;
    return { resultId: after.resultId, edits: tokenEdits(before.data, after.data) };
  });
}

const tokensOf = (document: Document): number[] =>
  document.language === "asm" ? semanticTokens(document) : litmusTokens(document);
