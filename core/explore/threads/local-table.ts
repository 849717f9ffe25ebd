import type { Fault, FaultKind } from "../../machine/fault.ts";
import type { StoreEntry } from "../../machine/store-buffer.ts";
import { grow } from "../states/grow.ts";
import type { LocalState } from "./local-machine.ts";

/** Numbers before the registers: class, pc, status, flags. */
const HEADER = 4;
/** The first number of a local state that can be a large integer. */
export const FIRST_VALUE = HEADER;
/** Numbers a buffered store: address, value, and, behind those of all stores, its source. */
const PER_STORE = 3;

/** From `FAULTED` on, the kinds of faults in the order in which they were met. */
const STATUS = { RUNNING: 0, HALTED: 1, FAULTED: 2 } as const;

/** A fault as an object on the heap, and its entry in the map. */
const BYTES_A_FAULT = 300;

/**
 * The local states that an exploration meets, each once and under a number. They lie one behind the other in one array of doubles: as
 * objects they would take ten times the room, and a program that counts without end would exhaust the heap, which has a limit of its own.
 */
export class LocalTable {
  count = 0;
  private readonly registers: number;
  private data = new Float64Array(1024);
  /** The same memory as words, for hashing and comparing. */
  private words = new Int32Array(this.data.buffer);
  /** Where each local state begins in `data`, and, behind the last one, where the free room begins. */
  private begins = new Uint32Array(64);
  /** Open addressing: number + 1; 0: empty. */
  private index = new Int32Array(128);
  private readonly faults = new Map<number, Fault>();
  private readonly faultKinds: FaultKind[] = [];

  /** @param registers how many registers a thread has */
  constructor(registers: number) {
    this.registers = registers;
  }

  /** The number of a local state: `count` as it was before, if it is a new one. Where a buffered store comes from tells no states apart. */
  intern(local: LocalState): number {
    const before = this.count;
    const number = this.keep(this.write(local));
    if (local.fault && number === before) this.faults.set(number, local.fault);
    return number;
  }

  /** `intern` of a local state without a fault that is given as `numbers` gives it. */
  internNumbers(numbers: Float64Array): number {
    const end = this.makeRoom(numbers.length);
    this.data.set(numbers, end - numbers.length);
    return this.keep(this.storesIn(numbers.length).to);
  }

  /**
   * A local state as numbers, which mean the same in the table of another part of the search: if it has no fault, and but for large integers,
   * which are only among those from `FIRST_VALUE` on, up to the last address or value of a store.
   */
  numbers(number: number): Float64Array {
    return this.data.subarray(this.begins[number]!, this.begins[number + 1]!);
  }

  /** Which of so many numbers of a local state are the addresses and values of its stores. */
  storesIn(length: number): { readonly from: number; readonly to: number } {
    const from = FIRST_VALUE + this.registers;
    return { from, to: from + (2 * (length - from)) / PER_STORE };
  }

  isFaulted(number: number): boolean {
    return this.faults.has(number);
  }

  /** The number of the local state behind the last one, `identity` of whose numbers count: `count`, which is one larger then, or a known one. */
  private keep(identity: number): number {
    if (2 * (this.count + 1) > this.index.length) this.reindex();
    const slot = this.findSlot(this.count, identity);
    const known = this.index[slot]!;
    if (known > 0) return known - 1;
    this.index[slot] = this.count + 1;
    return this.count++;
  }

  at(number: number): LocalState {
    const { data, registers } = this;
    const begin = this.begins[number]!;
    const firstStore = begin + HEADER + registers;
    const count = (this.begins[number + 1]! - firstStore) / PER_STORE;
    const stores = Array.from(
      { length: count },
      (_, i): StoreEntry => ({
        address: data[firstStore + 2 * i]!,
        value: data[firstStore + 2 * i + 1]!,
        source: data[firstStore + 2 * count + i]!,
      }),
    );
    const fault = this.faults.get(number);
    return {
      group: data[begin]!,
      pc: data[begin + 1]!,
      halted: data[begin + 2] === STATUS.HALTED,
      flags: data[begin + 3]!,
      registers: data.slice(begin + HEADER, firstStore),
      stores,
      ...(fault && { fault }),
    };
  }

  /** The operation that a local state's thread is at; for one that has halted, the one it halted with. */
  operation(number: number): number {
    const begin = this.begins[number]!;
    return this.data[begin + 1]! - (this.data[begin + 2] === STATUS.HALTED ? 1 : 0);
  }

  group(number: number): number {
    return this.data[this.begins[number]!]!;
  }

  /** The value of a register; the one behind the last stands for the flags. */
  register(number: number, register: number): number {
    const begin = this.begins[number]!;
    return this.data[register === this.registers ? begin + 3 : begin + HEADER + register]!;
  }

  get byteLength(): number {
    const { data, begins, index } = this;
    return data.byteLength + begins.byteLength + index.byteLength + this.heapBytes;
  }

  /** What of it lies on the heap. */
  get heapBytes(): number {
    return this.faults.size * BYTES_A_FAULT;
  }

  /** Writes a local state behind the last one. @returns how many of its numbers make its identity */
  private write({ group, pc, halted, flags, registers, stores, fault }: LocalState): number {
    const begin = this.begins[this.count]!;
    const identity = HEADER + registers.length + 2 * stores.length;
    this.makeRoom(identity + stores.length);
    const { data } = this;
    data[begin] = group;
    data[begin + 1] = pc;
    data[begin + 2] = fault ? this.faulted(fault.kind) : halted ? STATUS.HALTED : STATUS.RUNNING;
    data[begin + 3] = flags;
    let at = begin + HEADER;
    for (const value of registers) data[at++] = value + 0; // + 0: −0 is 0
    for (const { address, value } of stores) {
      data[at++] = address;
      data[at++] = value + 0;
    }
    for (const { source } of stores) data[at++] = source;
    return identity;
  }

  /** Makes room for a local state of so many numbers behind the last one. @returns where it ends */
  private makeRoom(length: number): number {
    const end = this.begins[this.count]! + length;
    if (end > this.data.length) {
      this.data = grow(this.data, end);
      this.words = new Int32Array(this.data.buffer);
    }
    this.begins = grow(this.begins, this.count + 2);
    this.begins[this.count + 1] = end;
    return end;
  }

  private faulted(kind: FaultKind): number {
    const known = this.faultKinds.indexOf(kind);
    return STATUS.FAULTED + (known >= 0 ? known : this.faultKinds.push(kind) - 1);
  }

  /** The slot of a local state whose first `identity` numbers count: where an equal one is, or an empty slot. */
  private findSlot(number: number, identity: number): number {
    const { begins, index, words } = this;
    const from = 2 * begins[number]!;
    const length = 2 * identity;
    const whole = begins[number + 1]! - begins[number]!;
    let hash = 0;
    for (let w = from; w < from + length; w++) hash = Math.imul(hash ^ words[w]!, 0x9e3779b1) ^ (hash >>> 13);
    const mask = index.length - 1;
    for (let slot = (hash ^ (hash >>> 16)) & mask; ; slot = (slot + 1) & mask) {
      const other = index[slot]! - 1;
      if (other < 0) return slot;
      if (begins[other + 1]! - begins[other]! !== whole) continue;
      const start = 2 * begins[other]!;
      let w = 0;
      while (w < length && words[start + w] === words[from + w]) w++;
      if (w === length) return slot;
    }
  }

  private reindex(): void {
    this.index = new Int32Array(this.index.length * 2);
    for (let number = 0; number < this.count; number++) {
      const whole = this.begins[number + 1]! - this.begins[number]!;
      this.index[this.findSlot(number, this.storesIn(whole).to)] = number + 1;
    }
  }
}
