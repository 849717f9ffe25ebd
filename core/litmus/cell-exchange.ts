import type { X86Dialect } from "../isa/x86.ts";
import { range } from "../text/range.ts";
import { destinationFirst, isComparison } from "./lower-instruction.ts";
import type { Report } from "./report-error.ts";
import type { InstructionNode, LitmusTree, Operand } from "./tree.ts";

/**
 * `XCHG [x],[y]` is no x86 instruction, but herd runs it: it reads both cells, then both writes reach memory in either order. An instruction of
 * the machine has one order, so a test with such exchanges is several programs, one for each choice of orders, and allows what any of
 * them allows. That is exact where nobody else writes to the two cells, and refused elsewhere.
 */
export function cellExchanges({ rows }: LitmusTree): InstructionNode[] {
  return rows
    .flatMap((row) => row.cells)
    .flatMap((cell) => (cell.instruction && isCellExchange(cell.instruction) ? [cell.instruction] : []));
}

export const isCellExchange = ({ spec, operands }: InstructionNode): boolean =>
  spec?.shape === "exchange" && operands.length === 2 && operands.every((o) => o.kind === "memory");

/** Each exchange doubles the number of programs. */
const MOST_EXCHANGES = 3;

/** Reports exchanges of cells that another thread may write to. */
export function checkCellExchanges(tree: LitmusTree, report: Report): void {
  const exchanges = cellExchanges(tree);
  if (exchanges.length > MOST_EXCHANGES) {
    const where = exchanges[MOST_EXCHANGES]!.range;
    report("bad-exchange", `a test has at most ${MOST_EXCHANGES} exchanges of two memory cells`, where);
  }
  for (const { cells } of tree.rows) {
    cells.forEach(({ instruction }, thread) => {
      if (!instruction || !isCellExchange(instruction)) return;
      const names = instruction.operands.map(variableOf);
      const others = writesOf(tree, thread);
      if (others.every((w) => w !== undefined && !names.includes(w) && !names.includes(undefined))) return;
      const [first, last] = instruction.operands;
      report(
        "bad-exchange",
        "an exchange of two memory cells, which is no x86 instruction, can be followed only where no other thread writes to them",
        range(first!.range.start, last!.range.end),
      );
    });
  }
}

/** The variables that all other threads write to; undefined for one that is not named. */
function writesOf({ rows, dialect = "x86" }: LitmusTree, thread: number): (string | undefined)[] {
  const others = rows.flatMap(({ cells }) => cells.filter((_, t) => t !== thread));
  return others.flatMap(({ instruction }) =>
    (instruction?.operands ?? [])
      .filter((o) => o.kind === "memory" && !isOnlyRead(instruction!, o, dialect))
      .map(variableOf),
  );
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
