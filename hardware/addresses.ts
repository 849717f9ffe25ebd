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

/**
 * Code that computes an address of the model into a register, or jumps to `fault` where a sum on the way has more than 64 bits; `leaq` would
 * wrap around there. It may use `SCRATCH`, which `into` must not be.
 */
export function computeAddress(
  operand: MemoryOperand,
  into: string,
  fault: () => string,
  context: AddressContext,
): string[] {
  const { displacement, base, index, scale } = operand;
  const fitting = (lines: readonly string[]): string[] => [...lines, `jo ${fault()}`];
  if (base === 0 && index === 0) return [moveNumber(displacement, into)];
  // `into` may be the base or the index, so both are read before it is written.
  const first = base === 0 ? SCRATCH : context.register(base);
  return [
    ...(index === 0 ? [] : [moveNumber(scale, SCRATCH)]),
    ...(index === 0 ? [] : fitting([`imulq ${context.register(index)}, ${SCRATCH}`])),
    ...(first === into ? [] : [`movq ${first}, ${into}`]),
    ...(base === 0 || index === 0 ? [] : fitting([`addq ${SCRATCH}, ${into}`])),
    ...(displacement === 0n ? [] : fitting(withNumber(displacement, (n) => `addq ${n}, ${into}`))),
  ];
}

/** Whether an address is computed by one instruction that leaves the flags alone. */
export const isCopied = ({ displacement, base, index }: MemoryOperand): boolean =>
  index === 0 && (base === 0 || displacement === 0n);

export const moveNumber = (value: bigint, into: string): string =>
  isSmall(value) ? `movq $${value}, ${into}` : `movabsq $${value}, ${into}`;

/** Code with a number as an operand, which is put into `SCRATCH` where an instruction cannot hold it. */
export const withNumber = (value: bigint, use: (operand: string) => string): string[] =>
  isSmall(value) ? [use(`$${value}`)] : [moveNumber(value, SCRATCH), use(SCRATCH)];

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
