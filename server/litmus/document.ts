import { type LitmusTest, lowerLitmusInSteps } from "../../core/litmus/lower.ts";
import { indexLitmusNames, type LitmusNames } from "../../core/litmus/names.ts";
import { parseLitmusInSteps } from "../../core/litmus/parse.ts";
import type { LitmusTree } from "../../core/litmus/tree.ts";
import { litmusWarnings } from "../../core/litmus/warnings.ts";
import { atOnce, type Steps } from "../../core/text/steps.ts";
import type { JudgedText } from "../document.ts";

/** One version of a litmus test with all that the features ask about it. Immutable. */
export interface LitmusDocument extends JudgedText {
  readonly language: "litmus";
  readonly tree: LitmusTree;
  readonly test: LitmusTest;
  readonly names: LitmusNames;
}

/** Parses a test and gives its names their places. Never throws. */
export const readLitmus = (uri: string, text: string): LitmusDocument => atOnce(readLitmusInSteps(uri, text));

/** The same in steps. */
export function* readLitmusInSteps(uri: string, text: string): Steps<LitmusDocument> {
  const tree = yield* parseLitmusInSteps(text);
  yield;
  const test = yield* lowerLitmusInSteps(tree, uri.replace(/^.*\//, "").replace(/\.litmus$/, ""));
  yield;
  const names = indexLitmusNames(tree);
  const { lines } = tree;
  yield;
  const warnings = litmusWarnings(tree, names);
  return { language: "litmus", uri, text, lines, tree, test, names, errors: test.diagnostics, warnings };
}
