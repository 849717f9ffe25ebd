import type { InstructionNode, Row } from "./tree.ts";

/** Visits the instructions of all threads as their rows say them: ranges count from the row's `start`. */
export function forEachInstruction(
  rows: readonly Row[],
  visit: (instruction: InstructionNode, row: Row, thread: number) => void,
): void {
  for (const row of rows) {
    const { cells } = row.content;
    for (let thread = 0; thread < cells.length; thread++) {
      const { instruction } = cells[thread]!;
      if (instruction) visit(instruction, row, thread);
    }
  }
}
