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
export function stackSlots({ trace: { state }, program, stackBases }: Debuggee, thread: number): Slot[] {
  if (program.dialect !== "asm") return [];
  const slots: Slot[] = [];
  const bottom = stackBases[thread]!;
  for (let a = register(state, thread, SP); a < bottom && slots.length < MOST_SLOTS; a += CELL_SPACING) {
    const value = load(state, thread, a);
    if (Number.isNaN(value)) continue;
    const call = value - program.loadAddress - 1;
    const isCall = Number.isInteger(call) && program.code.operation[call] === OP.CALL;
    slots.push({ address: a, value, ...(isCall ? { call } : {}) });
  }
  return slots;
}

/**
 * A thread's frames, the innermost first. The machine keeps no list of them: a slot counts as a frame if it holds the address behind a `call`. So
 * the list is a function of the state alone and travels in time with it.
 */
export function frames(debuggee: Debuggee, thread: number): Frame[] {
  const { program, trace } = debuggee;
  const calls = stackSlots(debuggee, thread).flatMap((slot) => (slot.call === undefined ? [] : [slot.call]));
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

/** How many routines a thread has called and not returned from. */
export const callDepth = (debuggee: Debuggee, thread: number): number =>
  stackSlots(debuggee, thread).filter((slot) => slot.call !== undefined).length;

export const frameAddress = ({ program }: Debuggee, frame: Frame): string =>
  String(codeAddress(program, frame.operation));
