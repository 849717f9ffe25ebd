/**
 * The operations of the machine. Every instruction of every dialect is lowered to one of these (or, where it is more
 * than one transition, to several). Operands are named as in `Code`: registers `a` (written or updated) and `b` (read),
 * an immediate, a jump target, and the memory operand m = displacement + base + index × scale.
 */
export const OP = {
  MOVE_I: 0, // a ← immediate
  MOVE_R: 1, // a ← b
  LOAD: 2, // a ← [m]
  STORE_R: 3, // [m] ← b
  STORE_I: 4, // [m] ← immediate
  LEA: 5, // a ← m
  ADD_I: 6, // a ← a + immediate
  ADD_R: 7,
  SUB_I: 8,
  SUB_R: 9,
  MUL_I: 10,
  MUL_R: 11,
  NEG: 12,
  COMPARE_R_I: 13, // flags ← b compared with immediate
  COMPARE_R_R: 14, // flags ← a compared with b
  COMPARE_I_R: 15, // flags ← immediate compared with b
  XCHG: 16, // locked: a ↔ [m]
  FETCHADD: 17, // locked: a, [m] ← [m], [m] + a
  CMPXCHG: 18, // locked: if [m] = ax then [m] ← b else ax ← [m]
  PUSH_R: 19,
  PUSH_ADDRESS: 20, // pushes m itself, not what it holds
  POP: 21, // drops the top of the stack without reading it
  POP_R: 22,
  CALL: 23,
  RET: 24,
  JUMP: 25,
  JUMP_IF: 26, // taken if ((flags ^ b) & a) is not 0
  NOP: 27,
  HALT: 28,
  YIELD: 29,
  RDUMP: 30,
  MDUMP: 31, // reads [m] for printing
  FENCE: 32,
  /** Not an instruction: what stands behind the last one. Executing it is a fault. */
  OUT_OF_CODE: 33,
  /** Not an instruction: a thread that arrives here has halted. */
  END: 34,
  // From here on: operations of the litmus dialects. Each applies a `COMPUTE` function, see `Code.compute`.
  COMPUTE_R: 35, // a ← a ∘ b
  COMPUTE_I: 36, // a ← a ∘ immediate
  COMPUTE_LOAD: 37, // a ← a ∘ [m], or for flags only [m] ∘ b, [m] ∘ immediate
  COMPUTE_STORE: 38, // [m] ← a ∘ b, or a ∘ immediate
  COMPUTE_LOCKED: 39, // locked: [m] ← [m] ∘ b, or [m] ∘ immediate; may fetch the old value into b
  COMPARE_EXCHANGE: 40, // locked: if [m] = a then [m] ← b else a ← [m]
} as const;

export type Operation = (typeof OP)[keyof typeof OP];

/** What an operation does with memory, in x86-TSO's terms. `locked` reads and writes in one transition, with the own buffer empty. */
export type Access = "none" | "load" | "store" | "locked" | "fence";

/** Which way each operation touches memory. The stack operations are ordinary loads and stores. */
export const ACCESS: readonly Access[] = Object.values(OP).map((op): Access => {
  switch (op) {
    case OP.LOAD:
    case OP.POP_R:
    case OP.RET:
    case OP.MDUMP:
    case OP.COMPUTE_LOAD:
      return "load";
    case OP.STORE_R:
    case OP.STORE_I:
    case OP.PUSH_R:
    case OP.PUSH_ADDRESS:
    case OP.CALL:
    case OP.COMPUTE_STORE:
      return "store";
    case OP.XCHG:
    case OP.FETCHADD:
    case OP.CMPXCHG:
    case OP.COMPUTE_LOCKED:
    case OP.COMPARE_EXCHANGE:
      return "locked";
    case OP.FENCE:
      return "fence";
    default:
      return "none";
  }
});

/** What the operations of the litmus dialects compute from a left and a right value. */
export const COMPUTE = {
  /** The right value. */
  MOVE: 0,
  ADD: 1,
  SUB: 2,
  AND: 3,
  OR: 4,
  XOR: 5,
  SHL: 6,
  INCREMENT: 7,
  DECREMENT: 8,
  /** Flags only, from here on. */
  COMPARE: 9,
  TEST: 10,
  /** As `COMPARE`, but sets ZF alone. */
  EQUAL: 11,
} as const;

export type ComputeFunction = (typeof COMPUTE)[keyof typeof COMPUTE];
