import type { Connection, InitializeParams, SymbolInformation } from "vscode-languageserver";
import { namedInText } from "./features/workspace-symbols.ts";
import { LIST_FILES, READ_FILE, type ReadFileParams, type WorkspaceFile } from "./workspace-protocol.ts";

/** What the files of the workspace that are not open declare. */
export interface ClosedFiles {
  initialize(params: InitializeParams): void;
  /** By file; none where the editor does not answer our requests. Only files that changed since the last time are read. */
  symbols(isOpen: (uri: string) => boolean): Promise<SymbolInformation[]>;
}

export function createClosedFiles(connection: Connection): ClosedFiles {
  let answered = false;
  let known = new Map<string, Entry>();
  const read = async (uri: string): Promise<readonly SymbolInformation[]> => {
    const params: ReadFileParams = { uri };
    const text = await connection.sendRequest<string | null>(READ_FILE, params);
    return text === null ? [] : namedInText(uri, text);
  };
  const refresh = async (): Promise<void> => {
    const files = await connection.sendRequest<WorkspaceFile[]>(LIST_FILES, {});
    known = new Map(
      files.map(({ uri, modified }) => {
        const entry = known.get(uri);
        return [uri, entry?.modified === modified ? entry : { modified, symbols: read(uri) }];
      }),
    );
  };
  return {
    initialize({ initializationOptions }) {
      answered = (initializationOptions as { workspaceFiles?: unknown } | null)?.workspaceFiles === true;
    },
    async symbols(isOpen) {
      if (!answered) return [];
      await refresh();
      const closed = [...known].filter(([uri]) => !isOpen(uri)).map(([, { symbols }]) => symbols);
      return (await Promise.all(closed)).flat();
    },
  };
}

interface Entry {
  readonly modified: number;
  readonly symbols: Promise<readonly SymbolInformation[]>;
}
