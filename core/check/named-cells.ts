import { ACCESS, OP } from "../isa/operations.ts";
import { ZERO } from "../isa/registers.ts";
import { nameOfAddress } from "../machine/describe.ts";
import type { Program } from "../machine/program.ts";
import { isCode } from "../machine/state.ts";
import type { Location } from "./check.ts";
import { declaredCells } from "./locations.ts";

/** They come to wherever the stack pointer points. */
const ON_STACK: ReadonlySet<number> = new Set([OP.PUSH_R, OP.PUSH_ADDRESS, OP.POP_R, OP.CALL, OP.RET]);

/** Which cell an instruction reads or writes: the address that is written there; undefined if it touches no memory. */
export function accessedCell({ code }: Program, pc: number): number | "computed" | undefined {
  const operation = code.operation[pc]!;
  const access = ACCESS[operation];
  if (access === "none" || access === "fence") return undefined;
  const isComputed = code.base[pc] !== ZERO || code.index[pc] !== ZERO || ON_STACK.has(operation);
  return isComputed ? "computed" : code.displacement[pc]!;
}

/** The cells of a `.s` program that are no variable's and that instructions name by their numbers, as in `mov 2000, %ax`; by address. */
export function numberedCells(program: Program): number[] {
  const numbers = new Set<number>();
  for (let pc = 0; pc < program.code.length && program.dialect === "asm"; pc++) {
    const cell = accessedCell(program, pc);
    if (typeof cell !== "number" || isCode(program, cell)) continue;
    if (nameOfAddress(program, cell) === undefined) numbers.add(cell);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** The cells that a program is about: those of its declared variables, in the order of the text, then those that it numbers. */
export const namedCells = (program: Program): Location[] => [
  ...declaredCells(program),
  ...numberedCells(program).map((address): Location => ({ kind: "memory", address })),
];
