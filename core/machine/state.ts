import { OP } from "../isa/operations.ts";
import { SP } from "../isa/registers.ts";
import {
  createMemory,
  forEachCell,
  isMemoryAsSaved,
  type Memory,
  type MemorySnapshot,
  restoreMemory,
  saveMemory,
  writeCell,
} from "./memory.ts";
import type { Program } from "./program.ts";
import {
  createStoreBuffer,
  entries,
  holds,
  type StoreBuffer,
  type StoreEntry,
  setEntries,
} from "./store-buffer.ts";
import { integerText, isExact } from "./wide.ts";

/** Sequential consistency, or x86's total store order (Sewell, Sarkar, Owens, Nardelli, Myreen, CACM 2010). */
export type Model = "sc" | "tso";

/** Everything that can change while a program runs. Plain data; thread t's registers are at t × registers per thread. */
export interface State {
  readonly program: Program;
  readonly model: Model;
  readonly threadCount: number;
  /** A store waits while its thread's buffer holds this many entries; Infinity: it never waits. */
  readonly bufferCapacity: number;
  /** Operation index of each thread's next instruction. */
  readonly pc: Int32Array;
  /** 1 for threads that have halted. */
  readonly halted: Uint8Array;
  /** Condition codes of each thread, a bit each as in `Program.flags`. */
  readonly flags: Uint8Array;
  readonly registers: Float64Array;
  readonly memory: Memory;
  /** One store buffer per thread; always empty under SC. */
  readonly buffers: readonly StoreBuffer[];
}

/** What a start needs beside the program. */
export interface StartOptions {
  readonly model: Model;
  /** Number of threads of a `.s` program, 2 if left out; a litmus test brings its own. */
  readonly threads?: number;
  /** Start registers per thread (register number → value); a single list is for all threads. */
  readonly registers?: readonly (readonly (readonly [number, number])[])[];
  /** Memory size in KB of 1,024 cells, 128 if left out (x86.py's `-m`). */
  readonly memorySize?: number;
  readonly bufferCapacity?: number;
}

export const DEFAULT_THREADS = 2;
export const DEFAULT_MEMORY_SIZE = 128;

/** The state before the first transition (dialect §7). */
export function start(program: Program, options: StartOptions): State {
  const threadCount = program.threads?.length ?? options.threads ?? DEFAULT_THREADS;
  const size = options.memorySize ?? DEFAULT_MEMORY_SIZE;
  const state: State = {
    program,
    model: options.model,
    threadCount,
    bufferCapacity: options.bufferCapacity ?? Number.POSITIVE_INFINITY,
    pc: new Int32Array(threadCount),
    halted: new Uint8Array(threadCount),
    flags: new Uint8Array(threadCount),
    registers: new Float64Array(threadCount * program.registers.length),
    memory: createMemory(program.dialect === "asm" ? size * 1024 : 0),
    buffers: Array.from({ length: threadCount }, createStoreBuffer),
  };
  for (let t = 0; t < threadCount; t++) {
    const given = options.registers ?? [];
    for (const [register, value] of (given.length === 1 ? given[0] : given[t]) ?? []) {
      setRegister(state, t, register, value);
    }
    if (program.dialect === "asm") setRegister(state, t, SP, size * 1000 - t * 1000);
    const own = program.threads?.[t];
    if (!own) continue;
    state.pc[t] = own.entry;
    state.flags[t] = own.flags;
    for (const [register, value] of own.registers) setRegister(state, t, register, value);
    if (program.code.operation[own.entry] === OP.END) state.halted[t] = 1;
  }
  for (const cell of program.cells) writeCell(state.memory, cell.address, cell.value);
  return state;
}

export const register = (state: State, thread: number, number: number): number =>
  state.registers[thread * state.program.registers.length + number]!;

export function setRegister(state: State, thread: number, number: number, value: number): void {
  state.registers[thread * state.program.registers.length + number] = value;
}

/** The address that data sees for an operation index, as `call` pushes it. */
export const codeAddress = (program: Program, operation: number): number => program.loadAddress + operation;

/** Whether an address belongs to the code of a `.s` program, which is not data (dialect §6.4). */
export const isCode = (program: Program, address: number): boolean =>
  program.dialect === "asm" &&
  address >= program.loadAddress &&
  address < program.loadAddress + program.code.length;

/** A run is over when all threads have halted and all buffers are empty. */
export function isFinal(state: State): boolean {
  for (let t = 0; t < state.threadCount; t++) {
    if (!state.halted[t] || state.buffers[t]!.count > 0) return false;
  }
  return true;
}

/** A state's contents in little room; what does not change (program, model, capacity) is not in it. */
export interface Snapshot {
  readonly pc: Int32Array;
  readonly halted: Uint8Array;
  readonly flags: Uint8Array;
  readonly registers: Float64Array;
  readonly memory: MemorySnapshot;
  readonly buffers: readonly (readonly StoreEntry[])[];
}

export const saveState = (state: State): Snapshot => ({
  pc: state.pc.slice(),
  halted: state.halted.slice(),
  flags: state.flags.slice(),
  registers: state.registers.slice(),
  memory: saveMemory(state.memory),
  buffers: state.buffers.map(entries),
});

/** Makes `state` what it was when the snapshot was taken; both must be of the same run. */
export function restoreState(state: State, snapshot: Snapshot): void {
  state.pc.set(snapshot.pc);
  state.halted.set(snapshot.halted);
  state.flags.set(snapshot.flags);
  state.registers.set(snapshot.registers);
  restoreMemory(state.memory, snapshot.memory);
  for (const [t, stores] of snapshot.buffers.entries()) setEntries(state.buffers[t]!, stores);
}

/** Whether a state is what it was when a snapshot of the same run was taken. Compares first what most likely differs. */
export function isAsSaved(state: State, snapshot: Snapshot): boolean {
  return (
    equalWords(state.pc, snapshot.pc) &&
    equalWords(state.registers, snapshot.registers) &&
    equalWords(state.flags, snapshot.flags) &&
    equalWords(state.halted, snapshot.halted) &&
    state.buffers.every((buffer, t) => holds(buffer, snapshot.buffers[t]!)) &&
    isMemoryAsSaved(state.memory, snapshot.memory)
  );
}

function equalWords(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function copyState(state: State): State {
  const copy: State = {
    ...state,
    pc: state.pc.slice(),
    halted: state.halted.slice(),
    flags: state.flags.slice(),
    registers: state.registers.slice(),
    memory: createMemory(state.memory.mapped),
    buffers: state.buffers.map(createStoreBuffer),
  };
  restoreState(copy, saveState(state));
  return copy;
}

const word = new Float64Array(1);
const halves = new Uint32Array(word.buffer);

/** Mixes an integer of any size in; a handle says nothing by itself. */
function mixInteger({ program }: State, hash: number, value: number): number {
  if (isExact(value)) return mix(hash, value);
  let mixed = hash;
  for (const c of integerText(program.wide, value)) mixed = mix(mixed, c.charCodeAt(0));
  return mixed;
}

function mix(hash: number, value: number): number {
  word[0] = value;
  let h = Math.imul(hash ^ halves[0]!, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15) ^ halves[1]!, 0x85ebca77);
  return (h ^ (h >>> 13)) | 0;
}

/** 16 hexadecimal digits that are equal for equal states and, almost surely, for no others. */
export function digest(state: State): string {
  return half(state, 0x2545f491) + half(state, 0x6c8e9cf5);
}

function half(state: State, seed: number): string {
  let hash = seed;
  for (let t = 0; t < state.threadCount; t++) {
    hash = mix(mix(mix(hash, state.pc[t]!), state.halted[t]!), state.flags[t]!);
    for (const e of entries(state.buffers[t]!)) {
      hash = mix(mixInteger(state, mixInteger(state, hash, e.address), e.value), e.source);
    }
    hash = mix(hash, state.buffers[t]!.count);
  }
  for (const value of state.registers) hash = mixInteger(state, hash, value);
  let cells = 0; // a sum, because the order in which cells were written must not matter
  forEachCell(state.memory, (address, value) => {
    cells = (cells + mixInteger(state, mixInteger(state, seed, address), value)) | 0;
  });
  return (mix(hash, cells) >>> 0).toString(16).padStart(8, "0");
}

/** Whether two states of one run of one program are the same in everything that can change. */
export function equalStates(a: State, b: State): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

function comparable(state: State): unknown {
  const cells: [number, number][] = [];
  forEachCell(state.memory, (address, value) => cells.push([address, value]));
  cells.sort((x, y) => x[0] - y[0]);
  const { pc, halted, flags, registers } = state;
  return [[...pc], [...halted], [...flags], [...registers], cells, state.buffers.map(entries)];
}
