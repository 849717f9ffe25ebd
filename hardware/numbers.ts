import type { Program } from "../core/machine/program.ts";
import { FIRST_SYMBOL, isSymbolic } from "../core/machine/symbolic.ts";
import { fromBigInt, isExact, toBigInt } from "../core/machine/wide.ts";

/**
 * Values of the model as numbers of the processor. They are the same, but for addresses of a litmus test's variables: these must fit into
 * registers of 32 bits, too.
 */

/** Where a litmus test's variables begin on the processor. Numbers from here on are taken for addresses when they come back. */
const FIRST_ADDRESS = 2 ** 30;
const MOST_ADDRESSES = 2 ** 24;

/** The number that stands for a value on the processor; it may have too many bits for it. */
export const onProcessor = ({ dialect, wide }: Program, value: number): bigint =>
  dialect !== "asm" && isSymbolic(value)
    ? BigInt(value - FIRST_SYMBOL + FIRST_ADDRESS)
    : toBigInt(wide, value);

/** The reverse of `onProcessor`. */
export function fromProcessor({ dialect, wide }: Program, number: bigint): number {
  const value = fromBigInt(wide, number);
  const isAddress = dialect !== "asm" && isTakenForAddress(value);
  return isAddress ? value - FIRST_ADDRESS + FIRST_SYMBOL : value;
}

export const isTakenForAddress = (value: number): boolean =>
  value >= FIRST_ADDRESS && value < FIRST_ADDRESS + MOST_ADDRESSES;

/** The address of a cell on the processor, in address units; NaN for a value that cannot be one. */
export function cellAddress(program: Program, address: number): number {
  const number = Number.isNaN(address) ? Number.NaN : Number(onProcessor(program, address));
  return isExact(number) ? number : Number.NaN;
}

/** Bits of a cell. */
export const bitsAt = (program: Program, address: number): 8 | 16 | 32 | 64 => {
  if (program.dialect === "asm") return 64;
  if (program.dialect === "x86") return 32;
  return program.variables.findLast((v) => v.address <= address)?.bits ?? 64;
};
