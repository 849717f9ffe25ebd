import { OP } from "../../isa/operations.ts";
import type { Program } from "../../machine/program.ts";
import { allRegisters, type RegisterSet, successors, usesOf } from "./data-flow.ts";

/**
 * For every operation the registers whose values may still matter before it is executed: read on some path before they are overwritten, or
 * observed when the thread has halted. One entry more than there are operations, for the sentinel.
 */
export function liveRegisters(program: Program, observed: RegisterSet): Uint32Array {
  const { code } = program;
  const uses = Array.from({ length: code.length + 1 }, (_, pc) => usesOf(program, pc));
  const live = new Uint32Array(code.length + 2);
  for (let changed = true; changed; ) {
    changed = false;
    for (let pc = code.length; pc >= 0; pc--) {
      const op = code.operation[pc]!;
      const ends = op === OP.HALT || op === OP.END || op === OP.OUT_OF_CODE;
      // Where `ret` goes is known at run time only; taking everything as live is always right.
      let after = ends ? observed : op === OP.RET ? allRegisters(program) : 0;
      for (const next of successors(code, pc)) after |= live[next]!;
      const { reads, writes } = uses[pc]!;
      const before = ((after & ~writes) | reads) >>> 0;
      if (before !== live[pc]) {
        live[pc] = before;
        changed = true;
      }
    }
  }
  return live;
}
