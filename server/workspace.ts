import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { isLitmusName } from "../core/run/load.ts";
import { type AsmDocument, readDocument } from "./document.ts";
import { type LitmusDocument, readLitmus } from "./litmus/document.ts";

export type Document = AsmDocument | LitmusDocument;

/** The open documents, synchronised edit by edit, and what was read of the newest version of each. */
export interface Workspace {
  readonly texts: TextDocuments<TextDocument>;
  /** The document as it is now; parsed when first asked for after an edit. */
  read(uri: string): Document | undefined;
  readAll(): Document[];
}

export function createWorkspace(): Workspace {
  const texts = new TextDocuments(TextDocument);
  const cache = new Map<string, { readonly version: number; readonly document: Document }>();
  texts.onDidClose(({ document }) => cache.delete(document.uri));
  const read = (uri: string): Document | undefined => {
    const text = texts.get(uri);
    if (!text) return undefined;
    const known = cache.get(uri);
    if (known?.version === text.version) return known.document;
    const document = (isLitmus(text) ? readLitmus : readDocument)(uri, text.getText());
    cache.set(uri, { version: text.version, document });
    return document;
  };
  return { texts, read, readAll: () => texts.keys().flatMap((uri) => read(uri) ?? []) };
}

/** Other editors have names of their own for languages, so the file's name counts, too. */
const isLitmus = ({ languageId, uri }: TextDocument): boolean => languageId === "litmus" || isLitmusName(uri);
