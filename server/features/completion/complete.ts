import type { CompletionItem, Position, Range } from "vscode-languageserver";
import type { AsmDocument } from "../../document.ts";
import { toOffset, toRange } from "../../positions.ts";
import { textBefore, typingAt } from "../../typing.ts";
import { directives } from "./directives.ts";
import { declarations, mnemonics } from "./mnemonics.ts";
import { operands } from "./operands.ts";

/** What can be typed at a position: only what the instruction or the `#@` line takes there. */
export function complete(document: AsmDocument, position: Position): CompletionItem[] {
  const offset = toOffset(document.lines, position);
  const { text: before } = textBefore(document, offset);
  const hash = before.indexOf("#");
  if (hash >= 0) {
    if (before[hash + 1] !== "@" || before.slice(0, hash).trim() !== "") return [];
    return directives(document, before.slice(hash), wordRange(document, offset, /[\s(),=:]/));
  }
  const first = /^\s*(\S*)$/.exec(before);
  if (first) return lineStart(document, first[1]!, wordRange(document, offset, /\s/));
  const typing = typingAt(before);
  if (!typing) return [];
  const inside = typing.field !== undefined;
  return operands(document, typing, wordRange(document, offset, inside ? /[\s(),]/ : /[\s,]/));
}

function lineStart(document: AsmDocument, word: string, range: Range): CompletionItem[] {
  if (word.startsWith(".")) return declarations(document, range);
  if (word !== "") return mnemonics(document, range);
  return [...mnemonics(document, range), ...(range.start.character ? [] : declarations(document, range))];
}

/** The word around the cursor: back to a character that `ends` a word, and the letters and digits after the cursor. */
function wordRange({ text, lines }: AsmDocument, offset: number, ends: RegExp): Range {
  const { start: first, end: last } = lines.lineRange(lines.position(offset).line);
  let start = offset;
  while (start > first && !ends.test(text[start - 1]!)) start--;
  let end = offset;
  while (end < last && /\w/.test(text[end]!)) end++;
  return toRange(lines, { start, end });
}
