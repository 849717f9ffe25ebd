import type { WideIntegers } from "../../machine/wide.ts";
import { Digest } from "../digest.ts";
import { grow } from "../grow.ts";
import type { LocalTable } from "../local-table.ts";

/** Hashes of the stores that are in the buffers of local states; they depend on nothing else. 0 for an empty buffer. */
export class BufferDigests {
  private readonly locals: LocalTable;
  private readonly digest: Digest;
  private digests = new Int32Array(64);
  private count = 0;

  constructor(locals: LocalTable, wide: WideIntegers) {
    this.locals = locals;
    this.digest = new Digest(wide);
  }

  /** By local state its digest, for all that there are now. */
  upToDate(): Int32Array {
    const { locals } = this;
    for (; this.count < locals.count; this.count++) {
      this.digests = grow(this.digests, this.count + 1);
      const numbers = locals.numbers(this.count);
      const { from, to } = locals.storesIn(numbers.length);
      if (from === to) continue;
      this.digest.begin();
      for (let i = from; i < to; i++) this.digest.add(numbers[i]!);
      this.digests[this.count] = this.digest.end().low;
    }
    return this.digests;
  }

  get byteLength(): number {
    return this.digests.byteLength;
  }
}
