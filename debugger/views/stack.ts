import { OP } from "../../core/isa/operations.ts";
import { SP } from "../../core/isa/registers.ts";
import { load } from "../../core/machine/access.ts";
import { CELL_SPACING } from "../../core/machine/program.ts";
import { codeAddress, register } from "../../core/machine/state.ts";
import type { Debuggee } from "../debuggee.ts";
import { placeName, standsAt } from "./place.ts";

/** One routine that a thread is in. */
export interface Frame {
  /** The next instruction (of a thread that has halted, its last), or in a caller the `call` that has not returned yet. */
  readonly operation: number;
  readonly name: string;
}

/** Slots of a stack that are looked at: as many as fit between the stacks of two threads. */
export const MOST_SLOTS = 250;

/** A slot of a thread's stack, as the thread sees it. */
export interface Slot {
  readonly address: number;
  readonly value: number;
  /** Operation index of the `call` that pushed its return address here, if it looks as if one did. */
  readonly call?: number;
}

/** What a thread has on its stack, the top first. */
export function* stackSlots(
  { trace: { state }, program, stackBases }: Debuggee,
  thread: number,
): Generator<Slot, void> {
  if (program.dialect !== "asm") return;
  const top = register(state, thread, SP);
  const bottom = Math.min(stackBases[thread]!, top + MOST_SLOTS * CELL_SPACING);
  for (let address = top; address < bottom; address += CELL_SPACING) {
    const value = load(state, thread, address);
    if (Number.isNaN(value)) continue;
    const call = value - program.loadAddress - 1;
    const isCall = Number.isInteger(call) && program.code.operation[call] === OP.CALL;
    yield { address, value, ...(isCall ? { call } : {}) };
  }
}

/**
 * A thread's frames, the innermost first. The machine keeps no list of them: a slot counts as a frame if it holds the address behind a `call`. So
 * the list is a function of the state alone and travels in time with it.
 */
export function frames(debuggee: Debuggee, thread: number): Frame[] {
  const { program, trace } = debuggee;
  const calls = callSlots(debuggee, thread).map(({ call }) => call);
  const routines = [...calls.map((call) => program.code.target[call]!), undefined];
  return [standsAt(trace.state, thread), ...calls].map((operation, depth) => ({
    operation,
    name: routineName(debuggee, routines[depth], operation),
  }));
}

function routineName({ program }: Debuggee, routine: number | undefined, operation: number): string {
  // A jump by hand can lead out of a routine that has not returned.
  if (routine === undefined || operation < routine) return placeName(program, operation);
  const name = placeName(program, routine);
  return operation === routine ? name : `${name}+${operation - routine}`;
}

/** The slots from which the routines that a thread is in return, the innermost first. */
export const callSlots = (debuggee: Debuggee, thread: number): Required<Slot>[] =>
  [...stackSlots(debuggee, thread)].filter((slot): slot is Required<Slot> => slot.call !== undefined);

/**
 * The address of the slot from which a thread's routine returns; infinity in no routine. Stacks grow down: what a routine calls has its slot below,
 * so that addresses compare as depths do, however deep the calls are.
 */
export function returnSlot(debuggee: Debuggee, thread: number): number {
  for (const { address, call } of stackSlots(debuggee, thread)) if (call !== undefined) return address;
  return Number.POSITIVE_INFINITY;
}

export const frameAddress = ({ program }: Debuggee, frame: Frame): string =>
  String(codeAddress(program, frame.operation));
