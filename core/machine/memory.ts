/**
 * Memory as dialect §6.1 has it: cells at integer addresses, no bytes, no alignment. Addresses from 0 up to the memory
 * size are mapped and hold 0 at first; any other address comes into being when it is written.
 */
export interface Memory {
  /** Cells 0 … mapped−1 can be read before they are written. */
  readonly mapped: number;
  /** The low cells, by address. */
  readonly cells: Float64Array;
  /** For each page of `cells` whether anything was ever written there, so that copies and digests skip the rest. */
  readonly touched: Uint8Array;
  /** All other cells that were written, by address. */
  readonly far: Map<number, number>;
}

const PAGE_BITS = 8;
export const PAGE_CELLS = 1 << PAGE_BITS;

/** Low cells are kept in an array of at most this many, 8 MB; a larger memory spills into the map. */
const MOST_LOW_CELLS = 1 << 20;

/** A memory of `mapped` cells (may be 0 or less: nothing is mapped), all 0. */
export function createMemory(mapped: number): Memory {
  const low = Math.min(Math.max(0, mapped), MOST_LOW_CELLS);
  return {
    mapped: Math.max(0, mapped),
    cells: new Float64Array(low),
    touched: new Uint8Array(Math.ceil(low / PAGE_CELLS)),
    far: new Map(),
  };
}

/** The value of a cell, or NaN where nothing is mapped. */
export function readCell(memory: Memory, address: number): number {
  if (address >= 0 && address < memory.cells.length) return memory.cells[address]!;
  return readFar(memory, address);
}

function readFar(memory: Memory, address: number): number {
  const value = memory.far.get(address);
  if (value !== undefined) return value;
  return address >= 0 && address < memory.mapped ? 0 : Number.NaN;
}

export function writeCell(memory: Memory, address: number, value: number): void {
  if (address >= 0 && address < memory.cells.length) {
    memory.cells[address] = value;
    memory.touched[address >> PAGE_BITS] = 1;
  } else memory.far.set(address, value);
}

/** Calls `visit` for every cell that is not as it was at first, in no particular order. */
export function forEachCell(memory: Memory, visit: (address: number, value: number) => void): void {
  for (let page = 0; page < memory.touched.length; page++) {
    if (!memory.touched[page]) continue;
    const start = page << PAGE_BITS;
    const end = Math.min(start + PAGE_CELLS, memory.cells.length);
    for (let i = start; i < end; i++) if (memory.cells[i] !== 0) visit(i, memory.cells[i]!);
  }
  for (const [address, value] of memory.far) {
    if (value !== 0 || address < 0 || address >= memory.mapped) visit(address, value);
  }
}

/** The cells that differ from their first value: a memory's contents in little room. */
export interface MemorySnapshot {
  readonly addresses: Float64Array;
  readonly values: Float64Array;
}

export function saveMemory(memory: Memory): MemorySnapshot {
  const addresses: number[] = [];
  const values: number[] = [];
  forEachCell(memory, (address, value) => {
    addresses.push(address);
    values.push(value);
  });
  return { addresses: Float64Array.from(addresses), values: Float64Array.from(values) };
}

export function restoreMemory(memory: Memory, snapshot: MemorySnapshot): void {
  for (let page = 0; page < memory.touched.length; page++) {
    if (memory.touched[page]) memory.cells.fill(0, page << PAGE_BITS, (page + 1) << PAGE_BITS);
  }
  memory.touched.fill(0);
  memory.far.clear();
  for (const [i, address] of snapshot.addresses.entries()) writeCell(memory, address, snapshot.values[i]!);
}

/** Whether a memory holds what it held when the snapshot was taken. */
export function isMemoryAsSaved(memory: Memory, { addresses, values }: MemorySnapshot): boolean {
  for (let i = 0; i < addresses.length; i++) if (readCell(memory, addresses[i]!) !== values[i]) return false;
  let cells = 0;
  forEachCell(memory, () => cells++);
  return cells === addresses.length;
}
