import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  LIST_FILES,
  READ_FILE,
  type ReadFileParams,
  type WorkspaceFile,
} from "../server/workspace-protocol.ts";

const FILES = "**/*.{s,S,asm,litmus}";
const EXCLUDED = "**/node_modules/**";

/** Nobody looks for a name in more files by hand; the log says so where there are more. */
const MOST_FILES = 2000;
/** Bytes: a larger `.s` file was written by a compiler. */
const LARGEST_FILE = 256 * 1024;

/**
 * Tells the language server which files of the workspace may be ours and what stands in them, also where it has no file system. The
 * list is made again only after files came, went or changed.
 */
export function offerWorkspaceFiles(
  log: vscode.LogOutputChannel,
): vscode.Disposable & { answer(client: BaseLanguageClient): void } {
  let list: Promise<readonly FileOnDisk[]> | undefined;
  const forget = (): void => {
    list = undefined;
  };
  const watcher = vscode.workspace.createFileSystemWatcher(FILES);
  const subscriptions = vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(forget),
    watcher.onDidChange(forget),
    watcher.onDidDelete(forget),
    vscode.workspace.onDidChangeWorkspaceFolders(forget),
  );
  return {
    dispose: () => subscriptions.dispose(),
    answer(client) {
      client.onRequest(LIST_FILES, async (): Promise<WorkspaceFile[]> => {
        list ??= findFiles(log);
        const { asUri } = client.code2ProtocolConverter;
        return (await list).map(({ uri, modified }) => ({ uri: asUri(uri), modified }));
      });
      client.onRequest(READ_FILE, ({ uri }: ReadFileParams) =>
        readText(client.protocol2CodeConverter.asUri(uri)),
      );
    },
  };
}

interface FileOnDisk {
  readonly uri: vscode.Uri;
  readonly modified: number;
}

async function findFiles(log: vscode.LogOutputChannel): Promise<FileOnDisk[]> {
  const found = await vscode.workspace.findFiles(FILES, EXCLUDED, MOST_FILES + 1);
  if (found.length > MOST_FILES) {
    log.info(
      `There are more than ${MOST_FILES} programs; symbols of the workspace come from so many of them.`,
    );
  }
  const files = await Promise.all(found.slice(0, MOST_FILES).map(look));
  return files.flatMap((file) => file ?? []);
}

/** Nothing where the file has gone or is too large to be a program of ours. */
async function look(uri: vscode.Uri): Promise<FileOnDisk | undefined> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    return size <= LARGEST_FILE ? { uri, modified: mtime } : undefined;
  } catch {
    return undefined;
  }
}

async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
