import { describe, expect, it, vi } from "vitest";
import { declaredCells } from "../../core/check/locations.ts";
import { LinearMemory } from "../../core/explore/kernel/kernel.ts";
import { parseReduction } from "../../core/explore/reduction/reduction.ts";
import { type Selector, selectAll } from "../../core/explore/search/moves.ts";
import { prepare } from "../../core/explore/search/prepare.ts";
import { Search } from "../../core/explore/search/search.ts";
import type { State } from "../../core/machine/state.ts";
import { startOf } from "./programs.ts";

const NO_LIMITS = { states: Infinity, bytes: Infinity, heapBytes: Infinity };

/** What a search meets: how much of everything, and how many states there are on each level. */
function search(start: State, level: string, select: Selector) {
  const options = { observe: declaredCells(start.program), checks: [], reduction: parseReduction(level)! };
  const { automaton, symmetry } = prepare(start, options);
  const search = new Search(automaton, select, symmetry);
  const found = { states: 0, transitions: 0, terminal: 0, fault: 0, visited: 0, levels: [] as number[] };
  const run = search.run(NO_LIMITS, {
    state: () => found.visited++,
    terminal: () => found.terminal++,
    fault: () => found.fault++,
    heapBytes: () => 0,
  });
  while (!run.next().done);
  const { set } = search;
  for (const bucket of set.buckets) {
    for (let l = 0; l < bucket.levelCount; l++) {
      const { from, to } = set.level(bucket, bucket.levels[l]!);
      found.levels[bucket.levels[l]!] = (found.levels[bucket.levels[l]!] ?? 0) + to - from;
    }
  }
  found.states = set.count;
  found.transitions = search.transitions;
  return found;
}

/** Chooses everything, too, but is not known for it. */
const chosen: Selector = (automaton, fields, moves) => selectAll(automaton, fields, moves);

/** Threads that count together, each into cells of its own and the others', until one has counted too far and goes astray. */
const PROGRAM = `.var count
.var table 6
.main
.top
mov count, %ax
add $1, %ax
mov %ax, count
mov %ax, 104(,%cx,4)
add $1, %cx
test $4, %cx
jlt .top
test $5, %ax
jgt .astray
halt
.astray
mov 99999, %dx
halt`;

describe("taking steps by the kernel", () => {
  it.each([
    ["L0", 1],
    ["L1", 2],
    ["L2", 3],
  ] as const)(
    "finds at %s, with %d stores in a buffer, what taking them move by move finds",
    (level, bufferCapacity) => {
      const start = startOf(PROGRAM, {
        threads: 2,
        model: "tso",
        bufferCapacity,
      });
      const found = search(start, level, selectAll);
      expect(found).toEqual(search(start, level, chosen));
      expect(found.visited).toBeGreaterThanOrEqual(found.states);
      expect(found.fault).toBeGreaterThan(0);
      expect(found.terminal).toBeGreaterThan(0);
    },
  );

  it("goes on beyond two gigabytes, where addresses are negative as signed numbers", () => {
    const start = startOf(PROGRAM, { threads: 2, model: "sc" });
    const found = search(start, "L0", selectAll);
    const { allocate } = LinearMemory.prototype;
    const far = vi.spyOn(LinearMemory.prototype, "allocate");
    far.mockImplementation(function (this: LinearMemory, size) {
      if (this.words.length < 2 ** 29) allocate.call(this, 2 ** 31);
      return allocate.call(this, size);
    });
    expect(search(start, "L0", selectAll)).toEqual(found);
    expect(far).toHaveBeenCalled();
    far.mockRestore();
    expect(found.states).toBeGreaterThan(1000);
  });

  it("is done without, where there is no memory for its tables", () => {
    const start = startOf(PROGRAM, { threads: 2, model: "sc" });
    const found = search(start, "L1", selectAll);
    const { allocate } = LinearMemory.prototype;
    const calls = new WeakMap<LinearMemory, number>();
    const scarce = vi.spyOn(LinearMemory.prototype, "allocate");
    scarce.mockImplementation(function (this: LinearMemory, size) {
      const call = (calls.get(this) ?? 0) + 1;
      calls.set(this, call);
      return call > 3 ? undefined : allocate.call(this, size); // a set of states has three pieces at first
    });
    expect(search(start, "L1", selectAll)).toEqual(found);
    scarce.mockRestore();
    expect(found.states).toBeLessThan(2 ** 14);
  });
});
