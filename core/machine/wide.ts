/**
 * Integers of any size, as dialect §6.1 wants them, without slowing down the small ones. A value up to ±(2^53 − 1) is itself. A larger one
 * is a *handle*: ±2^1000 × (1 + k × 2^-40), where k is the place of its magnitude in a table of the program. Handles are so far apart
 * and so far out that double arithmetic with them is either right (h − h = 0, h × 0 = 0, −h, comparison with a small number) or not exact,
 * and what is not exact is done again here. So the machine's fast path needs one test of its result and nothing else.
 */
export interface WideIntegers {
  readonly magnitudes: bigint[];
  /** Place of each magnitude in `magnitudes`. */
  readonly places: Map<bigint, number>;
}

export const createWideIntegers = (): WideIntegers => ({ magnitudes: [], places: new Map() });

const FIRST_HANDLE = 2 ** 1000;
const STEP = 2 ** -40;

/** Numbers may have about 4,300 digits, the most that Python prints. */
const MOST_BITS = 14_284;
const MOST = 1n << BigInt(MOST_BITS);

/** Whether a value is itself, not a handle and not the inexact result of an operation. */
export const isExact = (value: number): boolean =>
  value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;

export function toBigInt(wide: WideIntegers, value: number): bigint {
  if (isExact(value)) return BigInt(value);
  const place = Math.round((Math.abs(value) / FIRST_HANDLE - 1) / STEP);
  const magnitude = wide.magnitudes[place]!;
  return value < 0 ? -magnitude : magnitude;
}

/** A value for an integer, or NaN if it has too many digits. */
export function fromBigInt(wide: WideIntegers, integer: bigint): number {
  const magnitude = integer < 0n ? -integer : integer;
  if (magnitude <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(integer);
  if (magnitude >= MOST) return Number.NaN;
  let place = wide.places.get(magnitude);
  if (place === undefined) {
    place = wide.magnitudes.push(magnitude) - 1;
    wide.places.set(magnitude, place);
  }
  const handle = FIRST_HANDLE * (1 + place * STEP);
  return integer < 0n ? -handle : handle;
}

/** A value for the digits of a text, with an optional minus before them; NaN if there are too many. */
export function parseInteger(wide: WideIntegers, text: string): number {
  const value = Number(text) + 0; // + 0: −0 is 0
  if (isExact(value)) return value;
  return text.length > MOST_BITS ? Number.NaN : fromBigInt(wide, BigInt(text));
}

/** A value in decimal digits. */
export const integerText = (wide: WideIntegers, value: number): string =>
  isExact(value) ? String(value) : String(toBigInt(wide, value));

/** x + y, or NaN if that has too many digits; likewise the others. */
export function add(wide: WideIntegers, x: number, y: number): number {
  const sum = x + y;
  return isExact(sum) ? sum : fromBigInt(wide, toBigInt(wide, x) + toBigInt(wide, y));
}

export function subtract(wide: WideIntegers, x: number, y: number): number {
  const difference = x - y;
  return isExact(difference) ? difference : fromBigInt(wide, toBigInt(wide, x) - toBigInt(wide, y));
}

export function multiply(wide: WideIntegers, x: number, y: number): number {
  const product = x * y + 0; // + 0: −0 is 0
  return isExact(product) ? product : fromBigInt(wide, toBigInt(wide, x) * toBigInt(wide, y));
}

/** Negative, 0 or positive as x is less than, equal to or greater than y. */
export function order(wide: WideIntegers, x: number, y: number): number {
  if (isExact(x) || isExact(y) || x === y) return x < y ? -1 : x > y ? 1 : 0;
  return toBigInt(wide, x) < toBigInt(wide, y) ? -1 : 1;
}
