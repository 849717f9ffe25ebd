import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createKernel, HEADER } from "../../core/explore/kernel/kernel.ts";
import { createLayout, pack, unpack } from "../../core/explore/layout.ts";
import { MemoryTable } from "../../core/explore/memory-table.ts";
import { PairMap } from "../../core/explore/pair-map.ts";
import { formatReduction, parseReduction } from "../../core/explore/reduction.ts";
import { hash } from "../../core/explore/state-hash.ts";
import { StateSet } from "../../core/explore/state-set.ts";
import { arrangements, canonicalize } from "../../core/explore/symmetry.ts";
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

  it("fills a bucket to the last state that there is room for, however large its index is", () => {
    for (const words of [1, 2, 3]) {
      const { kernel, memory } = createKernel();
      const most = 100; // an index of 256 slots has room for more
      const slot = 64;
      kernel.configure(words, most + 1, most);
      memory.grow(1);
      kernel.clear(slot);
      const queue = new Int32Array(memory.buffer, slot).subarray(HEADER.BYTES / 4);
      for (let n = 0; n <= most; n++) queue[n * words] = n;
      expect(kernel.insert(slot, most + 1)).toBe(most);
    }
  });

  it("divides a bucket that is full to the last state, though none of them moves", () => {
    const { kernel, memory } = createKernel();
    const most = 80; // exactly what an index of 128 slots has room for
    const slot = 64;
    const bytes = kernel.configure(1, most, most);
    memory.grow(1);
    kernel.clear(slot);
    kernel.clear(slot + bytes);
    const words = new Int32Array(memory.buffer, slot);
    // Words whose hash has no 1 at bit 0.
    const even = Array.from({ length: 1000 }, (_, n) => n).filter(
      (n) => (hash(Int32Array.of(n), 0, 1) & 1) === 0,
    );
    words.set(even.slice(0, most), HEADER.BYTES / 4);
    expect(kernel.insert(slot, most)).toBe(most);
    words[0] = 0;
    kernel.divide(slot, slot + bytes, 0, most, 0);
    kernel.index(slot);
    const header = (at: number): readonly number[] => Array.from(words.subarray(at / 4, at / 4 + 2));
    expect([header(0), header(bytes)]).toEqual([
      [most, 127],
      [0, 127],
    ]);
    for (const word of even.slice(0, most)) {
      new Int32Array(memory.buffer)[0] = word;
      expect(kernel.find(slot, 0)).toBe(even.indexOf(word));
    }
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
