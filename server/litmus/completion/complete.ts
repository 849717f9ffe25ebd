import { type CompletionItem, CompletionItemKind, type Position } from "vscode-languageserver";
import { contains, type Range } from "../../../core/text/range.ts";
import { item } from "../../features/completion/items.ts";
import { toOffset, toRange } from "../../positions.ts";
import type { LitmusDocument } from "../document.ts";
import { completeCode } from "./code.ts";
import { completeInitial } from "./initial.ts";
import { completeSections } from "./sections.ts";

/** What can be typed at a position of a test. */
export function complete(document: LitmusDocument, position: Position): CompletionItem[] {
  const { tree, lines, text } = document;
  const offset = toOffset(lines, position);
  if (tree.comments.some(({ start, end }) => start < offset && offset < end)) return [];
  const { initialRange, codeRange, sectionsRange } = tree;
  if (initialRange && isWithin(initialRange, offset))
    return completeInitial(document, typed(document, initialRange, offset));
  if (codeRange && contains(codeRange, offset))
    return completeCode(document, typed(document, codeRange, offset));
  if (sectionsRange && contains(sectionsRange, offset)) {
    return completeSections(document, typed(document, sectionsRange, offset));
  }
  const word = offset <= LONGEST_WORD ? /^\s*(\w*)$/.exec(text.slice(0, offset)) : undefined;
  if (!word) return [];
  const range = toRange(lines, { start: offset - word[1]!.length, end: offset });
  return ["X86", "X86_64"].map((label, rank) =>
    item({ label, kind: CompletionItemKind.Keyword, range, rank }),
  );
}

const isWithin = ({ start, end }: Range, offset: number): boolean => start < offset && offset < end;

/** What stands before the cursor, and the word that an item takes the place of. */
export interface Typed {
  /** The part of the text's section up to the cursor, its comments blanked out. */
  readonly before: string;
  /** The place of a word that is matched at the end of `before`. */
  wordRange(word: string): CompletionItemRange;
}

type CompletionItemRange = ReturnType<typeof toRange>;

function typed({ tree, text, lines }: LitmusDocument, section: Range, offset: number): Typed {
  let before = "";
  let done = section.start;
  for (const { start, end } of tree.comments) {
    if (end <= done || start >= offset) continue;
    before +=
      text.slice(done, Math.max(done, start)) + " ".repeat(Math.min(end, offset) - Math.max(done, start));
    done = Math.min(end, offset);
  }
  before += text.slice(done, offset);
  return {
    before,
    wordRange(word) {
      const rest = /^\w*/.exec(text.slice(offset, offset + LONGEST_WORD))![0];
      // Editors close brackets by themselves.
      const open = /[([]/.test(word) && /[)\]]/.test(text[offset + rest.length] ?? "") ? 1 : 0;
      return toRange(lines, { start: offset - word.length, end: offset + rest.length + open });
    },
  };
}

/** Looking for longer ones would take time. */
export const LONGEST_WORD = 100;
