import type { InitialCell, ThreadStart } from "../machine/program.ts";
import { createWideIntegers, type WideIntegers } from "../machine/wide.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { atOnce, type Steps } from "../text/steps.ts";
import { checkCellExchanges } from "./cell-exchange.ts";
import { checkNames } from "./check-names.ts";
import { initialCells, initialThreads } from "./initial-state.ts";
import { checkLabels } from "./labels.ts";
import { type LitmusVariable, layOut } from "./layout.ts";
import { registerNames } from "./registers.ts";
import { createReporter } from "./report-error.ts";
import type { LitmusTree } from "./tree.ts";

/** What the names of a litmus test mean, and all that is wrong with it. */
export interface ResolvedTest {
  readonly tree: LitmusTree;
  readonly variables: ReadonlyMap<string, LitmusVariable>;
  readonly registers: readonly string[];
  /** How each thread starts. */
  readonly threads: readonly Omit<ThreadStart, "entry">[];
  readonly cells: readonly InitialCell[];
  readonly wide: WideIntegers;
  /** Of the text and of its meaning, in no particular order. */
  readonly diagnostics: readonly Diagnostic[];
}

const MOST_THREADS = 1000;

/** Gives every name its place and finds every error. Never throws. */
export const resolveLitmus = (tree: LitmusTree): ResolvedTest => atOnce(resolveLitmusInSteps(tree));

/** The same in steps. */
export function* resolveLitmusInSteps(tree: LitmusTree): Steps<ResolvedTest> {
  const diagnostics: Diagnostic[] = [...tree.diagnostics];
  const reporter = createReporter(diagnostics);
  const variables = layOut(tree, reporter);
  const wide = createWideIntegers();
  const { dialect, header } = tree;
  const nothing = { tree, variables, registers: [], threads: [], cells: [], wide, diagnostics };
  if (!dialect || !header) return nothing;
  yield;
  const registers = registerNames(tree, reporter);
  checkCellExchanges(tree, reporter.report);
  checkNames(tree, variables, registers, reporter);
  if (header.threads.length > MOST_THREADS) {
    reporter.report("too-many-threads", `a test has at most ${MOST_THREADS} threads`, header.range);
    return nothing;
  }
  yield;
  checkLabels(tree, reporter);
  const context = { tree, variables, registers, wide, reporter };
  const threads = initialThreads(context);
  const cells = initialCells(context);
  return { ...nothing, registers, threads, cells };
}
