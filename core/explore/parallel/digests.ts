import type { WideIntegers } from "../../machine/wide.ts";
import { Digest } from "../states/digest.ts";
import { grow } from "../states/grow.ts";
import type { MemoryTable } from "../states/memory-table.ts";
import type { LocalTable } from "../threads/local-table.ts";

/** Hashes of what is in a table that grows; they depend on what it is and not on how it is numbered. */
export class Digests {
  private readonly table: { readonly count: number };
  private readonly digestOf: (number: number) => number;
  private digests = new Int32Array(64);
  private count = 0;

  constructor(table: { readonly count: number }, digestOf: (number: number) => number) {
    this.table = table;
    this.digestOf = digestOf;
  }

  /** By number the digest of all that there is now. */
  upToDate(): Int32Array {
    for (; this.count < this.table.count; this.count++) {
      this.digests = grow(this.digests, this.count + 1);
      this.digests[this.count] = this.digestOf(this.count);
    }
    return this.digests;
  }

  get byteLength(): number {
    return this.digests.byteLength;
  }
}

/** Of memories: of what differs from the start. */
export function memoryDigests(memories: MemoryTable, wide: WideIntegers): Digests {
  const digest = new Digest(wide);
  return new Digests(memories, (memory) => {
    let sum = 0;
    memories.forEachChange(memory, (address, value) => {
      sum += digest.begin().add(address).add(value).end().low;
    });
    return sum | 0;
  });
}

/** Of local states: of the stores in their buffers, 0 for an empty one. */
export function bufferDigests(locals: LocalTable, wide: WideIntegers): Digests {
  const digest = new Digest(wide);
  return new Digests(locals, (local) => {
    const numbers = locals.numbers(local);
    const { from, to } = locals.storesIn(numbers.length);
    if (from === to) return 0;
    digest.begin();
    for (let i = from; i < to; i++) digest.add(numbers[i]!);
    return digest.end().low;
  });
}
