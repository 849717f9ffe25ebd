import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { LinearMemory } from "../../core/explore/kernel/kernel.ts";
import { formatReduction, parseReduction } from "../../core/explore/reduction/reduction.ts";
import { arrangements, canonicalize } from "../../core/explore/reduction/symmetry.ts";
import { createLayout, pack, unpack } from "../../core/explore/states/layout.ts";
import { MemoryTable } from "../../core/explore/states/memory-table.ts";
import { PairMap } from "../../core/explore/states/pair-map.ts";
import { StateSet } from "../../core/explore/states/state-set.ts";
import { createMemory } from "../../core/machine/memory.ts";

describe("a layout", () => {
  it("gives back the fields that were packed", () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 2 ** 20 }),
      fc.integer({ min: 0, max: 2 ** 30 }),
    );
    fc.assert(
      fc.property(
        sizes,
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        ([threads, local, memory], random) => {
          const layout = createLayout(threads, local, memory);
          const value = (largest: number): number => Math.floor(random.next().value! * (largest + 1));
          const fields = Int32Array.from({ length: threads + 1 }, (_, f) =>
            value(f < threads ? local : memory),
          );
          const words = new Int32Array(layout.words + 2);
          const back = new Int32Array(threads + 1);
          pack(layout, fields, words, 1);
          unpack(layout, words, 1, back);
          expect(back).toEqual(fields);
        },
      ),
    );
  });
});

describe("a state set", () => {
  it("keeps each state once, in levels, through splits and changes of layout", () => {
    const narrow = createLayout(3, 40, 40);
    const wide = createLayout(3, 70_000, 70_000);
    const set = new StateSet(narrow);
    const seen: Set<string>[] = [];
    const all = new Set<string>();
    let state = 1;
    for (let level = 0; level < 8; level++) {
      set.balance();
      set.beginLevel();
      const fresh = new Set<string>();
      for (let i = 0; i < 30_000; i++) {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
        const fields = Int32Array.from([
          (state >> 4) % 40,
          (state >> 10) % 40,
          (state >> 16) % 40,
          (state >> 22) % 40,
        ]);
        const words = new Int32Array(set.layout.words);
        pack(set.layout, fields, words, 0);
        set.add(words);
        if (!all.has(fields.join())) fresh.add(fields.join());
        all.add(fields.join());
      }
      set.flush();
      seen.push(fresh);
      if (level === 4) set.changeLayout(wide);
    }
    expect(set.count).toBe(all.size);
    expect(set.buckets.length).toBeGreaterThan(1);
    const fields = new Int32Array(4);
    let misplaced = 0;
    for (const [level, fresh] of seen.entries()) {
      const found = new Set<string>();
      for (const bucket of set.buckets) {
        const { from, to } = set.level(bucket, level);
        for (let i = from; i < to; i++) {
          set.read(bucket, i, fields);
          found.add(fields.join());
          const words = new Int32Array(wide.words);
          pack(wide, fields, words, 0);
          if (set.find(words) !== i || set.buckets[set.bucketOf(words)] !== bucket) misplaced++;
        }
      }
      expect(found.size).toBe(fresh.size);
      expect([...found].every((f) => fresh.has(f))).toBe(true);
    }
    expect(misplaced).toBe(0);
  });

  /** A kernel with empty buckets that have room for so many states of so many words, and as many in their queues. */
  const withBuckets = (buckets: number, words: number, most: number) => {
    const linear = new LinearMemory();
    const { kernel } = linear;
    const bytes = kernel.configure(words, most + 2, most);
    const slots = Array.from({ length: buckets }, () => linear.allocate(bytes)!);
    for (const slot of slots) kernel.clear(slot);
    kernel.useBuckets(linear.allocate(12 * buckets)!, Math.log2(buckets));
    for (const [number, slot] of slots.entries()) kernel.useBucket(number, slot);
    const hand = linear.allocate(4 * words)!;
    return {
      kernel,
      slots,
      /** Adds the state whose first word is this. */
      add: (word: number) => {
        linear.words[hand / 4] = word;
        return kernel.add(hand);
      },
      find: (slot: number, word: number) => {
        linear.words[hand / 4] = word;
        return kernel.find(slot, hand);
      },
    };
  };

  it("fills a bucket to the last state that there is room for, and leaves the others in its queue", () => {
    for (const words of [1, 2, 3]) {
      const most = 100;
      const { kernel, slots, add } = withBuckets(1, words, most);
      for (let n = 0; n <= most; n++) expect(add(n)).toBe(1);
      expect(kernel.flush()).toBe(0);
      expect([kernel.countOf(slots[0]!), kernel.queuedOf(0)]).toEqual([most, 4 * words]);
    }
  });

  it("divides a bucket that is full to the last state, however unequal the halves are", () => {
    const most = 1000;
    const { kernel, slots, add, find } = withBuckets(2, 1, most);
    const [whole, other] = slots as [number, number];
    // With two buckets, none of the states of the first one has a 1 at the bit that chooses between them.
    for (let word = 0; kernel.queuedOf(0) < 4 * most; word++) add(word);
    kernel.flush();
    const held = Array.from({ length: 4 * most }, (_, word) => word).filter((w) => find(whole, w) >= 0);
    expect(held).toHaveLength(most);
    kernel.prepareToDivide(whole, other);
    kernel.divide(whole, other, 0, most, 63);
    expect([kernel.countOf(whole), kernel.countOf(other)]).toEqual([most, 0]);
    expect(held.map((word) => find(whole, word))).toEqual(held.map((_, position) => position));
  });

  it("keeps what it has where there is no memory for more, and says so", () => {
    const layout = createLayout(1, 100_000, 1);
    const set = new StateSet(layout);
    const { Memory } = Reflect.get(globalThis, "WebAssembly") as {
      Memory: { prototype: { grow: (pages: number) => number } };
    };
    const grow = vi.spyOn(Memory.prototype, "grow").mockImplementation(() => {
      throw new RangeError("out of memory");
    });
    const states = Array.from({ length: 50_000 }, (_, local) => {
      const words = new Int32Array(layout.words);
      pack(layout, Int32Array.of(local, 0), words, 0);
      return words;
    });
    set.beginLevel();
    for (const words of states) set.add(words);
    set.flush();
    set.changeLayout(createLayout(1, 100_000, 100_000));
    grow.mockRestore();
    expect(set.full).toBe(true);
    expect(set.count).toBeGreaterThan(2 ** 14);
    expect(states.filter((words) => set.find(words) >= 0)).toHaveLength(set.count);
  });
});

describe("a memory table", () => {
  it("gives equal memories one number and reads what was written", () => {
    const writes = fc.array(fc.tuple(fc.integer({ min: -3, max: 12 }), fc.integer({ min: 0, max: 3 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(writes, (list) => {
        const table = new MemoryTable(createMemory(8));
        const contents = new Map<number, number>();
        const numbers = new Map<string, number>();
        let memory = 0;
        for (const [address, value] of list) {
          memory = table.after(memory, table.write(address, value));
          contents.set(address, value);
          for (let a = -3; a <= 12; a++) {
            expect(table.read(memory, a)).toBe(contents.get(a) ?? (a >= 0 && a < 8 ? 0 : Number.NaN));
          }
          const text = Array.from({ length: 16 }, (_, i) => table.read(memory, i - 3)).join();
          expect(numbers.get(text) ?? memory).toBe(memory);
          numbers.set(text, memory);
        }
      }),
    );
  });
});

describe("a pair map", () => {
  it("finds what was added and nothing else", () => {
    const map = new PairMap();
    for (let i = 0; i < 1000; i++) map.add(i % 37, i, i * 2);
    for (let i = 0; i < 1000; i++)
      expect([map.get(i % 37, i), map.get((i + 1) % 37, i)]).toEqual([i * 2, -1]);
  });
});

describe("symmetry", () => {
  it("puts interchangeable threads into the order of their digests, and out of it into all", () => {
    const digests = Int32Array.from({ length: 20 }, (_, i) => i >> 1);
    const symmetry = { orbits: [[0, 2, 3]], asked: [[0, 2, 3]] };
    const fields = Int32Array.from([5, 9, 4, 5, 1]);
    canonicalize(symmetry, digests, fields);
    expect([...fields]).toEqual([4, 9, 5, 5, 1]);
    const all = arrangements(symmetry, fields).map((a) => [...a].map((t) => fields[t]!).join());
    expect(all.sort()).toEqual(["4,9,5,5", "5,9,4,5", "5,9,5,4"]);
    expect(arrangements({ ...symmetry, asked: [] }, fields)).toHaveLength(1);
  });
});

describe("a reduction's text", () => {
  it("is read as it is written", () => {
    for (const text of ["L0", "L1+dead", "L4+dead+sym", "L3+sym"])
      expect(formatReduction(parseReduction(text)!)).toBe(text);
    expect(formatReduction(parseReduction("2")!)).toBe("L2");
    for (const text of ["", "L5", "L2+x", "dead"]) expect(parseReduction(text)).toBeUndefined();
  });
});
