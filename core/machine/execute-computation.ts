import { OP } from "../isa/operations.ts";
import { effectiveAddress, isMapped, load } from "./access.ts";
import {
  compute,
  cut,
  flagsAfter,
  inRegister,
  isFetching,
  isForFlags,
  isImmediate,
  isMemoryLeft,
  widthOf,
} from "./compute.ts";
import type { FaultKind } from "./fault.ts";
import { readCell, writeCell } from "./memory.ts";
import type { State } from "./state.ts";
import { appendStore } from "./store-buffer.ts";

/** Why an operation was not executed; the state is as before. */
export type Refusal = "blocked" | { readonly kind: FaultKind; readonly value: number };

/** Executes operation `pc`, one of those of the litmus dialects, for a thread (litmus.md §2, §3, §7). The pc is left alone. */
export function executeComputation(state: State, thread: number, pc: number): Refusal | undefined {
  const { program, registers, memory, model, bufferCapacity } = state;
  const { code, wide } = program;
  const op = code.operation[pc]!;
  const packed = code.compute[pc]!;
  const width = widthOf(packed);
  const r = thread * program.registers.length;
  const a = r + code.a[pc]!;
  const b = r + code.b[pc]!;
  const buffer = state.buffers[thread]!;
  const touchesMemory = op !== OP.COMPUTE_R && op !== OP.COMPUTE_I;
  const locked = op === OP.COMPUTE_LOCKED || op === OP.COMPARE_EXCHANGE;
  if (locked && buffer.count > 0) return "blocked";
  const address = touchesMemory ? effectiveAddress(program, registers, r, pc) : Number.NaN;
  if (touchesMemory && !isMapped(program, address)) {
    return { kind: op === OP.COMPUTE_STORE ? "unmapped-write" : "unmapped-read", value: address };
  }
  const cell = locked ? readCell(memory, address) : op === OP.COMPUTE_LOAD ? load(state, thread, address) : 0;
  const refuse = (value: number): Refusal => ({ kind: "symbolic-arithmetic", value });

  if (op === OP.COMPARE_EXCHANGE) {
    const expected = cut(wide, registers[a]!, width);
    const replacement = cut(wide, registers[b]!, width);
    if (Number.isNaN(expected) || Number.isNaN(replacement)) return refuse(registers[b]!);
    state.flags[thread] = flagsAfter(wide, packed, state.flags[thread]!, cell, expected, 0);
    if (cell === expected) writeCell(memory, address, replacement);
    else registers[a] = inRegister(packed, cell);
    return undefined;
  }

  const memoryLeft = isMemoryLeft(packed) || locked;
  const left = cut(wide, memoryLeft ? cell : registers[a]!, width);
  const memoryRight = op === OP.COMPUTE_LOAD && !memoryLeft;
  const given = op === OP.COMPUTE_I || isImmediate(packed) ? code.immediate[pc]! : registers[b]!;
  const right = cut(wide, memoryRight ? cell : given, width);
  const result = compute(wide, packed, left, right);
  // A comparison of different addresses has no result, but it has flags.
  if (Number.isNaN(left) || Number.isNaN(right) || (Number.isNaN(result) && !isForFlags(packed))) {
    return refuse(memoryLeft ? cell : registers[a]!);
  }
  if (op === OP.COMPUTE_STORE) {
    if (model === "sc") writeCell(memory, address, result);
    else if (buffer.count < bufferCapacity) appendStore(buffer, address, result, pc);
    else return "blocked";
  } else if (locked) {
    writeCell(memory, address, result);
    if (isFetching(packed)) registers[b] = inRegister(packed, cell);
  } else if (!isForFlags(packed)) registers[a] = inRegister(packed, result);
  state.flags[thread] = flagsAfter(wide, packed, state.flags[thread]!, left, right, result);
  return undefined;
}
