import type { Connection, Diagnostic } from "vscode-languageserver";
import type { JudgedText } from "./document.ts";
import type { Workspace } from "./workspace.ts";

/** Sends diagnostics soon after each edit. Edits that wait in the queue are taken in first, so no outdated text is judged. */
export function createPublisher(
  connection: Connection,
  { texts, read }: Workspace,
  judge: (document: JudgedText) => Diagnostic[],
): { publishAll(): void } {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const publish = (uri: string): void => {
    waiting.delete(uri);
    const version = texts.get(uri)?.version;
    const document = read(uri);
    if (!document || version === undefined) return;
    void connection.sendDiagnostics({ uri, version, diagnostics: judge(document) });
  };
  const schedule = (uri: string): void => {
    clearTimeout(waiting.get(uri));
    waiting.set(
      uri,
      setTimeout(() => publish(uri), 0),
    );
  };
  texts.onDidChangeContent(({ document }) => schedule(document.uri));
  texts.onDidClose(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  return { publishAll: () => texts.keys().forEach(schedule) };
}
