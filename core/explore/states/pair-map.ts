/** The table has at most so many entries, four megabytes. */
const LARGEST_TABLE = 2 ** 20;

/**
 * A map from pairs of small integers (≥ 0) to an integer ≥ 0, for memo tables that are read many millions of times. While both numbers are
 * small it is a plain table, a row for each first number; where that would become too large, it is open addressing with linear
 * probing over one typed array, three words an entry.
 */
export class PairMap {
  /** Value + 1, or 0 if there is none, at `first << width | second`; of length 0 once `slots` is used. */
  private table = new Int32Array(256);
  private rows = 64;
  private width = 2;
  /** Per slot: first key + 1 (0: empty), second key, value. */
  private slots = new Int32Array(3 * 64);
  private mask = 63;
  /** Slots used. */
  private count = 0;

  /** The value of a pair, or -1. */
  get(first: number, second: number): number {
    if (first < this.rows && second >> this.width === 0)
      return this.table[(first << this.width) | second]! - 1;
    return this.count === 0 ? -1 : this.find(first, second);
  }

  /**
   * The values of all pairs below these numbers as a plain table, each + 1, or 0 if there is none, at `first << width | second`; undefined
   * if it would be too large. Adding to the map may replace it.
   */
  plain(firsts: number, seconds: number): { readonly table: Int32Array; readonly width: number } | undefined {
    if (this.rows > 0) this.makeRoom(firsts - 1, seconds - 1);
    return this.rows > 0 ? { table: this.table, width: this.width } : undefined;
  }

  /** Adds a pair that is not in the map yet. */
  add(first: number, second: number, value: number): void {
    if (this.rows > 0) this.makeRoom(first, second);
    if (this.rows > 0) this.table[(first << this.width) | second] = value + 1;
    else this.insert(first, second, value);
  }

  /** Visits all pairs, in no order that means anything. */
  forEach(visit: (first: number, second: number, value: number) => void): void {
    const { table, width, slots } = this;
    for (let at = 0; at < table.length; at++) {
      if (table[at] !== 0) visit(at >> width, at & (2 ** width - 1), table[at]! - 1);
    }
    for (let at = 0; at < slots.length; at += 3) {
      if (slots[at] !== 0) visit(slots[at]! - 1, slots[at + 1]!, slots[at + 2]!);
    }
  }

  get byteLength(): number {
    return this.table.byteLength + this.slots.byteLength;
  }

  /** Makes the table large enough for a pair, or moves everything from it to the slots. */
  private makeRoom(first: number, second: number): void {
    let { rows, width } = this;
    while (first >= rows) rows *= 2;
    while (second >> width > 0) width++;
    if (rows === this.rows && width === this.width) return;
    const old = this.table;
    const oldWidth = this.width;
    const small = rows * 2 ** width <= LARGEST_TABLE;
    this.rows = small ? rows : 0;
    this.width = small ? width : 0;
    this.table = new Int32Array(small ? rows << width : 0);
    for (let at = 0; at < old.length; at++) {
      if (old[at] === 0) continue;
      const row = at >> oldWidth;
      const column = at & (2 ** oldWidth - 1);
      if (small) this.table[(row << width) | column] = old[at]!;
      else this.insert(row, column, old[at]! - 1);
    }
  }

  private find(first: number, second: number): number {
    const { slots, mask } = this;
    for (let at = hashPair(first, second) & mask; ; at = (at + 1) & mask) {
      const key = slots[at * 3]!;
      if (key === first + 1 && slots[at * 3 + 1] === second) return slots[at * 3 + 2]!;
      if (key === 0) return -1;
    }
  }

  private insert(first: number, second: number, value: number): void {
    if (2 * (this.count + 1) > this.mask) this.grow();
    this.put(first, second, value);
    this.count++;
  }

  private put(first: number, second: number, value: number): void {
    let at = hashPair(first, second) & this.mask;
    while (this.slots[at * 3] !== 0) at = (at + 1) & this.mask;
    this.slots[at * 3] = first + 1;
    this.slots[at * 3 + 1] = second;
    this.slots[at * 3 + 2] = value;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    this.mask = this.mask * 2 + 1;
    for (let i = 0; i < old.length; i += 3) {
      if (old[i] !== 0) this.put(old[i]! - 1, old[i + 1]!, old[i + 2]!);
    }
  }
}

function hashPair(first: number, second: number): number {
  const h = Math.imul(first ^ Math.imul(second, 0x85ebca6b), 0x9e3779b1);
  return h ^ (h >>> 15);
}
