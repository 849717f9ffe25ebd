import type { Program } from "./program.ts";

/**
 * Addresses of a litmus test's variables. herd takes them for symbols: an address is no number, and differs from all of them. Here they
 * lie between 2^52 and 2^53, where a double is still exact, and a computation whose result is a number of that size is refused.
 */
export const FIRST_SYMBOL = 2 ** 52;
const END_OF_SYMBOLS = 2 ** 53;

export const isSymbolic = (value: number): boolean => value >= FIRST_SYMBOL && value < END_OF_SYMBOLS;

/** How a symbolic value is called: `x`, `x+4`; undefined for a number, as all values of a `.s` program are. */
export function symbolText({ dialect, variables }: Program, value: number): string | undefined {
  if (dialect === "asm" || !isSymbolic(value)) return undefined;
  const base = variables.findLast((v) => v.address <= value);
  if (!base) return `${value}`;
  return value === base.address ? base.name : `${base.name}+${value - base.address}`;
}
