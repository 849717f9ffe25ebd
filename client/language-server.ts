import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { Platform } from "./platform.ts";
import { offerWorkspaceFiles } from "./workspace-files.ts";

const LANGUAGES = ["interleave-asm", "litmus"];

/**
 * Starts the language server when the first document of our languages is open, and ends it with the extension. A failed start is
 * told with a way to the log and to another try.
 */
export function serveLanguages(context: vscode.ExtensionContext, platform: Platform): vscode.Disposable[] {
  const log = vscode.window.createOutputChannel("Interleave", { log: true });
  const files = offerWorkspaceFiles(log);
  let client: BaseLanguageClient | undefined;
  const start = async (): Promise<void> => {
    client = platform.createLanguageClient(clientOptions(context, log));
    files.answer(client);
    try {
      await client.start();
    } catch (error) {
      log.error("The language server did not start.", error);
      void tellFailure(error, log, start);
    }
  };
  const consider = (document: vscode.TextDocument): void => {
    if (!client && LANGUAGES.includes(document.languageId)) void start();
  };
  vscode.workspace.textDocuments.forEach(consider);
  return [
    log,
    files,
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.commands.registerCommand("interleave.showReferences", showReferences),
    { dispose: () => void client?.dispose() },
  ];
}

const clientOptions = (
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): LanguageClientOptions => ({
  documentSelector: LANGUAGES.map((language) => ({ language })),
  outputChannel: log,
  initializationOptions: {
    documentation: vscode.Uri.joinPath(context.extensionUri, "docs/warnings.md").toString(),
    workspaceFiles: true,
  },
  // Told by us, with more to do about it.
  initializationFailedHandler: () => false,
});

async function tellFailure(error: unknown, log: vscode.LogOutputChannel, retry: () => void): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const choice = await vscode.window.showErrorMessage(
    `Interleave's language server did not start, so there are no diagnostics and completions: ${reason}`,
    "Show Log",
    "Try Again",
  );
  if (choice === "Show Log") log.show();
  else if (choice === "Try Again") retry();
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** What the code lens `n jumps` runs. Lenses carry plain values, and VS Code's command wants its own. */
async function showReferences(
  uri: string,
  position: Place,
  locations: readonly {
    readonly uri: string;
    readonly range: { readonly start: Place; readonly end: Place };
  }[],
): Promise<void> {
  const toPosition = ({ line, character }: Place) => new vscode.Position(line, character);
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    toPosition(position),
    locations.map(
      ({ uri: at, range }) =>
        new vscode.Location(
          vscode.Uri.parse(at),
          new vscode.Range(toPosition(range.start), toPosition(range.end)),
        ),
    ),
  );
}
