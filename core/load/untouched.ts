import { ACCESS, OP } from "../isa/operations.ts";
import { ZERO } from "../isa/registers.ts";
import { nameOfAddress } from "../machine/describe.ts";
import type { Program } from "../machine/program.ts";

/** They come to wherever the stack pointer points. */
const ON_STACK: ReadonlySet<number> = new Set([OP.PUSH_R, OP.PUSH_ADDRESS, OP.POP_R, OP.CALL, OP.RET]);

/** Whether a cell is no variable's and no instruction comes to it, so that it stays as it is in every run. False where addresses are computed. */
export function isUntouched(program: Program, address: number): boolean {
  const { code } = program;
  if (nameOfAddress(program, address) !== undefined) return false;
  for (let pc = 0; pc < code.length; pc++) {
    const operation = code.operation[pc]!;
    const access = ACCESS[operation];
    if (access === "none" || access === "fence") continue;
    const isComputed = code.base[pc] !== ZERO || code.index[pc] !== ZERO || ON_STACK.has(operation);
    if (isComputed || code.displacement[pc] === address) return false;
  }
  return true;
}
