import type { Location } from "../check/check.ts";
import type { Reduction } from "../explore/reduction/reduction.ts";
import { successors } from "../explore/threads/data-flow.ts";
import {
  KIND,
  LocalMachine,
  type LocalState,
  localKey,
  type Next,
} from "../explore/threads/local-machine.ts";
import { observeThreads, registerOrFlags } from "../explore/threads/observation.ts";
import { classify } from "../explore/threads/thread-class.ts";
import { OP } from "../isa/operations.ts";
import { AX } from "../isa/registers.ts";
import { cut, widthOf } from "../machine/compute.ts";
import type { Program } from "../machine/program.ts";
import type { State } from "../machine/state.ts";
import { CoherenceTable, type NamedValue, storeName } from "./coherence.ts";

/** One execution that runs to its end. */
export interface Execution {
  /** Of the observed locations. */
  readonly values: readonly number[];
}

/** Executions by their identity: a text that says what every load reads from and the order of every cell's stores. */
export type Executions = ReadonlyMap<string, Execution>;

/** More states than this, and counting gives up. */
const MOST_STATES = 2_000_000;

/** States between two reports of progress: some milliseconds. */
const STATES_AT_A_TIME = 4096;

/** Counts need every order of loads and drains, but nothing of what a thread does by itself. */
const REDUCTION: Reduction = { level: 2, dead: true, symmetry: false };

/**
 * Counts executions as herd does: ways to choose for every load the store that it reads from (rf), and for every cell the order in which
 * stores reach memory (co). Explores states in which stores have names: a thread's n-th store to a cell is known by thread and n, since
 * stores leave a buffer in program order; a thread carries the names that it has read, memory the names in the order of each cell. Two final
 * states are then the same exactly if their executions are (engine.md §3.3).
 * Yields its progress now and then; sending `true` stops it.
 * @param maxBytes roughly the memory that may be used
 * @returns undefined where executions are without end, because a loop can come back to the same state, or too many
 */
export const countingExecutions = (
  start: State,
  locations: readonly Location[],
  maxBytes = Number.POSITIVE_INFINITY,
): Generator<CountingProgress, Executions | "stopped" | undefined, boolean | undefined> =>
  new ExecutionCounter(start, locations).counting(Math.min(MOST_STATES, maxBytes / BYTES_A_STATE));

/** How far counting is. */
export interface CountingProgress {
  readonly states: number;
  /** An estimate of the memory in use. */
  readonly bytes: number;
}

/** A state with its keys and what it refers to, roughly. */
const BYTES_A_STATE = 500;

/** A thread with the history of what it has read. */
interface Thread {
  readonly local: LocalState;
  /** Number of `local` alone. */
  readonly plain: number;
  /** Number of the sequence of stores that it has read from. */
  readonly history: number;
  /** What is next. */
  readonly next: Next;
  /** What it can do, computed when first needed. */
  execution?: Edge;
  drains?: number;
  /** For instructions that read memory: what comes of it, by name and value of the store that is read. */
  readonly byStore: Map<string, Edge>;
}

/** What an execution leads to: a thread number, and what reaches memory with it. */
interface Edge {
  readonly thread: number;
  readonly written?: { readonly address: number; readonly value: number };
}

class ExecutionCounter {
  private readonly start: State;
  private readonly locations: readonly Location[];
  private readonly machine: LocalMachine;
  private readonly memories: CoherenceTable;
  private readonly threads: Thread[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly plainNumbers = new Map<string, number>();
  private readonly histories = new Map<string, number>();
  /** By history: what it continues, and the name that was read last. */
  private readonly historyLinks: { readonly before: number; readonly store: number }[] = [
    { before: 0, store: 0 },
  ];
  private readonly found = new Map<string, Execution>();
  /** The threads at the start. */
  private readonly first: readonly number[];

  constructor(start: State, locations: readonly Location[]) {
    this.start = start;
    this.locations = locations;
    const observations = observeThreads(start.program, start.threadCount, locations, []);
    const classes = classify(start, observations, REDUCTION);
    this.machine = new LocalMachine(start, classes, REDUCTION);
    this.memories = new CoherenceTable(start.memory);
    this.first = Array.from({ length: start.threadCount }, (_, t) => {
      const group = classes.findIndex((c) => c.threads.includes(t));
      return this.number(this.machine.enter(start, t, group).next, 0);
    });
  }

  *counting(
    most: number,
  ): Generator<CountingProgress, Executions | "stopped" | undefined, boolean | undefined> {
    const canLoop = hasBackwardJump(this.start.program);
    const seen = new Set<string>();
    const path = new Set<string>();
    const stack: { state: number[]; plain: string; successors: number[][] | undefined }[] = [];
    const visit = (state: number[]): boolean => {
      const key = state.join();
      if (seen.has(key)) return true;
      seen.add(key);
      const plain = canLoop ? this.plainKey(state) : "";
      if (canLoop && path.has(plain)) return false;
      path.add(plain);
      stack.push({ state, plain, successors: undefined });
      return true;
    };
    visit([...this.first, 0]);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      top.successors ??= this.successors(top.state);
      const next = top.successors.pop();
      if (!next) {
        path.delete(top.plain);
        stack.pop();
      } else if (!visit(next) || seen.size > most) return undefined;
      if (next && seen.size % STATES_AT_A_TIME === 0) {
        const stop = yield { states: seen.size, bytes: seen.size * BYTES_A_STATE };
        if (stop) return "stopped";
      }
    }
    return this.found;
  }

  /** The states after one, threads first, then memory. A final state has none and is counted. */
  private successors(state: number[]): number[][] {
    const memory = state.at(-1)!;
    const next: number[][] = [];
    let halted = true;
    for (let t = 0; t < state.length - 1; t++) {
      const thread = this.threads[state[t]!]!;
      if (thread.next.kind !== KIND.HALTED || thread.local.stores.length > 0) halted = false;
      const edge = this.executionOf(thread, t, memory);
      if (edge) {
        const after = edge.written
          ? this.memories.write(memory, edge.written.address, edge.written.value, t)
          : memory;
        next.push(replaced(state, t, edge.thread, after));
      }
      const oldest = thread.local.stores[0];
      if (oldest) {
        thread.drains ??= this.number(this.machine.drain(thread.local).next, thread.history);
        const after = this.memories.write(memory, oldest.address, oldest.value, t);
        next.push(replaced(state, t, thread.drains, after));
      }
    }
    if (halted) this.addFinal(state);
    return next;
  }

  private executionOf(thread: Thread, t: number, memory: number): Edge | undefined {
    const { local, history } = thread;
    const { kind, address } = thread.next;
    if (kind < KIND.LOCAL) return undefined;
    if (kind < KIND.LOAD && kind !== KIND.FORWARDED) {
      if (!thread.execution) {
        const { next, written } = this.machine.execute(local, Number.NaN);
        thread.execution = this.edge(next, history, written);
      }
      return thread.execution;
    }
    const { value, writer } =
      kind === KIND.FORWARDED ? this.forwarded(thread, t, memory) : this.memories.read(memory, address);
    const store = `${writer},${value}`;
    const known = thread.byStore.get(store);
    if (known) return known;
    const step = this.machine.execute(local, value);
    const rewritten =
      kind === KIND.LOCKED && !step.next.fault && this.writes(local, value) ? { address, value } : undefined;
    const edge = this.edge(step.next, this.extend(history, writer), step.written ?? rewritten);
    thread.byStore.set(store, edge);
    return edge;
  }

  /** What a thread reads from its own buffer. */
  private forwarded({ local, next }: Thread, t: number, memory: number): NamedValue {
    const waiting = local.stores.filter((s) => s.address === next.address);
    const writer = storeName(t, this.memories.storesBy(memory, next.address, t) + waiting.length - 1);
    return { value: waiting.at(-1)!.value, writer };
  }

  /** Whether a locked instruction that reads a value writes, be it the same value again: only a failing compare-and-exchange does not. */
  private writes({ pc, registers }: LocalState, value: number): boolean {
    const { code, wide } = this.start.program;
    if (code.operation[pc] === OP.CMPXCHG) return registers[AX] === value;
    if (code.operation[pc] !== OP.COMPARE_EXCHANGE) return true;
    return cut(wide, registers[code.a[pc]!]!, widthOf(code.compute[pc]!)) === value;
  }

  private edge(next: LocalState, history: number, written: Edge["written"]): Edge {
    const thread = this.number(next, history);
    return written ? { thread, written } : { thread };
  }

  private number(local: LocalState, history: number): number {
    const plain = intern(this.plainNumbers, localKey(local));
    const number = intern(this.numbers, `${plain},${history}`);
    if (number === this.threads.length) {
      this.threads.push({ local, plain, history, next: this.machine.next(local), byStore: new Map() });
    }
    return number;
  }

  /** The history that continues one with the name of a store. History 0 is the empty one. */
  private extend(before: number, store: number): number {
    const number = 1 + intern(this.histories, `${before},${store}`);
    if (number === this.historyLinks.length) this.historyLinks.push({ before, store });
    return number;
  }

  /** The names of a history, the last one first. */
  private historyText(history: number): string {
    const names: number[] = [];
    for (let h = history; h > 0; h = this.historyLinks[h]!.before) names.push(this.historyLinks[h]!.store);
    return names.join();
  }

  private plainKey(state: readonly number[]): string {
    const threads = state.slice(0, -1).map((n) => this.threads[n]!.plain);
    return `${threads.join()};${this.memories.valuesOf(state.at(-1)!)}`;
  }

  private addFinal(state: readonly number[]): void {
    const values = this.locations.map((location) => {
      if (location.kind === "memory") return this.memories.read(state.at(-1)!, location.address).value;
      const { registers, flags } = this.threads[state[location.thread]!]!.local;
      return registerOrFlags(registers, flags, location.register);
    });
    const reads = state.slice(0, -1).map((n) => this.historyText(this.threads[n]!.history));
    this.found.set(`${reads.join(";")}/${this.memories.ordersOf(state.at(-1)!)}`, { values });
  }
}

function replaced(state: readonly number[], thread: number, number: number, memory: number): number[] {
  const next = state.slice();
  next[thread] = number;
  next[next.length - 1] = memory;
  return next;
}

/** The number of a text: a new one for a new text. */
function intern(numbers: Map<string, number>, key: string): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(key, number);
  }
  return number;
}

/** Whether a thread can come back to where it was. */
export const hasBackwardJump = ({ code }: Program): boolean =>
  code.operation.some((_, pc) => successors(code, pc).some((next) => next <= pc));
