import { accessedCell } from "../check/named-cells.ts";
import { nameOfAddress } from "../machine/describe.ts";
import type { Program } from "../machine/program.ts";

/** Whether a cell is no variable's and no instruction comes to it, so that it stays as it is in every run. False where addresses are computed. */
export function isUntouched(program: Program, address: number): boolean {
  if (nameOfAddress(program, address) !== undefined) return false;
  for (let pc = 0; pc < program.code.length; pc++) {
    const cell = accessedCell(program, pc);
    if (cell === "computed" || cell === address) return false;
  }
  return true;
}
