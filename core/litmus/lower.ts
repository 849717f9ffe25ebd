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
import { fromBigInt } from "../machine/wide.ts";
import { hasErrors } from "../text/diagnostic.ts";
import { cellExchanges } from "./cell-exchange.ts";
import { cellsOf } from "./cells-of.ts";
import { type Draft, lowerInstruction, type Names } from "./lower-instruction.ts";
import { printInstruction } from "./print.ts";
import { type ResolvedTest, resolveLitmus } from "./resolve.ts";
import type { LitmusTree } from "./tree.ts";

/** What a litmus test means: its names with their places, and the program if it is free of errors. */
export interface LitmusTest extends ResolvedTest {
  readonly program?: Program;
  /** Further programs that are the test as well, see cell-exchange.ts; hardly any test has one. */
  readonly alternatives: readonly Program[];
}

/**
 * Gives every name its place and, where there is no error, makes the program. Never throws.
 * @param baseName the file's name without folder and ending: the name of a test that is called `--`
 */
export function lowerLitmus(tree: LitmusTree, baseName = ""): LitmusTest {
  const test = resolveLitmus(tree);
  const { dialect } = tree;
  if (!dialect || hasErrors(test.diagnostics)) return { ...test, alternatives: [] };
  const { registers, variables, cells, wide } = test;
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
  const code = lowerThreads(tree, namesFor(0));
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
    threads: test.threads.map((start, thread) => ({ entry: code.entries[thread]!, ...start })),
    cells,
    mapped: new Set(cells.map((c) => c.address)),
    checks: checksOf(tree),
    wide,
  };
  const alternatives: Program[] = [];
  for (let choice = 1; choice < 2 ** exchanges.length; choice++) {
    const { operations } = lowerThreads(tree, namesFor(choice));
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

/** The operations of all threads, one thread after the other, each with an end. */
function lowerThreads(tree: LitmusTree, names: Names): Lowered {
  const operations: OperationFields[] = [];
  const instructions: Instruction[] = [];
  const labels: Label[] = [];
  const entries: number[] = [];
  for (const thread of (tree.header?.threads ?? []).keys()) {
    const entry = operations.length;
    entries.push(entry);
    const drafts: { readonly draft: Draft; readonly instruction: number }[] = [];
    const own = new Map<string, Label>();
    for (const row of tree.rows) {
      const cell = cellsOf(row)[thread];
      if (!cell) continue;
      for (const { text: name, range } of cell.labels) {
        own.set(name, { name, range, target: entry + drafts.length });
      }
      if (!cell.instruction) continue;
      const { instruction } = cell;
      const lowered = lowerInstruction(instruction, names);
      for (const draft of lowered) drafts.push({ draft, instruction: instructions.length });
      instructions.push({
        mnemonic: instruction.mnemonic.text,
        text: printInstruction(instruction, names.dialect),
        range: instruction.range,
        start: entry + drafts.length - lowered.length,
      });
    }
    drafts.forEach(({ draft, instruction }, i) => {
      const { label, skip = 0 } = draft;
      const target = label ? own.get(label.name)!.target : skip && entry + i + skip;
      operations.push({ ...draft, instruction, target });
    });
    operations.push({ operation: OP.END, instruction: -1 });
    for (const label of own.values()) labels.push(label);
  }
  return { operations, instructions, labels, entries };
}

function checksOf({ condition }: LitmusTree): CheckSource[] {
  if (!condition) return [];
  const { keyword, condition: whole } = condition;
  return [
    { kind: whole.quantifier, range: whole.range, body: { start: keyword.range.end, end: whole.range.end } },
  ];
}
