/** The hash of a packed state, of 64 bits: the highest ones choose the bucket, those behind them are the tag and choose the group. */

const FACTOR: u64 = 0x9e3779b97f4a7c15;
const FACTOR_2: u64 = 0xd6e8feb86659fd93;

/** Of the state at an address. */
@inline
export function hash(state: u32, size: u32): u64 {
  if (size == 1) return hashOf<u32>(load<u32>(state));
  if (size == 2) return hashOf<u64>(load<u64>(state));
  let total: u64 = 0;
  for (let w: u32 = 0; w < size; w++) total = scatter(total + <u64>load<u32>(state + 4 * w));
  return total;
}

/** Of a state that is one number. */
@inline
export function hashOf<T>(state: T): u64 {
  return scatter(<u64>state);
}

/** Spreads a number over the upper bits. */
@inline
function scatter(number: u64): u64 {
  const h = number * FACTOR;
  return (h ^ (h >>> 32)) * FACTOR_2;
}

/** Eight bits, never 0. */
@inline
export function tagOf(h: u64): u32 {
  const bits = <u32>(h >>> 42) & 0xff;
  return bits == 0 ? 1 : bits;
}

@inline
export function groupOf(h: u64, groups: u32): u32 {
  return ((<u32>(h >>> 26) & 0xffff) * groups) >>> 16;
}
