import { COMPUTE, OP } from "../../isa/operations.ts";
import { AX, SP } from "../../isa/registers.ts";
import { functionOf, isFetching, isForFlags } from "../../machine/compute.ts";
import type { Code, Program } from "../../machine/program.ts";

/** A set of registers as bits; the bit behind the last register stands for the flags. */
export type RegisterSet = number;

export const flagsBit = (program: Program): RegisterSet => 1 << program.registers.length;

export const allRegisters = (program: Program): RegisterSet => flagsBit(program) * 2 - 1;

/** The operations that may come after one, but for `ret`, which may go anywhere. */
export function successors(code: Code, pc: number): number[] {
  switch (code.operation[pc]) {
    case OP.HALT:
    case OP.END:
    case OP.OUT_OF_CODE:
    case OP.RET:
      return [];
    case OP.JUMP:
    case OP.CALL:
      return [code.target[pc]!];
    case OP.JUMP_IF:
      return [pc + 1, code.target[pc]!];
    default:
      return [pc + 1];
  }
}

/** Whether a thread might execute some operation twice. */
export function hasLoops(code: Code): boolean {
  for (let pc = 0; pc < code.length; pc++) {
    if (code.operation[pc] === OP.RET || successors(code, pc).some((next) => next <= pc)) return true;
  }
  return false;
}

/** Registers that an operation reads, and registers that it may change. Every register that it changes without reading it, it changes always. */
export interface Uses {
  readonly reads: RegisterSet;
  readonly writes: RegisterSet;
}

export function usesOf(program: Program, pc: number): Uses {
  const { code } = program;
  const a = 1 << code.a[pc]!;
  const b = 1 << code.b[pc]!;
  const sp = 1 << SP;
  const flags = flagsBit(program);
  const memory = (1 << code.base[pc]!) | (1 << code.index[pc]!);
  switch (code.operation[pc]) {
    case OP.MOVE_I:
      return { reads: 0, writes: a };
    case OP.MOVE_R:
      return { reads: b, writes: a };
    case OP.LOAD:
    case OP.LEA:
      return { reads: memory, writes: a };
    case OP.STORE_R:
      return { reads: memory | b, writes: 0 };
    case OP.STORE_I:
    case OP.MDUMP:
      return { reads: memory, writes: 0 };
    case OP.ADD_I:
    case OP.SUB_I:
    case OP.MUL_I:
    case OP.NEG:
      return { reads: a, writes: a };
    case OP.ADD_R:
    case OP.SUB_R:
    case OP.MUL_R:
      return { reads: a | b, writes: a };
    case OP.COMPARE_R_I:
    case OP.COMPARE_I_R:
      return { reads: b, writes: flags };
    case OP.COMPARE_R_R:
      return { reads: a | b, writes: flags };
    case OP.XCHG:
    case OP.FETCHADD:
      return { reads: memory | a, writes: a };
    case OP.CMPXCHG:
      return { reads: memory | b | (1 << AX), writes: flags | (1 << AX) };
    case OP.PUSH_R:
      return { reads: sp | b, writes: sp };
    case OP.PUSH_ADDRESS:
      return { reads: sp | memory, writes: sp };
    case OP.POP:
    case OP.RET:
    case OP.CALL:
      return { reads: sp, writes: sp };
    case OP.POP_R:
      return { reads: sp, writes: sp | a };
    case OP.JUMP_IF:
      return { reads: flags, writes: 0 };
    case OP.COMPUTE_R:
    case OP.COMPUTE_I:
    case OP.COMPUTE_LOAD:
    case OP.COMPUTE_STORE:
    case OP.COMPUTE_LOCKED:
    case OP.COMPARE_EXCHANGE:
      return usesOfComputation(program, pc, a, b, memory | flags);
    default:
      return { reads: 0, writes: 0 };
  }
}

/** Computations keep some flags and parts of registers; taking all that they write as read, too, is always right. */
function usesOfComputation(
  program: Program,
  pc: number,
  a: RegisterSet,
  b: RegisterSet,
  other: RegisterSet,
): Uses {
  const packed = program.code.compute[pc]!;
  const op = program.code.operation[pc];
  const flags = functionOf(packed) === COMPUTE.MOVE ? 0 : flagsBit(program);
  if (op === OP.COMPARE_EXCHANGE) return { reads: a | b | other, writes: a | flags };
  if (op === OP.COMPUTE_LOCKED) return { reads: b | other, writes: flags | (isFetching(packed) ? b : 0) };
  const result = op !== OP.COMPUTE_STORE && !isForFlags(packed) ? a : 0;
  if (functionOf(packed) !== COMPUTE.MOVE) return { reads: a | b | other, writes: result | flags };
  return { reads: (op === OP.COMPUTE_I ? 0 : b) | (other & ~flagsBit(program)), writes: result };
}
