import type { Code } from "../core/machine/program.ts";
import { BYTES_PER_ADDRESS, byteOf, type Layout, type Window } from "./layout.ts";
import { ADDRESS, CELLS, SCRATCH } from "./registers.ts";

/** Numbers that an instruction can hold itself. */
export const isSmall = (n: bigint): boolean => BigInt.asIntN(32, n) === n;

/** What the code that uses addresses has to know of its thread. */
export interface AddressContext {
  readonly layout: Layout;
  /** The processor's register for a register number; must not be asked for `zero`. */
  register(number: number): string;
  /** A label that is used nowhere else. */
  freshLabel(): string;
}

/** Base, index and so on of a memory operand, in the model's addresses. */
export interface MemoryOperand {
  readonly displacement: bigint;
  readonly base: number;
  readonly index: number;
  readonly scale: bigint;
}

export const operandOf = (code: Code, pc: number, integer: (value: number) => bigint): MemoryOperand => ({
  displacement: integer(code.displacement[pc]!),
  base: code.base[pc]!,
  index: code.index[pc]!,
  scale: integer(code.scale[pc]!),
});

/** Code that computes an address of the model into a register. It may use `ADDRESS` and `SCRATCH`. */
export function computeAddress(operand: MemoryOperand, into: string, context: AddressContext): string[] {
  const { displacement, base, index, scale } = operand;
  if (isPlain(operand)) {
    const registers = [base === 0 ? "" : context.register(base)];
    if (index !== 0) registers.push(context.register(index), String(scale));
    if (base === 0 && index === 0) return [moveNumber(displacement, into)];
    return [`leaq ${displacement === 0n ? "" : displacement}(${registers.join(",")}), ${into}`];
  }
  return [
    moveNumber(index === 0 ? 0n : scale, SCRATCH),
    ...(index === 0 ? [] : [`imulq ${context.register(index)}, ${SCRATCH}`]),
    ...(base === 0 ? [] : [`addq ${context.register(base)}, ${SCRATCH}`]),
    `movabsq $${displacement}, ${ADDRESS}`,
    `leaq (${ADDRESS},${SCRATCH}), ${into}`,
  ];
}

/** Whether one instruction that leaves the flags alone can compute an address. */
export const isPlain = ({ displacement, index, scale }: MemoryOperand): boolean =>
  isSmall(displacement) && (index === 0 || [1n, 2n, 4n, 8n].includes(scale));

export const moveNumber = (value: bigint, into: string): string =>
  isSmall(value) ? `movq $${value}, ${into}` : `movabsq $${value}, ${into}`;

/** The operand of an instruction for a cell whose place is known, or undefined if there is no memory. */
export function fixedCell(layout: Layout, address: number): string | undefined {
  const byte = byteOf(layout, address);
  return byte === undefined ? undefined : `${byte === 0 ? "" : byte}(${CELLS})`;
}

/** The operand of an instruction for the cell that `findCell` has found. */
export const FOUND_CELL = `(${CELLS},${ADDRESS})`;

/**
 * Code that turns the model's address in `ADDRESS` into the place of its cell, or jumps to `fault` where it has none. Looks in the window
 * `first` before the others.
 */
export function findCell(fault: string, context: AddressContext, first?: Window): string[] {
  const { windows } = context.layout;
  if (windows.length === 0) return [`jmp ${fault}`];
  const order = first ? [first, ...windows.filter((w) => w !== first)] : windows;
  const found = context.freshLabel();
  const lines: string[] = [];
  let subtracted = 0;
  for (const [i, window] of order.entries()) {
    const isLast = i === order.length - 1;
    const next = isLast ? fault : context.freshLabel();
    lines.push(`subq $${window.first - subtracted}, ${ADDRESS}`);
    lines.push(`cmpq $${window.length}, ${ADDRESS}`);
    lines.push(`jae ${next}`);
    if (window.offset > 0) lines.push(`addq $${window.offset}, ${ADDRESS}`);
    if (!isLast) lines.push(`jmp ${found}`, `${next}:`);
    subtracted = window.first;
  }
  return [
    ...lines,
    ...(order.length > 1 ? [`${found}:`] : []),
    `shlq $${Math.log2(BYTES_PER_ADDRESS)}, ${ADDRESS}`,
  ];
}
