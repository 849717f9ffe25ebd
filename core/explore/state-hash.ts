import type { Layout } from "./layout.ts";

/** The golden ratio, as hash functions use it. */
export const FACTOR = 0x9e3779b1;

/** High bits choose the bucket, low bits the place in its index. */
export const hash = (words: Int32Array, at: number, size: number): number => scatter(sum(words, at, size));

/**
 * What is hashed: the words of a state multiplied by powers of a constant and added up. That of a state which differs in one
 * field is found without looking at the others, see `StateSet.weights`.
 */
export function sum(words: Int32Array, at: number, size: number): number {
  let total = 0;
  for (let w = size - 1; w >= 0; w--) total = Math.imul(total + words[at + w]!, FACTOR);
  return total;
}

/** By field, how much the sum of a state's words grows when the field grows by one. */
export function weights({ words, word, shift }: Layout): Int32Array {
  const powers = new Int32Array(words);
  for (let w = 0, power = FACTOR; w < words; w++, power = Math.imul(power, FACTOR)) powers[w] = power;
  return Int32Array.from(shift, (by, field) => Math.imul(powers[word[field]!]!, 1 << by));
}

/** Spreads a sum over all bits. */
export function scatter(total: number): number {
  const h = Math.imul(total ^ (total >>> 15), 0x85ebca6b);
  return h ^ (h >>> 13);
}
