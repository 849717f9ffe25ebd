import type { Position, Range, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type AsmDocument, readDocument } from "../../server/document.ts";
import { toPosition } from "../../server/positions.ts";

export const URI = "file:///programs/test.s";

/** A document written with `┃` where the cursor is and `«…»` around ranges. */
export interface Fixture {
  readonly document: AsmDocument;
  readonly cursor: Position;
  readonly ranges: readonly Range[];
}

export function fixture(marked: string): Fixture {
  let text = "";
  let cursor: number | undefined;
  const starts: number[] = [];
  const ranges: { start: number; end: number }[] = [];
  for (const character of marked) {
    if (character === "┃") cursor = text.length;
    else if (character === "«") starts.push(text.length);
    else if (character === "»") ranges.push({ start: starts.pop()!, end: text.length });
    else text += character;
  }
  ranges.sort((a, b) => a.start - b.start);
  const document = readDocument(URI, text);
  const position = (offset: number) => toPosition(document.lines, offset);
  return {
    document,
    cursor: position(cursor ?? 0),
    ranges: ranges.map(({ start, end }) => ({ start: position(start), end: position(end) })),
  };
}

/** The text with `«…»` around ranges: what a test can compare with the text that it wrote. */
export function mark({ text, lines }: AsmDocument, ranges: readonly Range[]): string {
  const offset = ({ line, character }: Position) => lines.offset({ line, column: character });
  const marks = ranges.flatMap(({ start, end }) => [
    { at: offset(start), mark: "«", order: 1 },
    { at: offset(end), mark: "»", order: 0 },
  ]);
  marks.sort((a, b) => b.at - a.at || a.order - b.order);
  return marks.reduce((marked, { at, mark: m }) => marked.slice(0, at) + m + marked.slice(at), text);
}

export const applyEdits = ({ text }: AsmDocument, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create(URI, "interleave-asm", 1, text), [...edits]);
