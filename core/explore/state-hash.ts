/** The golden ratio, as hash functions use it. */
export const FACTOR = 0x9e3779b1;

/** High bits choose the bucket, low bits the place in its index. */
export const hash = (words: Int32Array, at: number, size: number): number => scatter(sum(words, at, size));

/** What is hashed: the words of a state multiplied by powers of a constant and added up. */
function sum(words: Int32Array, at: number, size: number): number {
  let total = 0;
  for (let w = size - 1; w >= 0; w--) total = Math.imul(total + words[at + w]!, FACTOR);
  return total;
}

/** Spreads a sum over all bits. */
export function scatter(total: number): number {
  const h = Math.imul(total ^ (total >>> 15), 0x85ebca6b);
  return h ^ (h >>> 13);
}
