import { locationText, valueText } from "../check/locations.ts";
import { ACCESS, OP } from "../isa/operations.ts";
import { AX } from "../isa/registers.ts";
import { load } from "../machine/access.ts";
import { readCell } from "../machine/memory.ts";
import type { Program } from "../machine/program.ts";
import { copyState, register, type State } from "../machine/state.ts";
import { entries } from "../machine/store-buffer.ts";
import { nextAccess, step } from "../machine/transition.ts";
import { type ScheduleLog, transitionOf } from "../schedule/log.ts";

/** One read or write of memory. A locked instruction makes a read and a write. */
export interface MemoryEvent {
  readonly thread: number;
  readonly kind: "read" | "write";
  readonly address: number;
  readonly value: number;
  /** Part of a locked instruction. */
  readonly locked: boolean;
  /** Index into `Program.instructions`. */
  readonly instruction: number;
  /** Index into the schedule. */
  readonly transition: number;
  /** The fence that the thread passed since its event before this one. */
  readonly fence?: string;
}

/** What a schedule did with memory. Events are called by their index in `events`. */
export interface Execution {
  /** In the order in which they were executed; so those of a thread are in program order. */
  readonly events: readonly MemoryEvent[];
  /** For each read the write that it took its value from; nothing for the initial value. */
  readonly source: ReadonlyMap<number, number>;
  /** By address the writes in the order in which they reached memory. */
  readonly coherence: ReadonlyMap<number, readonly number[]>;
  /** For each write that waited in a store buffer and has left it the transition by which it did. */
  readonly drained: ReadonlyMap<number, number>;
  /** Whether some events were left out because there were too many. */
  readonly cut: boolean;
}

/**
 * Follows a schedule and notes every read and write of memory, at most `most`. The start is not changed. A schedule that cannot be followed to its
 * end, or that ends in a fault, gives what was done until there.
 */
export function executionOf(start: State, schedule: ScheduleLog, most = Number.POSITIVE_INFINITY): Execution {
  const state = copyState(start);
  const events: MemoryEvent[] = [];
  const source = new Map<number, number>();
  const coherence = new Map<number, number[]>();
  const drained = new Map<number, number>();
  /** Events of the stores in each thread's buffer, oldest first; stores from before the start are none. */
  const waiting = state.buffers.map((buffer) => entries(buffer).map((): number | undefined => undefined));
  const fences: (string | undefined)[] = state.buffers.map(() => undefined);

  const reachMemory = (event: number): void => {
    const { address } = events[event]!;
    const writes = coherence.get(address);
    if (writes) writes.push(event);
    else coherence.set(address, [event]);
  };
  for (let transition = 0; transition < schedule.length; transition++) {
    if (events.length >= most) return { events, source, coherence, drained, cut: true };
    const { thread, kind } = transitionOf(schedule.words[transition]!);
    if (kind === "drain") {
      if (step(state, { thread, kind })) break;
      const event = waiting[thread]!.shift();
      if (event === undefined) continue;
      reachMemory(event);
      drained.set(event, transition);
      continue;
    }
    const pc = state.pc[thread]!;
    const { access, address } = nextAccess(state, thread);
    const read = access === "load" || access === "locked" ? load(state, thread, address) : Number.NaN;
    const writes = access === "store" || (access === "locked" && succeeds(state, thread, pc, read));
    const from = sourceOf(events, waiting[thread]!, coherence, address);
    if (step(state, { thread, kind })) break;
    const instruction = state.program.code.instruction[pc]!;
    const note = (event: Pick<MemoryEvent, "kind" | "value">): number => {
      const fence = fences[thread];
      fences[thread] = undefined;
      const locked = access === "locked";
      return (
        events.push({
          ...event,
          thread,
          address,
          locked,
          instruction,
          transition,
          ...(fence !== undefined && { fence }),
        }) - 1
      );
    };
    if (access === "fence") fences[thread] = state.program.instructions[instruction]!.mnemonic;
    if (access === "load" || access === "locked") {
      const event = note({ kind: "read", value: read });
      if (from !== undefined) source.set(event, from);
    }
    if (!writes) continue;
    const buffered = access === "store" && state.model === "tso";
    const newest = entries(state.buffers[thread]!).at(-1);
    const event = note({
      kind: "write",
      value: buffered ? newest!.value : readCell(state.memory, address),
    });
    if (buffered) waiting[thread]!.push(event);
    else reachMemory(event);
  }
  return { events, source, coherence, drained, cut: false };
}

/** Whether a locked operation writes: compare-and-exchange does so only where the old value is the expected one. */
function succeeds(state: State, thread: number, pc: number, old: number): boolean {
  const { operation, a } = state.program.code;
  if (operation[pc] === OP.CMPXCHG) return register(state, thread, AX) === old;
  if (operation[pc] === OP.COMPARE_EXCHANGE) return register(state, thread, a[pc]!) === old;
  return ACCESS[operation[pc]!] === "locked";
}

/** The write that a thread reads at an address: the newest of its own that waits, else the last one that reached memory. */
function sourceOf(
  events: readonly MemoryEvent[],
  waiting: readonly (number | undefined)[],
  coherence: ReadonlyMap<number, readonly number[]>,
  address: number,
): number | undefined {
  const own = waiting.findLast((event) => event !== undefined && events[event]!.address === address);
  return own ?? coherence.get(address)?.at(-1);
}

/** What an event says of its cell: `x = 1`, `[2000] = 7`. */
export const cellText = (program: Program, { address, value }: MemoryEvent): string =>
  `${locationText(program, { kind: "memory", address })} = ${valueText(program, value)}`;
