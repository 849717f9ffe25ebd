import type { Connection, Diagnostic } from "vscode-languageserver";
import type { JudgedText } from "./document.ts";
import type { Workspace } from "./workspace.ts";

/** Sends diagnostics soon after each edit; of edits that come before a text is read only the last one's. */
export function createPublisher(
  connection: Connection,
  { texts, read }: Workspace,
  judge: (document: JudgedText) => Diagnostic[],
): { publishAll(): void } {
  const waiting = new Set<string>();
  const publish = async (uri: string): Promise<void> => {
    if (waiting.has(uri)) return;
    waiting.add(uri);
    const document = await read(uri);
    waiting.delete(uri);
    const version = texts.get(uri)?.version;
    if (!document || version === undefined) return;
    await connection.sendDiagnostics({ uri, version, diagnostics: judge(document) });
  };
  texts.onDidChangeContent(({ document }) => void publish(document.uri));
  texts.onDidClose(({ document: { uri } }) => void connection.sendDiagnostics({ uri, diagnostics: [] }));
  return { publishAll: () => texts.keys().forEach((uri) => void publish(uri)) };
}
