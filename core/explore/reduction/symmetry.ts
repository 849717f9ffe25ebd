import type { ThreadClass } from "../threads/thread-class.ts";

/** Puts states that differ only in the order of interchangeable threads into one form. */
export interface Symmetry {
  /** Lists of threads that are interchangeable, each in ascending order; those with one thread are left out. */
  readonly orbits: readonly (readonly number[])[];
  /** Those of them whose registers are asked for, so that in which order they stand makes an outcome. */
  readonly asked: readonly (readonly number[])[];
}

/** Orders of threads that are tried for one final state, without a look at any limit: those of seven threads. */
const MOST_ORDERS = 5040;

/** The threads that can be in the place of one, itself included. */
export const alike = ({ orbits }: Symmetry, thread: number): readonly number[] =>
  orbits.find((threads) => threads.includes(thread)) ?? [thread];

/** Threads whose registers are asked for are taken for interchangeable only where there are few: twelve would have half a billion orders. */
export function createSymmetry(classes: readonly ThreadClass[]): Symmetry {
  const orbits: (readonly number[])[] = [];
  const asked: (readonly number[])[] = [];
  let orders = 1;
  for (const { threads, observed } of classes) {
    if (threads.length < 2) continue;
    if (observed !== 0) {
      const more = threads.reduce((product, _, i) => product * (i + 1), orders);
      if (more > MOST_ORDERS) continue;
      orders = more;
      asked.push(threads);
    }
    orbits.push(threads);
  }
  return { orbits, asked };
}

/**
 * Sorts the local states of interchangeable threads. `names`, if given, is permuted alike.
 * @param digests two words a local state, by which they are sorted: so that their order does not depend on their numbers
 */
export function canonicalize(
  { orbits }: Symmetry,
  digests: Int32Array,
  fields: Int32Array,
  names?: Int32Array,
): void {
  for (const threads of orbits) {
    for (let i = 1; i < threads.length; i++) {
      for (let j = i; j > 0; j--) {
        const left = threads[j - 1]!;
        const right = threads[j]!;
        if (inOrder(digests, fields[left]!, fields[right]!)) break;
        swap(fields, left, right);
        if (names) swap(names, left, right);
      }
    }
  }
}

function inOrder(digests: Int32Array, left: number, right: number): boolean {
  const first = digests[2 * left]!;
  const second = digests[2 * right]!;
  return first < second || (first === second && digests[2 * left + 1]! <= digests[2 * right + 1]!);
}

function swap(array: Int32Array, i: number, j: number): void {
  const kept = array[i]!;
  array[i] = array[j]!;
  array[j] = kept;
}

/**
 * All different ways to deal the local states of `fields` to interchangeable threads whose registers are asked for; each is a permutation
 * of threads: result[t] is where t's local state comes from.
 */
export function arrangements({ asked }: Symmetry, fields: Int32Array): Int32Array[] {
  const identity = Int32Array.from(fields.subarray(0, -1), (_, t) => t);
  return asked.reduce<Int32Array[]>(
    (all, threads) =>
      all.flatMap((base) =>
        permutations(threads.map((t) => fields[t]!)).map((order) => {
          const result = base.slice();
          for (const [i, from] of order.entries()) result[threads[i]!] = threads[from]!;
          return result;
        }),
      ),
    [identity],
  );
}

/** The orders of 0 … n−1 that give different sequences of the values at those places. */
function permutations(values: readonly number[]): number[][] {
  const result: number[][] = [];
  const rest = values.map((_, i) => i);
  const order: number[] = [];
  const visit = (): void => {
    if (order.length === values.length) {
      result.push([...order]);
      return;
    }
    const tried = new Set<number>();
    for (const i of rest) {
      if (order.includes(i) || tried.has(values[i]!)) continue;
      tried.add(values[i]!);
      order.push(i);
      visit();
      order.pop();
    }
  };
  visit();
  return result;
}
