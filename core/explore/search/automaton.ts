import { CELL_SPACING } from "../../machine/program.ts";
import type { State } from "../../machine/state.ts";
import { type CellSet, cellBit, type Futures, futureAccesses } from "../reduction/futures.ts";
import type { Reduction } from "../reduction/reduction.ts";
import { Digest, digestLocal } from "../states/digest.ts";
import { grow } from "../states/grow.ts";
import { MemoryTable } from "../states/memory-table.ts";
import { PairMap } from "../states/pair-map.ts";
import {
  type Fusing,
  KIND,
  type Kind,
  LocalMachine,
  type LocalState,
  type LocalStep,
} from "../threads/local-machine.ts";
import { LocalTable } from "../threads/local-table.ts";
import type { ThreadClass } from "../threads/thread-class.ts";

/** The tables by local state that are of 32-bit numbers. */
const COLUMNS = ["cell", "oldest", "direct", "drains", "reads", "writes", "buffered"] as const;

/** What stands in a table of steps in the place of a step. */
export const STEP = {
  /** Nothing is possible. */
  NONE: 0,
  /** Not computed yet. */
  UNKNOWN: -1,
  /** The step depends on what memory holds. */
  BY_VALUE: -2,
  /** Nothing is possible any more, because of a fault. */
  FAULTED: -3,
} as const;

/**
 * The program as a product of automata: the local states that its threads meet, the memories they share, each under a number, and the
 * steps between them. A table entry is computed by the machine when it is first needed and kept, so that all an exploration does for a
 * state is to look up numbers (engine.md §3.1: some thousand entries serve tens of millions of states).
 */
export class Automaton {
  readonly memories: MemoryTable;
  readonly locals: LocalTable;
  /** Per local state: a `KIND`. */
  kind = new Uint8Array(64);
  /** Per local state: the cell that its next instruction reads or writes in memory, or -1. */
  cell = new Int32Array(64);
  /** Per local state: the cell of its oldest buffered store, or -1. */
  oldest = new Int32Array(64);
  /** Per local state, from level 3 on: the cells that its instructions may still read and write, and those in its buffer. */
  reads = new Int32Array(64);
  writes = new Int32Array(64);
  buffered = new Int32Array(64);
  /** Per local state two words that depend on its content alone, see `Digest`. */
  digests = new Int32Array(128);
  /** Per local state: the step that executes its next instruction, or a `STEP`. */
  direct = new Int32Array(64);
  /** Per local state: the step that drains its oldest store, or a `STEP`. */
  drains = new Int32Array(64);
  /** The step that executes the next instruction of a local state, by the local state and the number of the value that it reads. */
  readonly byValue = new PairMap();

  /** Per step, numbered from 1: the local state after it. */
  next = new Int32Array(64);
  /** Per step: its effect on memory as `MemoryTable.write` numbers it, or 0. */
  write = new Int32Array(64);
  /** Per step: its number of transitions. */
  weight = new Int32Array(64);
  /** Number of steps. */
  steps = 0;
  /** Transitions of the machine that were carried out to fill the tables: the work that is not a look-up. */
  carriedOut = 0;

  /** Whether a store had to wait because its buffer was full. */
  boundHit = false;
  /** Per thread: its local state at the start, and how many transitions were part of getting there. */
  readonly initial: readonly { readonly local: number; readonly weight: number }[];

  private readonly machine: LocalMachine;
  private readonly digest: Digest;
  /** By class. */
  private readonly futures: readonly Futures[];
  /** Number of cells when the futures were known. */
  private readonly foreseen: number;

  /** Whether a step that drains begins with executing instructions, not with the drain. */
  readonly drainsLast: boolean;

  constructor(start: State, classes: readonly ThreadClass[], reduction: Reduction, fusing: Fusing = "early") {
    this.drainsLast = fusing === "late";
    this.memories = new MemoryTable(start.memory);
    this.locals = new LocalTable(start.program.registers.length);
    this.machine = new LocalMachine(start, classes, reduction, fusing);
    this.digest = new Digest(start.program.wide);
    const cellOf = (address: number): number => this.memories.cell(address);
    this.futures =
      reduction.level > 2 ? classes.map((c) => futureAccesses(start, c.threads[0]!, cellOf)) : [];
    this.foreseen = this.memories.cellCount;
    this.initial = Array.from({ length: start.threadCount }, (_, t) => {
      const group = classes.findIndex((c) => c.threads.includes(t));
      const { next, weight } = this.machine.enter(start, t, group);
      return { local: this.intern(next), weight };
    });
  }

  /** The step that executes the next instruction of a local state with this memory. It must not be halted, faulted or blocked. */
  execution(local: number, memory: number): number {
    const direct = this.direct[local]!;
    if (direct > 0) return direct;
    if (direct === STEP.UNKNOWN) return this.computeDirect(local);
    const { rows, stride } = this.memories;
    const value = rows[memory * stride + this.cell[local]!]!;
    const step = this.byValue.get(local, value);
    return step >= 0 ? step : this.computeByValue(local, value);
  }

  /** The step that drains the oldest store of a local state, which must have one. */
  drain(local: number): number {
    const drain = this.drains[local]!;
    return drain > 0 ? drain : this.computeDrain(local);
  }

  /** The memory after a step. */
  memoryAfter(memory: number, step: number): number {
    const write = this.write[step]!;
    return write === 0 ? memory : this.memories.after(memory, write);
  }

  /** A cell as a set. Where a cell was not foreseen, so that its number says nothing, its address decides. */
  bit(cell: number): CellSet {
    return cellBit(cell < this.foreseen ? cell : Math.floor(this.memories.addressOf(cell) / CELL_SPACING));
  }

  /** Visits every step that has been computed, with the local state that it leaves. */
  forEachStep(visit: (local: number, step: number) => void): void {
    for (let local = 0; local < this.locals.count; local++) {
      if (this.direct[local]! > 0) visit(local, this.direct[local]!);
      if (this.drains[local]! > 0) visit(local, this.drains[local]!);
    }
    this.byValue.forEach((local, _, step) => {
      visit(local, step);
    });
  }

  /** A measure of the work done so far to fill the tables. */
  get effort(): number {
    return this.carriedOut + this.memories.cellsCopied;
  }

  /** Of all tables. */
  get byteLength(): number {
    const columns = [this.kind, this.next, this.write, this.weight, this.digests];
    const own = [...columns, ...COLUMNS.map((name) => this[name])].reduce((sum, c) => sum + c.byteLength, 0);
    return own + this.locals.byteLength + this.memories.byteLength + this.byValue.byteLength;
  }

  private computeDirect(local: number): number {
    const step = this.addStep(this.machine.execute(this.locals.at(local), Number.NaN));
    this.direct[local] = step;
    return step;
  }

  private computeByValue(local: number, value: number): number {
    const read = this.memories.valueOf(this.cell[local]!, value);
    const step = this.addStep(this.machine.execute(this.locals.at(local), read));
    this.byValue.add(local, value, step);
    return step;
  }

  private computeDrain(local: number): number {
    const step = this.addStep(this.machine.drain(this.locals.at(local)));
    this.drains[local] = step;
    return step;
  }

  private addStep({ next, weight, written }: LocalStep): number {
    const step = ++this.steps;
    this.carriedOut += weight;
    this.next = grow(this.next, step + 1);
    this.write = grow(this.write, step + 1);
    this.weight = grow(this.weight, step + 1);
    this.next[step] = this.intern(next);
    this.write[step] = written ? this.memories.write(written.address, written.value) : 0;
    this.weight[step] = weight;
    return step;
  }

  /** The number of a local state. */
  intern(local: LocalState): number {
    const before = this.locals.count;
    const number = this.locals.intern(local);
    if (number === before) this.describe(number, local);
    return number;
  }

  /** The number of a local state that is given as `LocalTable.numbers` gives it. */
  internNumbers(numbers: Float64Array): number {
    const before = this.locals.count;
    const number = this.locals.internNumbers(numbers);
    if (number === before) this.describe(number, this.locals.at(number));
    return number;
  }

  /** Fills in the columns of a new local state. */
  private describe(number: number, local: LocalState): void {
    for (const column of COLUMNS) {
      this[column] = grow(this[column], number + 1);
    }
    this.kind = grow(this.kind, number + 1);
    this.digests = grow(this.digests, 2 * number + 2);
    digestLocal(this.digest, local);
    this.digests[2 * number] = this.digest.low;
    this.digests[2 * number + 1] = this.digest.high;
    const { kind, address, full, oldest } = this.machine.next(local);
    this.kind[number] = kind;
    this.cell[number] = kind >= KIND.FORWARDED ? this.memories.cell(address) : -1;
    this.oldest[number] = Number.isNaN(oldest) ? -1 : this.memories.cell(oldest);
    this.direct[number] = executionOf(kind);
    this.drains[number] = Number.isNaN(oldest) ? STEP.NONE : STEP.UNKNOWN;
    if (full) this.boundHit = true;
    const futures = this.futures[local.group];
    if (futures) {
      const moves = kind > KIND.FAULTED;
      this.reads[number] = moves ? futures.reads[local.pc]! : 0;
      this.writes[number] = moves ? futures.writes[local.pc]! : 0;
      this.buffered[number] = local.stores.reduce(
        (set, s) => set | this.bit(this.memories.cell(s.address)),
        0,
      );
    }
  }
}

function executionOf(kind: Kind): number {
  if (kind === KIND.FAULTED) return STEP.FAULTED;
  if (kind < KIND.LOCAL) return STEP.NONE;
  return kind < KIND.LOAD ? STEP.UNKNOWN : STEP.BY_VALUE;
}
