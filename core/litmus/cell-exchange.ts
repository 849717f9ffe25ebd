import type { X86Dialect } from "../isa/x86.ts";
import { moved, range } from "../text/range.ts";
import { cellsOf } from "./cells-of.ts";
import { forEachInstruction } from "./instructions.ts";
import { destinationFirst, isComparison } from "./lower-instruction.ts";
import type { Report } from "./report-error.ts";
import type { InstructionNode, LitmusTree, Operand } from "./tree.ts";

/**
 * `XCHG [x],[y]` is no x86 instruction, but herd runs it: it reads both cells, then both writes reach memory in either order. An instruction of
 * the machine has one order, so a test with such exchanges is several programs, one for each choice of orders, and allows what any of
 * them allows. That is exact where nobody else writes to the two cells, and refused elsewhere.
 */
export function cellExchanges({ rows }: LitmusTree): InstructionNode[] {
  const found: InstructionNode[] = [];
  for (const row of rows) {
    // Hardly any row has one, and cells are given their places only where they are needed.
    if (!row.content.cells.some(({ instruction }) => instruction && isCellExchange(instruction))) continue;
    for (const { instruction } of cellsOf(row)) {
      if (instruction && isCellExchange(instruction)) found.push(instruction);
    }
  }
  return found;
}

export const isCellExchange = ({ spec, operands }: InstructionNode): boolean =>
  spec?.shape === "exchange" && operands.length === 2 && operands.every((o) => o.kind === "memory");

/** Each exchange doubles the number of programs. */
const MOST_EXCHANGES = 3;

/** Reports exchanges of cells that another thread may write to. */
export function checkCellExchanges(tree: LitmusTree, report: Report): void {
  const exchanges = cellExchanges(tree);
  if (exchanges.length === 0) return;
  if (exchanges.length > MOST_EXCHANGES) {
    const where = exchanges[MOST_EXCHANGES]!.range;
    report("bad-exchange", `a test has at most ${MOST_EXCHANGES} exchanges of two memory cells`, where);
  }
  const writers = writersOf(tree);
  const othersWrite = (name: string | undefined, thread: number): boolean =>
    [...(writers.get(name) ?? [])].some((writer) => writer !== thread);
  const anyOtherWrites = (thread: number): boolean =>
    [...writers.keys()].some((name) => othersWrite(name, thread));
  forEachInstruction(tree.rows, (instruction, { start }, thread) => {
    if (!isCellExchange(instruction)) return;
    const names = instruction.operands.map(variableOf);
    const disturbed = names.includes(undefined)
      ? anyOtherWrites(thread)
      : [...names, undefined].some((name) => othersWrite(name, thread));
    if (!disturbed) return;
    const [first, last] = instruction.operands;
    report(
      "bad-exchange",
      "an exchange of two memory cells, which is no x86 instruction, can be followed only where no other thread writes to them",
      moved(range(first!.range.start, last!.range.end), start),
    );
  });
}

/** The threads that write to each variable; under undefined those that write to one that is not named. */
function writersOf({
  rows,
  dialect = "x86",
}: LitmusTree): ReadonlyMap<string | undefined, ReadonlySet<number>> {
  const writers = new Map<string | undefined, Set<number>>();
  forEachInstruction(rows, (instruction, _, thread) => {
    for (const operand of instruction.operands) {
      if (operand.kind !== "memory" || isOnlyRead(instruction, operand, dialect)) continue;
      const name = variableOf(operand);
      const known = writers.get(name);
      if (known) known.add(thread);
      else writers.set(name, new Set([thread]));
    }
  });
  return writers;
}

const variableOf = (operand: Operand): string | undefined =>
  operand.kind === "memory" ? operand.variable?.text : undefined;

function isOnlyRead(instruction: InstructionNode, operand: Operand, dialect: X86Dialect): boolean {
  switch (instruction.spec?.shape) {
    case "nothing":
    case "conditional-move":
      return true;
    case "binary":
      return isComparison(instruction.spec) || destinationFirst(instruction, dialect)[0] !== operand;
    default:
      return false;
  }
}
