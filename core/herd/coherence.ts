import { type Memory, readCell } from "../machine/memory.ts";

/** The name of a thread's n-th store to a cell, n from 0; 0 is the initial state. */
export const storeName = (thread: number, n: number): number => 1 + thread + n * THREADS;
const THREADS = 1024;
const threadOf = (name: number): number => (name - 1) % THREADS;

/** What a cell holds, and the name of the store that put it there. */
export interface NamedValue {
  readonly value: number;
  readonly writer: number;
}

interface Cell extends NamedValue {
  /** Number of the sequence of names that have reached the cell. */
  readonly chain: number;
  /** These names, the oldest first. */
  readonly names: readonly number[];
}

/**
 * Memories whose cells remember the names of their stores in the order in which these arrived (herd's coherence order), each under
 * a number: memory 0 is the one at the start.
 */
export class CoherenceTable {
  private readonly start: Memory;
  /** By memory: the cells that were written, by address. */
  private readonly memories: ReadonlyMap<number, Cell>[] = [new Map()];
  private readonly byKey = new Map<string, number>([["", 0]]);
  private readonly chains = new Map<string, number>();
  private readonly written = new Map<string, number>();

  constructor(start: Memory) {
    this.start = start;
  }

  read(memory: number, address: number): NamedValue {
    return this.memories[memory]!.get(address) ?? { value: readCell(this.start, address), writer: 0 };
  }

  /** How many stores of a thread have reached a cell. */
  storesBy(memory: number, address: number, thread: number): number {
    const names = this.memories[memory]!.get(address)?.names ?? [];
    return names.filter((name) => threadOf(name) === thread).length;
  }

  /** The memory after a thread's next store to a cell. */
  write(memory: number, address: number, value: number, thread: number): number {
    const step = `${memory},${address},${thread},${value}`;
    const known = this.written.get(step);
    if (known !== undefined) return known;
    const before = this.memories[memory]!;
    const writer = storeName(thread, this.storesBy(memory, address, thread));
    const cell = before.get(address);
    const link = `${cell?.chain ?? 0},${writer},${value}`;
    if (!this.chains.has(link)) this.chains.set(link, this.chains.size + 1);
    const chain = this.chains.get(link)!;
    const after = new Map(before).set(address, {
      value,
      writer,
      chain,
      names: [...(cell?.names ?? []), writer],
    });
    const number = this.number(after);
    this.written.set(step, number);
    return number;
  }

  /** The values alone: a text that is the same for memories that hold the same. */
  valuesOf(memory: number): string {
    return describe(this.memories[memory]!, ({ value }) => String(value));
  }

  /** The orders alone: a text that is the same for memories that the same stores have reached in the same order. */
  ordersOf(memory: number): string {
    return describe(this.memories[memory]!, ({ names }) => names.join("<"));
  }

  private number(cells: ReadonlyMap<number, Cell>): number {
    const key = describe(cells, ({ chain }) => String(chain));
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const number = this.memories.push(cells) - 1;
    this.byKey.set(key, number);
    return number;
  }
}

const describe = (cells: ReadonlyMap<number, Cell>, text: (cell: Cell) => string): string =>
  [...cells]
    .sort((a, b) => a[0] - b[0])
    .map(([address, cell]) => `${address}:${text(cell)}`)
    .join();
