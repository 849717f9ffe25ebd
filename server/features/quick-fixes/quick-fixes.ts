import { type CodeAction, CodeActionKind, type Range } from "vscode-languageserver";
import type { Diagnostic } from "../../../core/text/diagnostic.ts";
import type { AsmDocument, JudgedText } from "../../document.ts";
import { toOffset, toRange } from "../../positions.ts";
import { type DiagnosticOptions, shownProblems, toDiagnostic } from "../diagnostics.ts";
import { declareMissing } from "./declare.ts";
import type { Fix, Fixer } from "./fix.ts";
import { insertFence, insertHalt } from "./insert.ts";
import { takeLockAtOnce } from "./lock.ts";
import { changeKind, pushValue, splitMove } from "./operands.ts";
import { removeUseless } from "./remove.ts";
import { silence } from "./silence.ts";
import { mendLayout, useSuggestion } from "./spelling.ts";

/** In the order in which their fixes are offered. */
const FIXERS: readonly Fixer[] = [
  useSuggestion,
  changeKind,
  splitMove,
  takeLockAtOnce,
  pushValue,
  insertHalt,
  insertFence,
  declareMissing,
  removeUseless,
  mendLayout,
  silence,
];

/** The ways to mend the problems that a range touches. */
export const quickFixes = (document: AsmDocument, range: Range, options: DiagnosticOptions): CodeAction[] =>
  offerFixes(document, FIXERS, range, options);

/** The same for a text of any language, with the fixers of that language. */
export function offerFixes<D extends JudgedText>(
  document: D,
  fixers: readonly Fixer<D>[],
  range: Range,
  options: DiagnosticOptions,
): CodeAction[] {
  const start = toOffset(document.lines, range.start);
  const end = toOffset(document.lines, range.end);
  return shownProblems(document, options.warnings)
    .filter((problem) => problem.range.start <= end && problem.range.end >= start)
    .slice(0, MOST_PROBLEMS)
    .flatMap((problem) => {
      const fixes = fixers.flatMap((fixer) => fixer(document, problem));
      return actions(document, problem, fixes, options);
    });
}

/** Nobody looks through the fixes of more problems at once. */
const MOST_PROBLEMS = 20;

function actions(
  document: JudgedText,
  problem: Diagnostic,
  fixes: readonly Fix[],
  options: DiagnosticOptions,
): CodeAction[] {
  const diagnostics = [toDiagnostic(document, problem, options)];
  const mends = fixes.map((fix, i) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    isPreferred: i === 0 && problem.severity === "error",
    edit: { changes: { [document.uri]: toEdits(document, fix) } },
  }));
  return problem.code === "may-reorder" ? [...mends, exploreAction(document, diagnostics)] : mends;
}

const toEdits = ({ lines }: JudgedText, { edits }: Fix) =>
  edits.map(({ range, newText }) => ({ range: toRange(lines, range), newText }));

/** A reordering is best understood by looking at what it does. */
const exploreAction = ({ uri }: JudgedText, diagnostics: CodeAction["diagnostics"]): CodeAction => ({
  title: "Explore what the reordering can do",
  kind: CodeActionKind.QuickFix,
  ...(diagnostics ? { diagnostics } : {}),
  command: { title: "Explore", command: "interleave.explore", arguments: [uri] },
});
