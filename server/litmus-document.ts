import type { Word } from "../core/asm/tree.ts";
import { forEachComparison, type Proposition, type Term } from "../core/condition/tree.ts";
import { collectMentions } from "../core/litmus/layout.ts";
import { type LitmusTest, lowerLitmus } from "../core/litmus/lower.ts";
import { parseLitmus } from "../core/litmus/parse.ts";
import type { InstructionNode, LitmusTree } from "../core/litmus/tree.ts";
import { contains } from "../core/text/range.ts";
import type { JudgedText } from "./document.ts";

/** One version of a litmus test with all that the features ask about it. Immutable. */
export interface LitmusDocument extends JudgedText {
  readonly language: "litmus";
  readonly tree: LitmusTree;
  readonly test: LitmusTest;
  /** Every place where a variable stands, in the order of the text. */
  readonly mentions: readonly Word[];
}

/** Parses and lowers a litmus test. Never throws. */
export function readLitmus(uri: string, text: string): LitmusDocument {
  const tree = parseLitmus(text);
  const test = lowerLitmus(tree, uri.replace(/^.*\//, "").replace(/\.litmus$/, ""));
  const conditions = [tree.filter?.proposition, tree.condition?.condition.proposition];
  const mentions = [...collectMentions(tree), ...conditions.flatMap(conditionMentions)];
  mentions.sort((a, b) => a.range.start - b.range.start);
  return {
    language: "litmus",
    uri,
    text,
    lines: tree.lines,
    errors: test.diagnostics,
    warnings: () => [],
    tree,
    test,
    mentions,
  };
}

function conditionMentions(proposition: Proposition | undefined): Word[] {
  const mentions: Word[] = [];
  const visit = (term: Term): void => {
    if (term.kind === "sum") term.terms.forEach(visit);
    else if (term.kind === "symbol") mentions.push({ text: term.name, range: term.range });
    else if (term.kind === "variable") mentions.push({ text: term.name, range: term.nameRange });
  };
  if (proposition) {
    forEachComparison(proposition, ({ left, right }) => {
      visit(left);
      visit(right);
    });
  }
  return mentions;
}

/** The variable that stands at an offset. */
export const mentionAt = ({ mentions }: LitmusDocument, offset: number): Word | undefined =>
  mentions.find((m) => contains(m.range, offset));

/** The instruction around an offset. */
export function litmusInstructionAt({ tree }: LitmusDocument, offset: number): InstructionNode | undefined {
  for (const { range, cells } of tree.rows) {
    if (!contains(range, offset)) continue;
    const cell = cells.find((c) => c.instruction && contains(c.instruction.range, offset));
    if (cell?.instruction) return cell.instruction;
  }
  return undefined;
}
