import { grow } from "./grow.ts";

/** Gives numbers to values, from 0 in the order in which they come; NaN is a value like others. */
export class NumberTable {
  count = 0;
  private values = new Float64Array(64);
  /** Open addressing: number + 1; 0: empty. */
  private index = new Int32Array(128);
  private readonly double = new Float64Array(1);
  private readonly words = new Int32Array(this.double.buffer);

  /** The number of a value, a new one if it has none. */
  intern(value: number): number {
    const slot = this.slot(value);
    const known = this.index[slot]!;
    if (known > 0) return known - 1;
    this.index[slot] = this.count + 1;
    this.values = grow(this.values, this.count + 1);
    this.values[this.count++] = value;
    if (2 * this.count > this.index.length) this.reindex();
    return this.count - 1;
  }

  /** The number of a value, or -1. */
  find(value: number): number {
    return this.index[this.slot(value)]! - 1;
  }

  at(number: number): number {
    return this.values[number]!;
  }

  get byteLength(): number {
    return this.values.byteLength + this.index.byteLength;
  }

  private slot(value: number): number {
    const { index, values, double, words } = this;
    double[0] = value + 0; // + 0: −0 is 0
    const hash = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x85ebca6b), 0x9e3779b1);
    const mask = index.length - 1;
    for (let at = (hash ^ (hash >>> 15)) & mask; ; at = (at + 1) & mask) {
      const number = index[at]! - 1;
      if (number < 0 || values[number] === value) return at;
      if (Number.isNaN(value) && Number.isNaN(values[number])) return at;
    }
  }

  private reindex(): void {
    this.index = new Int32Array(this.index.length * 2);
    for (let n = 0; n < this.count; n++) this.index[this.slot(this.values[n]!)] = n + 1;
  }
}
