/** Registers of the `.s` dialect by number, as x86.py's `-v` shows them. `zero` is hidden but ordinary (dialect §4). */
export const REGISTERS: readonly string[] = ["zero", "ax", "bx", "cx", "dx", "ex", "fx", "sp", "bp"];

export const ZERO = 0;
export const AX = 1;
export const SP = 7;
export const BP = 8;

/** The number of a register by its name without `%`, or -1. */
export const registerNumber = (name: string): number => REGISTERS.indexOf(name);

export const REGISTER_ROLES: Readonly<Record<string, string>> = {
  zero: "hidden register, 0 unless written; part of every address without a base or an index",
  ax: "general purpose; `cmpxchg` compares memory with it",
  bx: "general purpose; by custom the number of rounds or the first argument",
  cx: "general purpose",
  dx: "general purpose",
  ex: "general purpose",
  fx: "general purpose",
  sp: "stack pointer: `push`, `pop`, `call` and `ret` move it by 4; each thread starts with its own",
  bp: "general purpose; by custom the base of a stack frame",
};

/**
 * The condition codes of the `.s` dialect, in the order of x86.py's columns; code i is bit i of a thread's flags. `test a, b` sets
 * those that hold for b compared with a; all are unset when a thread starts.
 */
export const CODES: readonly string[] = [">=", ">", "<=", "<", "!=", "=="];

export const FLAGS_LESS = 0b011100;
export const FLAGS_EQUAL = 0b100101;
export const FLAGS_GREATER = 0b010011;
