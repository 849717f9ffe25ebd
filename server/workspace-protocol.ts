/**
 * Two requests of our own, from the server to an editor that says `workspaceFiles: true` in its initialization options: the protocol
 * has none for files that are not open, and a server in a browser has no file system.
 */

/** `{}` → `WorkspaceFile[]`: the files of the workspace folders that may be programs or litmus tests. */
export const LIST_FILES = "interleave/files";

/** `ReadFileParams` → `string | null`: the text of a file, null where it cannot be read. */
export const READ_FILE = "interleave/readFile";

export interface WorkspaceFile {
  readonly uri: string;
  /** When the file was last modified; another number means another text. */
  readonly modified: number;
}

export interface ReadFileParams {
  readonly uri: string;
}
