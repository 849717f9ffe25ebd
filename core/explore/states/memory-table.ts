import { type Memory, readCell } from "../../machine/memory.ts";
import { grow } from "./grow.ts";
import { NumberTable } from "./number-table.ts";
import { PairMap } from "./pair-map.ts";

/**
 * The memories that an exploration meets, each under a number: memory 0 is the one at the start. Cells and values have numbers,
 * too, given out when they are first seen; a memory is a row of value numbers, one a cell. Number 0 is what the cell holds at the start, so
 * that a cell that is seen later changes no row.
 */
export class MemoryTable {
  /** Number of memories. */
  count = 1;
  /** Value numbers: `rows[memory * stride + cell]`. */
  rows: Int32Array;
  stride = 4;
  /** Cells copied into new rows: work that grows with the number of cells. */
  cellsCopied = 0;
  /** Number of pairs of a memory and a write to it that have been asked for. */
  writesMade = 0;

  private readonly start: Memory;
  private readonly addresses = new NumberTable();
  private readonly values = new NumberTable();
  private readonly writes = new PairMap();
  private writeCount = 0;
  private writeCell = new Int32Array(64);
  private writeValue = new Int32Array(64);
  /** The memory after an effect, by memory and effect. */
  readonly written = new PairMap();
  /** Open addressing from a row's content to its memory; -1: empty. */
  private index = new Int32Array(64).fill(-1);

  constructor(start: Memory) {
    this.start = start;
    this.rows = new Int32Array(64 * this.stride);
    this.index[this.findSlot(0)] = 0;
  }

  /** The number of the cell at an address. */
  cell(address: number): number {
    const cell = this.addresses.intern(address);
    if (cell === this.stride) this.widen();
    return cell;
  }

  get cellCount(): number {
    return this.addresses.count;
  }

  /** Numbers that values, and effects of `write`, have got are below these. */
  get valueCount(): number {
    return this.values.count + 1;
  }

  get effectCount(): number {
    return this.writeCount + 1;
  }

  addressOf(cell: number): number {
    return this.addresses.at(cell);
  }

  /** What a value number means in a cell; NaN stands for "not mapped". */
  valueOf(cell: number, number: number): number {
    return number === 0 ? readCell(this.start, this.addresses.at(cell)) : this.values.at(number - 1);
  }

  /** What the cell at an address holds in a memory; NaN where nothing is mapped. */
  read(memory: number, address: number): number {
    const cell = this.addresses.find(address);
    if (cell < 0) return readCell(this.start, address);
    return this.valueOf(cell, this.rows[memory * this.stride + cell]!);
  }

  /** The number of the effect "this cell gets this value"; never 0. */
  write(address: number, value: number): number {
    const cell = this.cell(address);
    const number = readCell(this.start, address) === value ? 0 : this.values.intern(value) + 1;
    const known = this.writes.get(cell, number);
    if (known >= 0) return known;
    const write = ++this.writeCount;
    this.writeCell = grow(this.writeCell, write);
    this.writeValue = grow(this.writeValue, write);
    this.writeCell[write - 1] = cell;
    this.writeValue[write - 1] = number;
    this.writes.add(cell, number, write);
    return write;
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
    this.writesMade++;
    return result;
  }

  /** Visits every write that has been asked for: the memory, the effect, and the memory after it. */
  forEachWrite(visit: (memory: number, write: number, after: number) => void): void {
    this.written.forEach(visit);
  }

  get byteLength(): number {
    const { rows, index, writeCell, writeValue, addresses, values, written, writes } = this;
    return [rows, index, writeCell, writeValue, addresses, values, written, writes].reduce(
      (sum, table) => sum + table.byteLength,
      0,
    );
  }

  /** The memory that differs from the one at the start in these cells: address and value, by turns. */
  holding(cells: Float64Array): number {
    for (let i = 0; i < cells.length; i += 2) this.cell(cells[i]!); // first of all: a new cell may widen all rows
    const row = this.copyRow(0);
    for (let i = 0; i < cells.length; i += 2) {
      const write = this.write(cells[i]!, cells[i + 1]!);
      this.rows[row + this.writeCell[write - 1]!] = this.writeValue[write - 1]!;
    }
    return this.keepRow();
  }

  /** The reverse of `holding`, cell by cell. */
  forEachChange(memory: number, visit: (address: number, value: number) => void): void {
    const row = memory * this.stride;
    for (let cell = 0; cell < this.cellCount; cell++) {
      const value = this.rows[row + cell]!;
      if (value !== 0) visit(this.addressOf(cell), this.valueOf(cell, value));
    }
  }

  private intern(memory: number, cell: number, value: number): number {
    const row = this.copyRow(memory);
    this.rows[row + cell] = value;
    return this.keepRow();
  }

  /** Copies a row behind the last one. @returns where it begins */
  private copyRow(memory: number): number {
    if ((this.count + 1) * this.stride > this.rows.length) {
      const grown = new Int32Array(this.rows.length * 2);
      grown.set(this.rows);
      this.rows = grown;
    }
    const row = this.count * this.stride;
    this.cellsCopied += this.stride;
    this.rows.copyWithin(row, memory * this.stride, (memory + 1) * this.stride);
    return row;
  }

  /** Keeps the row behind the last one if there is none like it. @returns its memory, or that of the one like it */
  private keepRow(): number {
    const slot = this.findSlot(this.count);
    if (this.index[slot]! >= 0) return this.index[slot]!;
    this.index[slot] = this.count++;
    if (this.count * 2 > this.index.length) this.reindex(this.index.length * 2);
    return this.count - 1;
  }

  /** The slot of a row: where an equal one is, or an empty slot. */
  private findSlot(memory: number): number {
    const { rows, stride, index } = this;
    const cells = this.addresses.count;
    let hash = 0;
    // What holds its first value adds nothing, so that hashes stay when cells are added.
    for (let c = 0; c < cells; c++) {
      const value = rows[memory * stride + c]!;
      if (value !== 0) hash = (hash + mix(c, value)) | 0;
    }
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

function mix(cell: number, value: number): number {
  const h = Math.imul(value ^ Math.imul(cell + 1, 0x85ebca6b), 0x9e3779b1);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
}
