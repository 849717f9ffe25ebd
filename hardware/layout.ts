import { FIRST_VARIABLE } from "../core/asm/assemble.ts";
import type { Location } from "../core/check/check.ts";
import { OP } from "../core/isa/operations.ts";
import { SP } from "../core/isa/registers.ts";
import { addressesOf } from "../core/machine/describe.ts";
import { forEachCell } from "../core/machine/memory.ts";
import { CELL_SPACING } from "../core/machine/program.ts";
import { isCode, register, type State } from "../core/machine/state.ts";
import { cellAddress } from "./numbers.ts";

/** Bytes on the processor for one address of the model, so that neighbouring cells, 4 addresses apart, have a cache line each. */
export const BYTES_PER_ADDRESS = 16;

/** Stack slots below a thread's first stack pointer that have memory, and cells above it. */
const STACK_SLOTS = 32;
const CELLS_ABOVE_STACK = 4;

/** Cells that have memory where a program may compute an address from a number. */
const CELLS_BEHIND_NUMBER = 16;

/** Addresses (as `cellAddress` gives them) that have memory on the processor: `length` of them from `first` on. */
export interface Window {
  readonly first: number;
  readonly length: number;
  /** Address units before it in the memory of a run. */
  readonly offset: number;
}

/** Where the cells of one run of a test are on the processor. */
export interface Layout {
  readonly windows: readonly Window[];
  /** Bytes of one run. */
  readonly bytes: number;
}

/** The place of an address (as `cellAddress` gives it) in bytes from the beginning of a run's memory; undefined where it has none. */
export function byteOf({ windows }: Layout, address: number): number | undefined {
  const window = windows.find(({ first, length }) => address >= first && address < first + length);
  return window && (window.offset + address - window.first) * BYTES_PER_ADDRESS;
}

/**
 * Gives memory to every address that a test names. Where it computes addresses, that is all its variables, the neighbourhood of the numbers
 * that it loads into registers, and a stack for each thread; what it reaches beyond, ends the run with a fault.
 * @param operations all operations that some thread may execute
 */
export function makeLayout(
  start: State,
  operations: readonly number[],
  observed: readonly Location[],
): Layout {
  const addresses = new Set<number>();
  const cells = (first: number, count: number): void => {
    for (let i = 0; i < count; i++) addresses.add(first + i * CELL_SPACING);
  };
  const { program } = start;
  for (const location of observed) if (location.kind === "memory") addresses.add(location.address);
  forEachCell(start.memory, (address) => addresses.add(address));
  const { code } = program;
  for (const pc of operations) if (hasFixedAddress(start, pc)) addresses.add(code.displacement[pc]!);
  if (operations.some((pc) => computesAddress(start, pc))) {
    for (const variable of program.variables) for (const a of addressesOf(variable)) addresses.add(a);
    for (const number of loadedNumbers(start, operations)) cells(number, CELLS_BEHIND_NUMBER);
  }
  if (operations.some((pc) => usesStack(start, pc))) {
    for (let t = 0; t < start.threadCount; t++) {
      const top = register(start, t, SP);
      cells(top - STACK_SLOTS * CELL_SPACING, STACK_SLOTS + CELLS_ABOVE_STACK);
    }
  }
  return arrange([...addresses].filter((a) => hasMemory(start, a)).map((a) => cellAddress(program, a)));
}

/** What instructions of the processor can hold as a number. */
const HIGHEST_ADDRESS = 2 ** 31;

/** Whether an address of the model is mapped from the beginning and is not code. */
function hasMemory({ program, memory }: State, address: number): boolean {
  if (program.mapped) return program.mapped.has(address);
  if (!(Math.abs(address) < HIGHEST_ADDRESS) || isCode(program, address)) return false;
  return (address >= 0 && address < memory.mapped) || memory.far.has(address);
}

/** Whole groups of addresses, as many as cells are apart, so that each begins a cache line. */
function arrange(addresses: readonly number[]): Layout {
  const groups = new Set(addresses.map((a) => Math.floor(a / CELL_SPACING)));
  const windows: Window[] = [];
  let offset = 0;
  for (const group of [...groups].sort((a, b) => a - b)) {
    const first = group * CELL_SPACING;
    const last = windows.at(-1);
    if (last && last.first + last.length === first) {
      windows[windows.length - 1] = { ...last, length: last.length + CELL_SPACING };
    } else windows.push({ first, length: CELL_SPACING, offset });
    offset += CELL_SPACING;
  }
  return { windows, bytes: Math.max(1, groups.size) * CELL_SPACING * BYTES_PER_ADDRESS };
}

const MEMORY_OPERANDS: ReadonlySet<number> = new Set([
  ...[OP.LOAD, OP.STORE_R, OP.STORE_I, OP.XCHG, OP.FETCHADD, OP.CMPXCHG],
  ...[OP.COMPUTE_LOAD, OP.COMPUTE_STORE, OP.COMPUTE_LOCKED, OP.COMPARE_EXCHANGE],
]);

const STACK_OPERATIONS: ReadonlySet<number> = new Set([
  ...[OP.PUSH_R, OP.PUSH_ADDRESS, OP.POP, OP.POP_R, OP.CALL, OP.RET],
]);

/** Whether an operation has a memory operand without registers, which names one cell. */
export const hasFixedAddress = ({ program: { code } }: State, pc: number): boolean =>
  MEMORY_OPERANDS.has(code.operation[pc]!) && code.base[pc] === 0 && code.index[pc] === 0;

const computesAddress = (start: State, pc: number): boolean => {
  const { code } = start.program;
  return MEMORY_OPERANDS.has(code.operation[pc]!) && !hasFixedAddress(start, pc);
};

function usesStack(start: State, pc: number): boolean {
  const { code, dialect } = start.program;
  const viaPointer = computesAddress(start, pc) && (code.base[pc] === SP || code.index[pc] === SP);
  return dialect === "asm" && (STACK_OPERATIONS.has(code.operation[pc]!) || viaPointer);
}

/** Numbers that may be an address: immediates, displacements, and what registers hold at the start. Those below all variables are not. */
function loadedNumbers({ program, registers }: State, operations: readonly number[]): number[] {
  const { code } = program;
  const isMove = (pc: number): boolean => code.operation[pc] === OP.MOVE_I || code.operation[pc] === OP.ADD_I;
  return [
    ...operations.filter(isMove).map((pc) => code.immediate[pc]!),
    ...operations
      .filter((pc) => MEMORY_OPERANDS.has(code.operation[pc]!))
      .map((pc) => code.displacement[pc]!),
    ...[...registers].filter((_, i) => i % program.registers.length !== SP),
  ].filter((number) => number >= FIRST_VARIABLE);
}
