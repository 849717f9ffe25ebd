import { OP } from "../isa/operations.ts";
import { SCRATCH_REGISTER, X86_FLAGS } from "../isa/x86-registers.ts";
import {
  type CheckSource,
  type Instruction,
  type Label,
  type OperationFields,
  type Program,
  packCode,
} from "../machine/program.ts";
import { createWideIntegers, fromBigInt } from "../machine/wide.ts";
import { type Diagnostic, hasErrors } from "../text/diagnostic.ts";
import { didYouMean } from "../text/nearest.ts";
import { atOnce, type Steps } from "../text/steps.ts";
import { cellExchanges, checkCellExchanges } from "./cell-exchange.ts";
import { checkNames } from "./check-names.ts";
import { initialCells, initialThreads } from "./initial-state.ts";
import { type LitmusVariable, layOut } from "./layout.ts";
import { type Draft, lowerInstruction, type Names } from "./lower-instruction.ts";
import { printInstruction } from "./print.ts";
import { registerNames } from "./registers.ts";
import { createReporter, type Reporter, shown } from "./report-error.ts";
import type { LitmusTree, Operand } from "./tree.ts";

/** What a litmus test means: its names with their places, and the program if it is free of errors. */
export interface LitmusTest {
  readonly tree: LitmusTree;
  readonly variables: ReadonlyMap<string, LitmusVariable>;
  readonly labels: readonly Label[];
  /** Of the text and of its meaning, in no particular order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly program?: Program;
  /** Further programs that are the test as well, see cell-exchange.ts; hardly any test has one. */
  readonly alternatives: readonly Program[];
}

const MOST_THREADS = 1000;

/**
 * Gives every name its place and, where there is no error, makes the program. Never throws.
 * @param baseName the file's name without folder and ending: the name of a test that is called `--`
 */
export const lowerLitmus = (tree: LitmusTree, baseName = ""): LitmusTest =>
  atOnce(lowerLitmusInSteps(tree, baseName));

/** The same in steps. */
export function* lowerLitmusInSteps(tree: LitmusTree, baseName: string): Steps<LitmusTest> {
  const diagnostics: Diagnostic[] = [...tree.diagnostics];
  const reporter = createReporter(diagnostics);
  const variables = layOut(tree, reporter);
  const { dialect, header } = tree;
  if (!dialect || !header) return { tree, variables, labels: [], diagnostics, alternatives: [] };
  const registers = registerNames(tree, reporter);
  const wide = createWideIntegers();
  const exchanges = cellExchanges(tree);
  const namesFor = (choice: number): Names => ({
    dialect,
    register: (name) => Math.max(0, registers.indexOf(name)),
    address: (name) => variables.get(name)?.address ?? 0,
    integer: (value) => fromBigInt(wide, value),
    scratch: [registers.indexOf(SCRATCH_REGISTER), registers.indexOf(`${SCRATCH_REGISTER}2`)],
    accumulator: 1,
    reversed: (exchange) => ((choice >> exchanges.indexOf(exchange)) & 1) === 1,
  });
  checkCellExchanges(tree, reporter.report);
  checkNames(tree, variables, registers, reporter);
  if (header.threads.length > MOST_THREADS) {
    reporter.report("too-many-threads", `a test has at most ${MOST_THREADS} threads`, header.range);
    return { tree, variables, labels: [], diagnostics, alternatives: [] };
  }
  yield;
  const code = yield* lowerThreads(tree, namesFor(0), reporter);
  yield;
  const context = { tree, variables, registers, wide, reporter };
  const threads = initialThreads(context, code.entries);
  const cells = initialCells(context);
  const test = { tree, variables, labels: code.labels, diagnostics, alternatives: [] };
  if (hasErrors(diagnostics)) return test;
  const program: Program = {
    dialect,
    name: tree.name?.text === "--" ? baseName : (tree.name?.text ?? ""),
    text: tree.text,
    instructions: code.instructions,
    code: packCode(code.operations, OP.END),
    labels: code.labels,
    variables: [...variables.values()],
    registers,
    flags: X86_FLAGS,
    loadAddress: 0,
    threads,
    cells,
    mapped: new Set(cells.map((c) => c.address)),
    checks: checksOf(tree),
    wide,
  };
  const alternatives: Program[] = [];
  for (let choice = 1; choice < 2 ** exchanges.length; choice++) {
    const { operations } = yield* lowerThreads(tree, namesFor(choice), reporter);
    alternatives.push({ ...program, code: packCode(operations, OP.END) });
  }
  return { ...test, program, alternatives };
}

interface Lowered {
  readonly operations: readonly OperationFields[];
  readonly instructions: readonly Instruction[];
  readonly labels: readonly Label[];
  /** Of each thread the index of its first operation. */
  readonly entries: readonly number[];
}

/** So many instructions are lowered in a millisecond or two. */
const INSTRUCTIONS_IN_A_STEP = 500;

/** The operations of all threads, one thread after the other, each with an end. */
function* lowerThreads(tree: LitmusTree, names: Names, reporter: Reporter): Steps<Lowered> {
  const operations: OperationFields[] = [];
  const instructions: Instruction[] = [];
  const labels: Label[] = [];
  const entries: number[] = [];
  for (const thread of (tree.header?.threads ?? []).keys()) {
    const entry = operations.length;
    entries.push(entry);
    const drafts: { readonly draft: Draft; readonly instruction: number }[] = [];
    const own = new Map<string, Label>();
    for (const { cells } of tree.rows) {
      const cell = cells[thread];
      if (!cell) continue;
      for (const { text: name, range } of cell.labels) {
        if (own.has(name))
          reporter.report("duplicate-label", `label \`${shown(name)}\` is already there`, range);
        own.set(name, { name, range, target: entry + drafts.length });
      }
      if (!cell.instruction) continue;
      const { instruction } = cell;
      const lowered = lowerInstruction(instruction, names, reporter.report);
      if (lowered.length === 0) continue;
      for (const draft of lowered) drafts.push({ draft, instruction: instructions.length });
      instructions.push({
        mnemonic: instruction.mnemonic.text,
        text: printInstruction(instruction, names.dialect),
        range: instruction.range,
        start: entry + drafts.length - lowered.length,
      });
      if (instructions.length % INSTRUCTIONS_IN_A_STEP === 0) yield;
    }
    drafts.forEach(({ draft, instruction }, i) => {
      const { label, skip } = draft;
      const target = label
        ? resolve(label, thread, own, reporter)
        : skip === undefined
          ? 0
          : entry + i + skip;
      operations.push({ ...draft, instruction, target });
    });
    operations.push({ operation: OP.END, instruction: -1 });
    for (const label of own.values()) labels.push(label);
    yield;
  }
  return { operations, instructions, labels, entries };
}

function resolve(
  { name, range }: Operand & { kind: "label" },
  thread: number,
  labels: ReadonlyMap<string, Label>,
  { report, suggest }: Reporter,
): number {
  const label = labels.get(name);
  if (label) return label.target;
  const suggestions = suggest(name, labels.keys());
  report(
    "unknown-label",
    `there is no label \`${shown(name)}\` on P${thread}${didYouMean(suggestions)}`,
    range,
    suggestions,
  );
  return 0;
}

function checksOf({ condition }: LitmusTree): CheckSource[] {
  if (!condition) return [];
  const { keyword, condition: whole } = condition;
  return [
    { kind: whole.quantifier, range: whole.range, body: { start: keyword.range.end, end: whole.range.end } },
  ];
}
