import { isSymbolic } from "../machine/symbolic.ts";
import { fromBigInt, toBigInt, type WideIntegers } from "../machine/wide.ts";

/** A declared integer type. It says how values are shown and compared in conditions; `int` where nothing is declared. */
export interface IntegerType {
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

export const INT: IntegerType = { bits: 32, signed: true };

const TYPES: Readonly<Record<string, IntegerType>> = {
  int: INT,
  unsigned: { bits: 32, signed: false },
  long: { bits: 64, signed: true },
  short: { bits: 16, signed: true },
  char: { bits: 8, signed: true },
  intptr_t: { bits: 64, signed: true },
  uintptr_t: { bits: 64, signed: false },
  ...Object.fromEntries(
    ([8, 16, 32, 64] as const).flatMap((bits) => [
      [`int${bits}_t`, { bits, signed: true }],
      [`uint${bits}_t`, { bits, signed: false }],
    ]),
  ),
};

export const TYPE_NAMES: readonly string[] = Object.keys(TYPES);

export const integerType = (name: string): IntegerType | undefined =>
  Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;

/** What a value is when it is seen as one of a type; addresses stay what they are. */
export function asType(wide: WideIntegers, value: number, { bits, signed }: IntegerType): number {
  if (isSymbolic(value) || Number.isNaN(value)) return value;
  if (bits === 32 && value === (value | 0) && (signed || value >= 0)) return value;
  const integer = toBigInt(wide, value);
  return fromBigInt(wide, signed ? BigInt.asIntN(bits, integer) : BigInt.asUintN(bits, integer));
}
