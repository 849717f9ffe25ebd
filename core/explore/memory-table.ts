import { type Memory, readCell } from "../machine/memory.ts";
import { PairMap } from "./pair-map.ts";

/**
 * The memories that an exploration meets, each under a number: memory 0 is the one at the start. Cells and values have numbers,
 * too, given out when they are first seen; a memory is a row of value numbers, one a cell.
 */
export class MemoryTable {
  /** Number of memories. */
  count = 1;
  /** Value numbers: `rows[memory * stride + cell]`. */
  rows: Int32Array;
  stride = 4;

  private readonly start: Memory;
  private readonly addresses: number[] = [];
  private readonly cellByAddress = new Map<number, number>();
  private readonly values: number[] = [];
  private readonly valueByNumber = new Map<number, number>();
  private readonly writes = new PairMap();
  private readonly writeCell: number[] = [];
  private readonly writeValue: number[] = [];
  private readonly written = new PairMap();
  /** Open addressing from a row's content to its memory; -1: empty. */
  private index = new Int32Array(64).fill(-1);

  constructor(start: Memory) {
    this.start = start;
    this.rows = new Int32Array(64 * this.stride);
    this.index[this.findSlot(0)] = 0;
  }

  /** The number of the cell at an address. */
  cell(address: number): number {
    const known = this.cellByAddress.get(address);
    if (known !== undefined) return known;
    const cell = this.addresses.length;
    if (cell === this.stride) this.widen();
    this.addresses.push(address);
    this.cellByAddress.set(address, cell);
    const first = this.value(readCell(this.start, address));
    for (let m = 0; m < this.count; m++) this.rows[m * this.stride + cell] = first;
    this.reindex(this.index.length);
    return cell;
  }

  get cellCount(): number {
    return this.addresses.length;
  }

  addressOf(cell: number): number {
    return this.addresses[cell]!;
  }

  /** The number of a value; NaN stands for "not mapped". */
  value(value: number): number {
    let number = this.valueByNumber.get(value);
    if (number === undefined) {
      number = this.values.length;
      this.values.push(value);
      this.valueByNumber.set(value, number);
    }
    return number;
  }

  valueOf(number: number): number {
    return this.values[number]!;
  }

  /** What the cell at an address holds in a memory; NaN where nothing is mapped. */
  read(memory: number, address: number): number {
    const cell = this.cellByAddress.get(address);
    if (cell === undefined) return readCell(this.start, address);
    return this.values[this.rows[memory * this.stride + cell]!]!;
  }

  /** The number of the effect "this cell gets this value"; never 0. */
  write(address: number, value: number): number {
    const cell = this.cell(address);
    const number = this.value(value);
    const known = this.writes.get(cell, number);
    if (known >= 0) return known;
    this.writeCell.push(cell);
    this.writeValue.push(number);
    this.writes.add(cell, number, this.writeCell.length);
    return this.writeCell.length;
  }

  /** The cell that an effect of `write` changes. */
  cellOfWrite(write: number): number {
    return this.writeCell[write - 1]!;
  }

  /** The memory after an effect of `write`. */
  after(memory: number, write: number): number {
    const known = this.written.get(memory, write);
    if (known >= 0) return known;
    const result = this.intern(memory, this.writeCell[write - 1]!, this.writeValue[write - 1]!);
    this.written.add(memory, write, result);
    return result;
  }

  get byteLength(): number {
    return this.rows.byteLength + this.index.byteLength + this.written.byteLength + this.writes.byteLength;
  }

  /** Writes the changed row behind the last one, and keeps it if there is none like it. */
  private intern(memory: number, cell: number, value: number): number {
    if ((this.count + 1) * this.stride > this.rows.length) {
      const grown = new Int32Array(this.rows.length * 2);
      grown.set(this.rows);
      this.rows = grown;
    }
    const row = this.count * this.stride;
    this.rows.copyWithin(row, memory * this.stride, (memory + 1) * this.stride);
    this.rows[row + cell] = value;
    const slot = this.findSlot(this.count);
    if (this.index[slot]! >= 0) return this.index[slot]!;
    this.index[slot] = this.count++;
    if (this.count * 2 > this.index.length) this.reindex(this.index.length * 2);
    return this.count - 1;
  }

  /** The slot of a row: where an equal one is, or an empty slot. */
  private findSlot(memory: number): number {
    const { rows, stride, index } = this;
    const cells = this.addresses.length;
    let hash = 0;
    for (let c = 0; c < cells; c++)
      hash = Math.imul(hash ^ rows[memory * stride + c]!, 0x9e3779b1) ^ (hash >>> 13);
    for (let at = (hash ^ (hash >>> 16)) & (index.length - 1); ; at = (at + 1) & (index.length - 1)) {
      const other = index[at]!;
      if (other < 0) return at;
      let c = 0;
      while (c < cells && rows[memory * stride + c] === rows[other * stride + c]) c++;
      if (c === cells) return at;
    }
  }

  private reindex(size: number): void {
    this.index = new Int32Array(size).fill(-1);
    for (let m = 0; m < this.count; m++) this.index[this.findSlot(m)] = m;
  }

  private widen(): void {
    const { rows, stride } = this;
    this.stride = stride * 2;
    this.rows = new Int32Array(rows.length * 2);
    for (let m = 0; m < this.count; m++) {
      this.rows.set(rows.subarray(m * stride, (m + 1) * stride), m * this.stride);
    }
  }
}
