import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { isLitmusName } from "../core/load/load.ts";
import type { Steps } from "../core/text/steps.ts";
import { type AsmDocument, readInSteps } from "./document.ts";
import { inSlices } from "./in-slices.ts";
import { type LitmusDocument, readLitmusInSteps } from "./litmus/document.ts";

export type Document = AsmDocument | LitmusDocument;

/** The open documents, synchronised edit by edit, and what was read of the newest version of each. */
export interface Workspace {
  readonly texts: TextDocuments<TextDocument>;
  /** The document as it is once it is read; edits that come in the meantime are in it. */
  read(uri: string): Promise<Document | undefined>;
  readAll(): Promise<Document[]>;
}

/** One version of a text, being read or read; undefined if a newer one came before it was. */
interface Reading {
  readonly version: number;
  readonly document: Promise<Document | undefined>;
}

export function createWorkspace(): Workspace {
  const texts = new TextDocuments(TextDocument);
  const readings = new Map<string, Reading>();
  /** The last version of each text that was read to its end. */
  const finished = new Map<string, Document>();
  texts.onDidClose(({ document: { uri } }) => {
    readings.delete(uri);
    finished.delete(uri);
  });
  const isCurrent = (uri: string, reading: Reading): boolean =>
    readings.get(uri) === reading && texts.get(uri)?.version === reading.version;
  const start = (text: TextDocument): Reading => {
    const { uri, version } = text;
    const reading: Reading = {
      version,
      document: inSlices(readText(text, finished.get(uri)), () => isCurrent(uri, reading)),
    };
    readings.set(uri, reading);
    return reading;
  };
  const read = async (uri: string): Promise<Document | undefined> => {
    for (;;) {
      const text = texts.get(uri);
      if (!text) return undefined;
      const known = readings.get(uri);
      const reading = known?.version === text.version ? known : start(text);
      const document = await reading.document;
      if (!document || !isCurrent(uri, reading)) continue;
      finished.set(uri, document);
      return document;
    }
  };
  const readAll = async (): Promise<Document[]> => {
    const documents = await Promise.all(texts.keys().map(read));
    return documents.filter((d) => d !== undefined);
  };
  return { texts, read, readAll };
}

function readText(text: TextDocument, earlier: Document | undefined): Steps<Document> {
  if (!isLitmus(text)) return readInSteps(text.uri, text.getText());
  return readLitmusInSteps(text.uri, text.getText(), earlier?.language === "litmus" ? earlier : undefined);
}

/** Other editors have names of their own for languages, so the file's name counts, too. */
const isLitmus = ({ languageId, uri }: TextDocument): boolean => languageId === "litmus" || isLitmusName(uri);
