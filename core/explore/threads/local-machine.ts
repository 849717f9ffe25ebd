import { ACCESS } from "../../isa/operations.ts";
import { createBurst, drain, execute, STOP } from "../../machine/execute.ts";
import type { Fault } from "../../machine/fault.ts";
import { createMemory, readCell, writeCell } from "../../machine/memory.ts";
import type { State } from "../../machine/state.ts";
import {
  createStoreBuffer,
  entries,
  newestFor,
  type StoreEntry,
  setEntries,
} from "../../machine/store-buffer.ts";
import { nextAccess } from "../../machine/transition.ts";
import type { Reduction } from "../reduction/reduction.ts";
import { flagsBit } from "./data-flow.ts";
import type { ThreadClass } from "./thread-class.ts";

/** What a thread's next instruction does to the rest of the world. From `LOAD` on it depends on the value of a memory cell. */
export const KIND = {
  /** It has halted; its buffer may still hold stores. */
  HALTED: 0,
  /** Its last instruction met a fault; it never moves again, but its stores drain. */
  FAULTED: 1,
  /** It waits for its own buffer. */
  BLOCKED: 2,
  /** Registers only, a store into the buffer, or a fence that need not wait: nobody else can notice. */
  LOCAL: 3,
  /** A load that the own buffer answers. */
  FORWARDED: 4,
  /** A store to memory, under SC. */
  STORE: 5,
  LOAD: 6,
  /** A locked instruction whose buffer is empty. */
  LOCKED: 7,
} as const;

export type Kind = (typeof KIND)[keyof typeof KIND];

/** Everything of a state that belongs to one thread. */
export interface LocalState {
  /** Index of the thread's class. */
  readonly group: number;
  readonly pc: number;
  readonly halted: boolean;
  readonly flags: number;
  readonly registers: Float64Array;
  readonly stores: readonly StoreEntry[];
  /** Set when the last instruction met a fault; its thread number means nothing. */
  readonly fault?: Fault;
}

/** What leaves a local state: one transition of the machine together with all that the reduction level makes part of it. */
export interface LocalStep {
  readonly next: LocalState;
  /** Number of transitions. */
  readonly weight: number;
  /** The cell that gets a new value in memory. */
  readonly written?: { readonly address: number; readonly value: number };
}

/** What is next in a local state. `address`: the cell that is read or written, NaN if there is none. */
export interface Next {
  readonly kind: Kind;
  readonly address: number;
  /** Whether it waits because its buffer is full. */
  readonly full: boolean;
  /** The cell of the store that can drain, NaN if there is none. */
  readonly oldest: number;
}

/**
 * Where transitions go that nobody else can notice: into the step before them, so that as few states as possible lie between, or into the one
 * behind them that needs them, so that none is taken that is not needed and schedules are as short as can be.
 */
export type Fusing = "early" | "late";

/** Transitions that were taken, and the fault with which they ended. */
interface Run {
  readonly weight: number;
  readonly fault: Fault | undefined;
}

const NOTHING: Run = { weight: 0, fault: undefined };

/** Longest run of instructions in one step: a thread that computes on its registers for ever stops here every time. */
const LONGEST_RUN = 4096;

/**
 * One thread of the machine on its own. It executes on a scratch state of one thread whose memory is the one cell that the
 * instruction reads, so that what an exploration knows of instructions is what `execute` does with them.
 */
export class LocalMachine {
  private readonly scratch: State;
  private readonly burst = createBurst();
  private readonly classes: readonly ThreadClass[];
  private readonly level: number;
  private readonly fusing: Fusing;

  constructor(start: State, classes: readonly ThreadClass[], { level }: Reduction, fusing: Fusing = "early") {
    this.classes = classes;
    this.level = level;
    this.fusing = fusing;
    this.burst.limit = 1;
    this.scratch = {
      ...start,
      threadCount: 1,
      pc: new Int32Array(1),
      halted: new Uint8Array(1),
      flags: new Uint8Array(1),
      registers: new Float64Array(start.program.registers.length),
      memory: createMemory(0),
      buffers: [createStoreBuffer()],
    };
  }

  /** The local state of a thread of a whole state, after the transitions that are part of the step to it. */
  enter(state: State, thread: number, group: number): LocalStep {
    const size = state.program.registers.length;
    this.put({
      group,
      pc: state.pc[thread]!,
      halted: state.halted[thread] === 1,
      flags: state.flags[thread]!,
      registers: state.registers.slice(thread * size, (thread + 1) * size),
      stores: entries(state.buffers[thread]!),
    });
    return this.finish(group, 0);
  }

  next(local: LocalState): Next {
    this.put(local);
    const ends = local.fault ? KIND.FAULTED : this.runBefore(local.group).fault ? KIND.LOCAL : undefined;
    const next = ends === undefined ? this.look() : { kind: ends, address: Number.NaN, full: false };
    return { ...next, oldest: entries(this.scratch.buffers[0]!)[0]?.address ?? Number.NaN };
  }

  /** Executes the next instruction; `value` is what the cell that it reads holds, NaN if that is not mapped. */
  execute(local: LocalState, value: number): LocalStep {
    this.put(local);
    const before = this.runBefore(local.group);
    if (before.fault) return { next: this.take(local.group, before.fault), weight: before.weight };
    const { kind, address } = this.look();
    const { memory } = this.scratch;
    if (kind >= KIND.LOAD && !Number.isNaN(value)) writeCell(memory, address, value);
    const fault = this.one();
    const weight = before.weight + 1;
    if (fault) return { next: this.take(local.group, fault), weight };
    const after = readCell(memory, address);
    const writes = kind === KIND.STORE || (kind === KIND.LOCKED && after !== value);
    const step = this.finish(local.group, weight);
    return writes ? { ...step, written: { address, value: after } } : step;
  }

  /** Moves the oldest store, which must exist, to memory. */
  drain(local: LocalState): LocalStep {
    this.put(local);
    const { weight } = local.stores.length > 0 ? NOTHING : this.run(local.group, 1);
    const [written] = entries(this.scratch.buffers[0]!);
    drain(this.scratch, 0);
    const step = local.fault
      ? { next: this.take(local.group, local.fault), weight: 1 }
      : this.finish(local.group, weight + 1);
    return { ...step, written: written! };
  }

  private finish(group: number, before: number): LocalStep {
    const { weight, fault } = this.fusing === "early" ? this.run(group) : NOTHING;
    return { next: this.take(group, fault), weight: before + weight };
  }

  private runBefore(group: number): Run {
    return this.fusing === "late" ? this.run(group) : NOTHING;
  }

  /** Takes all transitions that the level makes part of a step. @param stores at most so many that go into the buffer */
  private run(group: number, stores = Infinity): Run {
    const { visible } = this.classes[group]!;
    const buffer = this.scratch.buffers[0]!;
    let weight = 0;
    while (weight < LONGEST_RUN && this.level > 0 && buffer.count < stores) {
      const pc = this.scratch.pc[0]!;
      if (visible[pc] || this.look().kind !== KIND.LOCAL) break;
      if (this.level === 1 && ACCESS[this.scratch.program.code.operation[pc]!] !== "none") break;
      const fault = this.one();
      weight++;
      if (fault) return { weight, fault };
    }
    return { weight, fault: undefined };
  }

  private one(): Fault | undefined {
    execute(this.scratch, 0, this.burst);
    return this.burst.stop === STOP.FAULT ? this.burst.fault : undefined;
  }

  private look(): Omit<Next, "oldest"> {
    const { scratch } = this;
    const buffer = scratch.buffers[0]!;
    const { access, address } = nextAccess(scratch, 0);
    const next = (kind: Kind, full = false) => ({ kind, address, full });
    if (scratch.halted[0]) return next(KIND.HALTED);
    switch (access) {
      case "none":
        return next(KIND.LOCAL);
      case "fence":
        return next(buffer.count > 0 ? KIND.BLOCKED : KIND.LOCAL);
      case "load":
        return next(newestFor(buffer, address) >= 0 ? KIND.FORWARDED : KIND.LOAD);
      case "locked":
        return next(buffer.count > 0 ? KIND.BLOCKED : KIND.LOCKED);
      case "store": {
        if (scratch.model === "sc") return next(KIND.STORE);
        const full = buffer.count >= scratch.bufferCapacity;
        return next(full ? KIND.BLOCKED : KIND.LOCAL, full);
      }
    }
  }

  private put(local: LocalState): void {
    const { scratch } = this;
    scratch.pc[0] = local.pc;
    scratch.halted[0] = local.halted ? 1 : 0;
    scratch.flags[0] = local.flags;
    scratch.registers.set(local.registers);
    setEntries(scratch.buffers[0]!, local.stores);
    scratch.memory.far.clear();
  }

  /**
   * What the scratch state holds, with registers that do not matter any more set to 0. A thread that met a fault stands for ever where it
   * was before: no outcome shows its registers, but checks about every state look at them.
   */
  private take(group: number, fault: Fault | undefined): LocalState {
    const { program, pc, halted, flags, registers, buffers } = this.scratch;
    const { live, observed, watched } = this.classes[group]!;
    const kept = fault ? watched : halted[0] ? live[program.code.length + 1]! | observed : live[pc[0]!]!;
    return {
      group,
      pc: pc[0]!,
      halted: halted[0] === 1,
      flags: kept & flagsBit(program) ? flags[0]! : 0,
      registers: registers.map((value, r) => (kept & (1 << r) ? value : 0)),
      stores: entries(buffers[0]!),
      ...(fault && { fault }),
    };
  }
}

/** A text that is equal for local states that are the same; where in the program a buffered store came from is not part of it. */
export function localKey({ group, pc, halted, flags, registers, stores, fault }: LocalState): string {
  const tail = stores.map((s) => `${s.address}=${s.value}`).join();
  return `${group};${pc};${halted ? "h" : (fault?.kind ?? "")};${flags};${registers.join()};${tail}`;
}
