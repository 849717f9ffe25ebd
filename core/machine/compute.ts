import { COMPUTE, type ComputeFunction } from "../isa/operations.ts";
import { CF, SF, ZF } from "../isa/x86-registers.ts";
import { isSymbolic } from "./symbolic.ts";
import { add, fromBigInt, isExact, order, subtract, toBigInt, type WideIntegers } from "./wide.ts";

/** Number of bits that a computation has; 0: as many as the values need, which X86's `MOV` has in herd. */
export type Width = 0 | 8 | 16 | 32 | 64;

/** How a `COMPUTE_…` operation works; packed into `Code.compute`. */
export interface Computation {
  readonly function: ComputeFunction;
  readonly width: Width;
  /** A result narrower than its register fills it up with zeros, as in X86_64; otherwise it keeps its sign. */
  readonly zeroExtend?: boolean;
  /** The right value is the immediate. */
  readonly immediate?: boolean;
  /** The left value is the memory cell. */
  readonly memoryLeft?: boolean;
  /** The old value of the memory cell goes to register b. */
  readonly fetch?: boolean;
}

const WIDTHS: readonly Width[] = [0, 8, 16, 32, 64];

export const packComputation = (c: Computation): number =>
  c.function |
  (WIDTHS.indexOf(c.width) << 4) |
  (c.zeroExtend ? 1 << 7 : 0) |
  (c.immediate ? 1 << 8 : 0) |
  (c.memoryLeft ? 1 << 9 : 0) |
  (c.fetch ? 1 << 10 : 0);

export const functionOf = (packed: number): ComputeFunction => (packed & 15) as ComputeFunction;
export const widthOf = (packed: number): Width => WIDTHS[(packed >> 4) & 7]!;
export const isImmediate = (packed: number): boolean => (packed & (1 << 8)) !== 0;
export const isMemoryLeft = (packed: number): boolean => (packed & (1 << 9)) !== 0;
export const isFetching = (packed: number): boolean => (packed & (1 << 10)) !== 0;
/** Whether only the flags are a result. */
export const isForFlags = (packed: number): boolean => functionOf(packed) >= COMPUTE.COMPARE;

/** What a value is in a register, if it is the result of a computation. */
export function inRegister(packed: number, value: number): number {
  const width = widthOf(packed);
  return packed & (1 << 7) && width < 64 && value < 0 ? value + 2 ** width : value;
}

/** Cuts a value to a number of bits, as a signed number. An address is not cut, except to less than 32 bits, which gives NaN. */
export function cut(wide: WideIntegers, value: number, width: Width): number {
  if (width === 0 || Number.isNaN(value)) return value;
  if (isSymbolic(value)) return width >= 32 ? value : Number.NaN;
  if (isExact(value)) {
    if (width === 64) return value;
    return width === 32 ? value | 0 : (value << (32 - width)) >> (32 - width);
  }
  return fromBigInt(wide, BigInt.asIntN(width, toBigInt(wide, value)));
}

/**
 * The result of a function for two values that are cut to its width; NaN if it depends on where a variable lies in memory, or is a
 * number that looks like an address (see symbolic.ts).
 */
export function compute(wide: WideIntegers, packed: number, left: number, right: number): number {
  const width = widthOf(packed);
  const result = cut(wide, raw(wide, packed, left, right), width);
  return isSymbolic(result) && !isSymbolic(left) && !isSymbolic(right) ? Number.NaN : result;
}

function raw(wide: WideIntegers, packed: number, left: number, right: number): number {
  switch (functionOf(packed)) {
    case COMPUTE.MOVE:
      return right;
    case COMPUTE.ADD:
      return moved(left, right, add(wide, left, right));
    case COMPUTE.SUB:
    case COMPUTE.COMPARE:
    case COMPUTE.EQUAL:
      if (left === right) return 0;
      return isSymbolic(right) ? Number.NaN : moved(left, right, subtract(wide, left, right));
    case COMPUTE.INCREMENT:
      return moved(left, 0, add(wide, left, 1));
    case COMPUTE.DECREMENT:
      return moved(left, 0, subtract(wide, left, 1));
    default:
      return bitwise(wide, packed, left, right);
  }
}

/** A sum or a difference: of an address and a number an address again, of two addresses nothing that can be told. */
function moved(left: number, right: number, result: number): number {
  if (!isSymbolic(left) && !isSymbolic(right)) return result;
  return isSymbolic(left) !== isSymbolic(right) && isSymbolic(result) ? result : Number.NaN;
}

function bitwise(wide: WideIntegers, packed: number, left: number, right: number): number {
  const f = functionOf(packed);
  const width = widthOf(packed);
  if (isSymbolic(left) || isSymbolic(right)) {
    if (left === right) return f === COMPUTE.XOR ? 0 : left;
    if ((f === COMPUTE.XOR || f === COMPUTE.OR) && (left === 0 || right === 0)) return left || right;
    return Number.NaN;
  }
  if (f === COMPUTE.SHL) {
    const count = right & (width === 64 ? 63 : 31);
    return fromBigInt(wide, BigInt.asIntN(64, toBigInt(wide, left) << BigInt(count)));
  }
  if (left === (left | 0) && right === (right | 0)) {
    return f === COMPUTE.OR ? left | right : f === COMPUTE.XOR ? left ^ right : left & right;
  }
  const [x, y] = [toBigInt(wide, left), toBigInt(wide, right)];
  return fromBigInt(wide, f === COMPUTE.OR ? x | y : f === COMPUTE.XOR ? x ^ y : x & y);
}

/**
 * The flags after a computation. As in herd, SF means "greater": than the right value for comparisons, than 0 for all other functions; CF is
 * cleared, but for increments and decrements, which keep it.
 */
export function flagsAfter(
  wide: WideIntegers,
  packed: number,
  before: number,
  left: number,
  right: number,
  result: number,
): number {
  const f = functionOf(packed);
  if (f === COMPUTE.MOVE) return before;
  const sign =
    f === COMPUTE.COMPARE || f === COMPUTE.EQUAL ? order(wide, left, right) : order(wide, result, 0);
  const equal = sign === 0 ? ZF : 0;
  if (f === COMPUTE.EQUAL) return (before & ~ZF) | equal;
  const kept = f === COMPUTE.INCREMENT || f === COMPUTE.DECREMENT ? before & CF : 0;
  return kept | equal | (sign > 0 ? SF : 0);
}
