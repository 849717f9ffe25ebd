import { type Memory, readCell } from "../machine/memory.ts";

/** What a cell holds, and the name of the store that put it there; 0 is the initial state. */
export interface NamedValue {
  readonly value: number;
  readonly writer: number;
}

/**
 * Memories whose cells remember the names of their stores in the order in which these arrived (herd's coherence order), each under
 * a number: memory 0 is the one at the start.
 */
export class CoherenceTable {
  private readonly start: Memory;
  /** By memory: what was written, by address, with the number of the cell's whole chain of names. */
  private readonly memories: ReadonlyMap<number, NamedValue & { readonly chain: number }>[] = [new Map()];
  private readonly byKey = new Map<string, number>([["", 0]]);
  private readonly chains = new Map<string, number>();
  private readonly written = new Map<string, number>();

  constructor(start: Memory) {
    this.start = start;
  }

  read(memory: number, address: number): NamedValue {
    return this.memories[memory]!.get(address) ?? { value: readCell(this.start, address), writer: 0 };
  }

  /** The memory after a store with a name. */
  write(memory: number, address: number, value: number, writer: number): number {
    const step = `${memory},${address},${writer},${value}`;
    const known = this.written.get(step);
    if (known !== undefined) return known;
    const before = this.memories[memory]!;
    const link = `${before.get(address)?.chain ?? 0},${writer}`;
    if (!this.chains.has(link)) this.chains.set(link, this.chains.size + 1);
    const after = new Map(before).set(address, { value, writer, chain: this.chains.get(link)! });
    const key = [...after]
      .sort((a, b) => a[0] - b[0])
      .map(([a, { chain, value: v }]) => `${a}:${chain}:${v}`)
      .join();
    let number = this.byKey.get(key);
    if (number === undefined) {
      number = this.memories.push(after) - 1;
      this.byKey.set(key, number);
    }
    this.written.set(step, number);
    return number;
  }

  /** The values alone: a text that is the same for memories that hold the same. */
  valuesOf(memory: number): string {
    return [...this.memories[memory]!]
      .sort((a, b) => a[0] - b[0])
      .map(([address, { value }]) => `${address}:${value}`)
      .join();
  }
}
