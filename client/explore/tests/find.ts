import { looksLikeDialect } from "../../../core/asm/looks-like.ts";
import { parse } from "../../../core/asm/parse.ts";
import { QUANTIFIERS } from "../../../core/condition/tree.ts";
import { parseLitmus } from "../../../core/litmus/parse.ts";
import type { Range } from "../../../core/text/range.ts";

/** A check as a test: what it says and where it stands. */
export interface FoundCheck {
  readonly text: string;
  readonly range: Range;
}

const KINDS: readonly string[] = [...QUANTIFIERS, "mutex"];

/** The checks of a text, in order. A litmus test has one, though it may not be written; a file without any is no test. */
export function findChecks(text: string, isLitmus: boolean): FoundCheck[] {
  if (isLitmus) {
    const { condition } = parseLitmus(text);
    if (!condition) return [{ text: "forall (true)", range: { start: 0, end: 0 } }];
    const { keyword } = condition;
    const range = { start: keyword.range.start, end: condition.condition.range.end };
    return [{ text: text.slice(range.start, range.end).replace(/\s+/g, " "), range }];
  }
  if (!looksLikeDialect(text)) return [];
  return parse(text).nodes.flatMap((node) => {
    if (node.kind !== "directive" || !KINDS.includes(node.keyword.text)) return [];
    return [{ text: `${node.keyword.text} ${node.body.text}`, range: node.range }];
  });
}
