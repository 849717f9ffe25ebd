import { ACCESS, OP } from "../../isa/operations.ts";
import { SP } from "../../isa/registers.ts";
import type { Program } from "../../machine/program.ts";
import type { State } from "../../machine/state.ts";
import { isExact } from "../../machine/wide.ts";
import { successors, usesOf } from "../threads/data-flow.ts";

/** A set of cells: bit c mod 32 for cell c, so that more than 32 cells share bits, which makes them look related but misses nothing. */
export type CellSet = number;

const ALL_CELLS: CellSet = -1;

export const cellBit = (cell: number): CellSet => 1 << (cell & 31);

/** Per operation index, the cells that a thread which is there may ever read or write from then on. */
export interface Futures {
  readonly reads: Int32Array;
  readonly writes: Int32Array;
}

/** What a register may hold: at most so many different values, or undefined for "anything". */
type Values = ReadonlySet<number> | undefined;

const MOST_VALUES = 16;

/**
 * Works out which cells a thread can touch in the rest of its life, from above: by following the values that its registers may have
 * from where it starts (a value-set analysis). What is loaded may be anything, and then so may an address that is computed from it.
 */
export function futureAccesses(start: State, thread: number, cellOf: (address: number) => number): Futures {
  const { program } = start;
  const { code } = program;
  const size = code.length + 1;
  const reads = new Int32Array(size);
  const writes = new Int32Array(size);
  const known = registerValues(start, thread);
  for (let pc = 0; pc < code.length; pc++) {
    const access = ACCESS[code.operation[pc]!]!;
    const registers = known?.[pc];
    if (access === "none" || access === "fence" || (known && !registers)) continue;
    const addresses = registers && addressesOf(program, pc, registers);
    const cells = addresses ? [...addresses].reduce((set, a) => set | cellBit(cellOf(a)), 0) : ALL_CELLS;
    if (access !== "store") reads[pc] = cells;
    if (access !== "load") writes[pc] = cells;
  }
  if (!known) return { reads: reads.fill(ALL_CELLS), writes: writes.fill(ALL_CELLS) };
  for (let changed = true; changed; ) {
    changed = false;
    for (let pc = code.length - 1; pc >= 0; pc--) {
      for (const next of successors(code, pc)) {
        const r = reads[pc]! | reads[next]!;
        const w = writes[pc]! | writes[next]!;
        if (r === reads[pc] && w === writes[pc]) continue;
        reads[pc] = r;
        writes[pc] = w;
        changed = true;
      }
    }
  }
  return { reads, writes };
}

/**
 * The values that each register may hold before each operation; no entry for operations that are never reached. Undefined as a
 * whole where the program uses `ret`, which could go anywhere.
 */
function registerValues(start: State, thread: number): (Values[] | undefined)[] | undefined {
  const { program, registers: all, pc: places } = start;
  const { code, registers: names } = program;
  if (code.operation.includes(OP.RET)) return undefined;
  const known: (Values[] | undefined)[] = new Array(code.length + 1).fill(undefined);
  const entry = places[thread]!;
  known[entry] = names.map((_, r) => new Set([all[thread * names.length + r]!]));
  const work = [entry];
  for (let pc = work.pop(); pc !== undefined; pc = work.pop()) {
    const after = transfer(program, pc, known[pc]!);
    for (const next of successors(code, pc)) {
      const before = known[next];
      const joined = before ? before.map((v, r) => join(v, after[r])) : after;
      if (before && joined.every((v, r) => v?.size === before[r]?.size)) continue;
      known[next] = joined;
      work.push(next);
    }
  }
  return known;
}

function transfer(program: Program, pc: number, before: readonly Values[]): Values[] {
  const { code } = program;
  const a = code.a[pc]!;
  const own = before[a];
  const immediate: Values = new Set([code.immediate[pc]!]);
  const other = before[code.b[pc]!];
  const sum = (x: number, y: number): number => x + y;
  const product = (x: number, y: number): number => x * y;
  const set = (register: number, values: Values): Values[] =>
    before.map((v, r) => (r === register ? values : v));
  switch (code.operation[pc]) {
    case OP.MOVE_I:
      return set(a, immediate);
    case OP.MOVE_R:
      return set(a, other);
    case OP.LEA:
      return set(a, addressesOf(program, pc, before));
    case OP.ADD_I:
      return set(a, combine(own, immediate, sum));
    case OP.SUB_I:
      return set(
        a,
        combine(own, immediate, (x, y) => x - y),
      );
    case OP.MUL_I:
      return set(a, combine(own, immediate, product));
    case OP.ADD_R:
      return set(a, combine(own, other, sum));
    case OP.SUB_R:
      return set(
        a,
        combine(own, other, (x, y) => x - y),
      );
    case OP.MUL_R:
      return set(a, combine(own, other, product));
    case OP.NEG:
      return set(
        a,
        combine(new Set([0]), own, (x, y) => x - y),
      );
    case OP.PUSH_R:
    case OP.PUSH_ADDRESS:
    case OP.CALL:
      return set(SP, combine(before[SP], new Set([-4]), sum));
    case OP.POP:
      return set(SP, combine(before[SP], new Set([4]), sum));
    case OP.POP_R: {
      const popped = set(SP, combine(before[SP], new Set([4]), sum));
      popped[a] = undefined;
      return popped;
    }
    default: {
      // Loads and locked instructions: what they change may hold anything.
      const { writes } = usesOf(program, pc);
      return before.map((v, r) => (writes & (1 << r) ? undefined : v));
    }
  }
}

/** The addresses that a memory operation may touch, or undefined for any. */
function addressesOf(program: Program, pc: number, registers: readonly Values[]): Values {
  const { code } = program;
  switch (code.operation[pc]) {
    case OP.PUSH_R:
    case OP.PUSH_ADDRESS:
    case OP.CALL:
      return combine(registers[SP], new Set([-4]), (x, y) => x + y);
    case OP.POP_R:
    case OP.RET:
      return registers[SP];
    default: {
      const scale = code.scale[pc]!;
      const displacement = code.displacement[pc]!;
      const base = registers[code.base[pc]!];
      const index = registers[code.index[pc]!];
      return combine(base, index, (x, y) => displacement + (x + scale * y));
    }
  }
}

function combine(left: Values, right: Values, how: (x: number, y: number) => number): Values {
  if (!left || !right) return undefined;
  const values = new Set<number>();
  for (const x of left) for (const y of right) values.add(how(x, y) + 0);
  return bounded(values);
}

const join = (left: Values, right: Values): Values =>
  left && right ? bounded(new Set([...left, ...right])) : undefined;

const bounded = (values: Set<number>): Values =>
  values.size <= MOST_VALUES && [...values].every(isExact) ? values : undefined;
