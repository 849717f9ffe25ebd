/** The golden ratio, as hash functions use it. */
const FACTOR = 0x9e3779b1;

/** A hash of the packed state at `words[at …]`, for tables beside the set of states, which has its own. */
export function hash(words: Int32Array, at: number, size: number): number {
  let total = 0;
  for (let w = size - 1; w >= 0; w--) total = Math.imul(total + words[at + w]!, FACTOR);
  const h = Math.imul(total ^ (total >>> 15), 0x85ebca6b);
  return h ^ (h >>> 13);
}
