/**
 * A map from pairs of small integers (≥ 0) to an integer ≥ 0, for memo tables that are read many millions of times: open addressing
 * with linear probing over one typed array, three words an entry.
 */
export class PairMap {
  /** Per slot: first key + 1 (0: empty), second key, value. */
  private slots = new Int32Array(3 * 64);
  private mask = 63;
  private count = 0;

  /** The value of a pair, or -1. */
  get(first: number, second: number): number {
    const slots = this.slots;
    let at = hashPair(first, second) & this.mask;
    for (;;) {
      const key = slots[at * 3]!;
      if (key === first + 1 && slots[at * 3 + 1] === second) return slots[at * 3 + 2]!;
      if (key === 0) return -1;
      at = (at + 1) & this.mask;
    }
  }

  /** Adds a pair that is not in the map yet. */
  add(first: number, second: number, value: number): void {
    if (2 * (this.count + 1) > this.mask) this.grow();
    this.put(first, second, value);
    this.count++;
  }

  get byteLength(): number {
    return this.slots.byteLength;
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
