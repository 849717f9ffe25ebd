import { type ControlFlow, controlFlow } from "../core/analysis/control-flow.ts";
import { gapsOf } from "../core/analysis/gaps.ts";
import { findWarnings } from "../core/analysis/warnings.ts";
import type { Assembly } from "../core/asm/assemble.ts";
import { indexNames, type Names } from "../core/asm/names.ts";
import { parseInSteps } from "../core/asm/parse.ts";
import type { Line, Tree } from "../core/asm/tree.ts";
import { checksOf } from "../core/load/checks.ts";
import { loadAsm } from "../core/load/load.ts";
import { DEFAULT_THREADS } from "../core/machine/state.ts";
import type { Diagnostic } from "../core/text/diagnostic.ts";
import type { LineMap } from "../core/text/range.ts";
import { atOnce, type Steps } from "../core/text/steps.ts";

/** One version of a text of any of our languages, and what is wrong with it. */
export interface JudgedText {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineMap;
  /** Errors, of the text alone and of its meaning. */
  readonly errors: readonly Diagnostic[];
  /** What is legal and probably not meant. */
  readonly warnings: readonly Diagnostic[];
}

/** One version of a `.s` text with all that the features ask about it. Immutable. */
export interface AsmDocument extends JudgedText {
  readonly language: "asm";
  readonly tree: Tree;
  readonly assembly: Assembly;
  readonly names: Names;
  /** The ways through the program; unset where they cannot be told. */
  readonly flow: ControlFlow | undefined;
}

/** Parses and assembles a text. Never throws. */
export const readDocument = (uri: string, text: string): AsmDocument => atOnce(readInSteps(uri, text));

/** The same in steps. */
export function* readInSteps(uri: string, text: string): Steps<AsmDocument> {
  const tree = yield* parseInSteps(text);
  yield;
  const start = { name: uri, values: {}, runLine: true };
  const { assembly, diagnostics, values, startIsKnown } = loadAsm(tree, start);
  yield;
  const names = indexNames(tree);
  const threads = startIsKnown ? (values.threads ?? DEFAULT_THREADS) : 1;
  const checks = startIsKnown ? checksOf(assembly.draft, threads).diagnostics : [];
  yield;
  const gaps = gapsOf(assembly);
  const flow = gaps && controlFlow(assembly.draft, gaps);
  yield;
  const warnings = yield* findWarnings({ tree, assembly, names, ...(flow && { flow, threads }) });
  return {
    language: "asm",
    uri,
    text,
    lines: tree.lines,
    tree,
    assembly,
    names,
    errors: [...diagnostics, ...checks].filter((d) => d.severity === "error"),
    warnings,
    flow,
  };
}

/** The parsed line (from 0); a blank one behind the end of the text. */
export const lineAt = ({ tree, text }: AsmDocument, line: number): Line =>
  tree.nodes[line] ?? { kind: "blank", range: { start: text.length, end: text.length }, comment: undefined };
