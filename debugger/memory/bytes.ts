import { load } from "../../core/machine/access.ts";
import { readCell } from "../../core/machine/memory.ts";
import { isCode } from "../../core/machine/state.ts";
import { toBigInt } from "../../core/machine/wide.ts";
import type { Edit } from "../../core/run/trace.ts";
import type { Debuggee } from "../debuggee.ts";
import { UserError } from "../user-error.ts";
import { laterWritten } from "./write-order.ts";

/** Bytes of a cell in the editor's memory view, little-endian (contract). */
const CELL_BYTES = 4;

/** The cell that a byte belongs to: of the cells that reach over it and are written, the one written last, otherwise the aligned one. */
function cellOf(debuggee: Debuggee, thread: number | undefined, byte: number): number {
  const aligned = byte - (((byte % CELL_BYTES) + CELL_BYTES) % CELL_BYTES);
  const candidates: number[] = [];
  for (let address = byte - CELL_BYTES + 1; address <= byte; address++) {
    if (address !== aligned && isWritten(debuggee, thread, address)) candidates.push(address);
  }
  if (candidates.length === 0) return aligned;
  return laterWritten(debuggee, thread, [aligned, ...candidates]);
}

/** Whether a cell holds anything but its first value. */
function isWritten(debuggee: Debuggee, thread: number | undefined, address: number): boolean {
  const value = cellValue(debuggee, thread, address);
  return !Number.isNaN(value) && value !== 0;
}

function cellValue(
  { trace: { state }, program }: Debuggee,
  thread: number | undefined,
  address: number,
): number {
  if (isCode(program, address)) return Number.NaN;
  return thread === undefined ? readCell(state.memory, address) : load(state, thread, address);
}

/** The bytes from an address on, as shared memory or a thread has them, up to the first that is not mapped. */
export function readBytes(
  debuggee: Debuggee,
  thread: number | undefined,
  start: number,
  count: number,
): { readonly bytes: Uint8Array; readonly unreadable: number } {
  const bytes = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const byte = byteAt(debuggee, thread, start + i);
    if (byte === undefined) return { bytes: bytes.subarray(0, i), unreadable: count - i };
    bytes[i] = byte;
  }
  return { bytes, unreadable: 0 };
}

function byteAt(debuggee: Debuggee, thread: number | undefined, at: number): number | undefined {
  const cell = cellOf(debuggee, thread, at);
  const value = cellValue(debuggee, thread, cell);
  if (Number.isNaN(value)) return undefined;
  const bits = BigInt.asUintN(8 * CELL_BYTES, toBigInt(debuggee.program.wide, value));
  return Number((bits >> BigInt(8 * (at - cell))) & 0xffn);
}

/**
 * The changes of cells that change these bytes, as signed numbers of four bytes.
 * @throws UserError if a byte belongs to code or to no cell
 */
export function writeEdits(debuggee: Debuggee, start: number, bytes: Uint8Array): Edit[] {
  const cells = new Map<number, bigint>();
  bytes.forEach((byte, i) => {
    const at = start + i;
    const cell = cellOf(debuggee, undefined, at);
    const value = cellValue(debuggee, undefined, cell);
    if (Number.isNaN(value)) throw new UserError(`address ${at} is code or not mapped: it cannot be written`);
    const bits = cells.get(cell) ?? BigInt.asUintN(8 * CELL_BYTES, toBigInt(debuggee.program.wide, value));
    const shift = BigInt(8 * (at - cell));
    cells.set(cell, (bits & ~(0xffn << shift)) | (BigInt(byte) << shift));
  });
  return [...cells].map(([address, bits]) => ({
    kind: "memory",
    address,
    value: Number(BigInt.asIntN(8 * CELL_BYTES, bits)),
  }));
}
