import { indexLitmusNames, type LitmusNames } from "../../core/litmus/names.ts";
import { parseLitmusInSteps } from "../../core/litmus/parse.ts";
import { type ResolvedTest, resolveLitmusInSteps } from "../../core/litmus/resolve.ts";
import type { LitmusTree } from "../../core/litmus/tree.ts";
import { litmusWarnings } from "../../core/litmus/warnings.ts";
import { atOnce, type Steps } from "../../core/text/steps.ts";
import type { JudgedText } from "../document.ts";

/** One version of a litmus test with all that the features ask about it. Immutable. */
export interface LitmusDocument extends JudgedText {
  readonly language: "litmus";
  readonly tree: LitmusTree;
  readonly test: ResolvedTest;
  /** Made when they are asked for. */
  readonly names: LitmusNames;
}

/** Parses a test and gives its names their places. Never throws. */
export const readLitmus = (uri: string, text: string): LitmusDocument => atOnce(readLitmusInSteps(uri, text));

/**
 * The same in steps.
 * @param earlier an earlier version: what was read of rows that stand in both is not read again
 */
export function* readLitmusInSteps(
  uri: string,
  text: string,
  earlier?: LitmusDocument,
): Steps<LitmusDocument> {
  const tree = yield* parseLitmusInSteps(text, earlier?.tree);
  yield;
  const test = yield* resolveLitmusInSteps(tree);
  yield;
  const warnings = yield* litmusWarnings(tree);
  let names: LitmusNames | undefined;
  return {
    language: "litmus",
    uri,
    text,
    lines: tree.lines,
    tree,
    test,
    get names() {
      names ??= indexLitmusNames(tree);
      return names;
    },
    errors: test.diagnostics,
    warnings,
  };
}
