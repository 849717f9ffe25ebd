import type { Position, Range, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { LineMap } from "../../core/text/range.ts";
import { type AsmDocument, readDocument } from "../../server/document.ts";
import { toPosition } from "../../server/positions.ts";

export const URI = "file:///programs/test.s";

/** A document written with `┃` where the cursor is and `«…»` around ranges. */
export interface Fixture<D = AsmDocument> {
  readonly document: D;
  readonly cursor: Position;
  readonly ranges: readonly Range[];
}

export const fixture = (marked: string): Fixture => fixtureOf(marked, (text) => readDocument(URI, text));

/** A fixture of any of our languages. */
export function fixtureOf<D extends { readonly lines: LineMap }>(
  marked: string,
  read: (text: string) => D,
): Fixture<D> {
  const { text, cursor, ranges } = unmark(marked);
  const document = read(text);
  const position = (offset: number) => toPosition(document.lines, offset);
  return {
    document,
    cursor: position(cursor),
    ranges: ranges.map(({ start, end }) => ({ start: position(start), end: position(end) })),
  };
}

/** The text without the marks, and the offsets where they stood; the cursor is at 0 where there is none. */
function unmark(marked: string): {
  readonly text: string;
  readonly cursor: number;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
} {
  let text = "";
  let cursor = 0;
  const starts: number[] = [];
  const ranges: { start: number; end: number }[] = [];
  for (const character of marked) {
    if (character === "┃") cursor = text.length;
    else if (character === "«") starts.push(text.length);
    else if (character === "»") ranges.push({ start: starts.pop()!, end: text.length });
    else text += character;
  }
  ranges.sort((a, b) => a.start - b.start);
  return { text, cursor, ranges };
}

/** The text with `«…»` around ranges: what a test can compare with the text that it wrote. */
export function mark({ text, lines }: Pick<AsmDocument, "text" | "lines">, ranges: readonly Range[]): string {
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
