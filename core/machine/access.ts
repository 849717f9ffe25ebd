import { readCell } from "./memory.ts";
import type { Program } from "./program.ts";
import type { State } from "./state.ts";
import { newestFor } from "./store-buffer.ts";
import { add, isExact, multiply } from "./wide.ts";

/** The value that a load by a thread gets: the newest store of its own buffer, else memory; NaN where nothing is mapped. */
export function load(state: State, thread: number, address: number): number {
  const buffer = state.buffers[thread]!;
  if (buffer.count > 0) {
    const at = newestFor(buffer, address);
    if (at >= 0) return buffer.value[at]!;
  }
  return readCell(state.memory, address);
}

/** Address of the memory operand of operation `pc`, for the thread whose registers begin at `r`; NaN if it has too many digits. */
export function effectiveAddress(
  { code, wide }: Program,
  registers: Float64Array,
  r: number,
  pc: number,
): number {
  const base = registers[r + code.base[pc]!]!;
  const index = registers[r + code.index[pc]!]!;
  // In this order handles that cancel each other do not swallow the displacement.
  const address = code.displacement[pc]! + (base + code.scale[pc]! * index);
  if (isExact(address)) return address;
  return add(wide, code.displacement[pc]!, add(wide, base, multiply(wide, code.scale[pc]!, index)));
}

/** Whether a program may write to an address: in a litmus test only to its variables. */
export const isMapped = ({ mapped }: Program, address: number): boolean => !mapped || mapped.has(address);
