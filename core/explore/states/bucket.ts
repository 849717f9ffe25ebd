import { grow } from "./grow.ts";

/**
 * A part of a set of states, small enough for a processor's cache: packed states in the order of arrival, with marks where each level begins.
 * They lie in a slot of linear memory, see `kernel/slots.as.ts`.
 */
export interface Bucket {
  /** Address of the slot, in bytes. */
  readonly slot: number;
  /** Where in linear memory its states begin, in words. */
  readonly states: number;
  count: number;
  /** The levels of which it has states, in ascending order, and the position of the first state of each. */
  levels: Int32Array;
  starts: Int32Array;
  levelCount: number;
}

/** Notes that the states of a bucket from `position` on belong to this level. @returns whether they are the first of it */
export function mark(bucket: Bucket, level: number, position: number): boolean {
  const { levelCount } = bucket;
  if (levelCount > 0 && bucket.levels[levelCount - 1] === level) return false;
  bucket.levels = grow(bucket.levels, levelCount + 1);
  bucket.starts = grow(bucket.starts, levelCount + 1);
  bucket.levels[levelCount] = level;
  bucket.starts[levelCount] = position;
  bucket.levelCount++;
  return true;
}

/** Index of the last of the first `count` ascending numbers that is not larger than a value, or -1. */
export function lastUpTo(numbers: Int32Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The buckets that have states of a level, one level behind the other: those of level l are from `offsets[l]` up to `offsets[l + 1]`. To go
 * through a deep search by level without asking every bucket for every level.
 */
export function bucketsByLevel(
  all: readonly Bucket[],
  depth: number,
): { readonly buckets: Int32Array; readonly offsets: Int32Array } {
  const offsets = new Int32Array(depth + 1);
  for (const { levels, levelCount } of all) {
    for (let l = 0; l < levelCount; l++) offsets[levels[l]!]!++;
  }
  for (let level = 1; level <= depth; level++) offsets[level]! += offsets[level - 1]!;
  const buckets = new Int32Array(offsets[depth]!);
  for (let b = all.length - 1; b >= 0; b--) {
    const { levels, levelCount } = all[b]!;
    for (let l = 0; l < levelCount; l++) buckets[--offsets[levels[l]!]!] = b;
  }
  return { buckets, offsets };
}
