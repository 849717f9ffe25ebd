import type { WideIntegers } from "../../machine/wide.ts";
import { Digest } from "../digest.ts";
import { grow } from "../grow.ts";
import type { MemoryTable } from "../memory-table.ts";

/** Hashes of memories that depend on what is in them and not on how they are numbered. */
export class MemoryDigests {
  private readonly memories: MemoryTable;
  private readonly digest: Digest;
  private digests = new Int32Array(64);
  private count = 0;

  constructor(memories: MemoryTable, wide: WideIntegers) {
    this.memories = memories;
    this.digest = new Digest(wide);
  }

  /** By memory its digest, for all that there are now. */
  upToDate(): Int32Array {
    const { memories } = this;
    for (; this.count < memories.count; this.count++) {
      this.digests = grow(this.digests, this.count + 1);
      let sum = 0;
      memories.forEachChange(this.count, (address, value) => {
        sum += this.digest.begin().add(address).add(value).end().low;
      });
      this.digests[this.count] = sum | 0;
    }
    return this.digests;
  }

  get byteLength(): number {
    return this.digests.byteLength;
  }
}
