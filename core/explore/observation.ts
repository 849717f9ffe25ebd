import type { Program } from "../machine/program.ts";
import { type RegisterSet, successors, usesOf } from "./data-flow.ts";
import type { ThreadObservation } from "./thread-class.ts";

/**
 * Something whose value can be asked for: a register of a thread, or the memory cell at an address. The register behind the last one stands
 * for the thread's flags, as in `RegisterSet`.
 */
export type Location =
  | { readonly kind: "register"; readonly thread: number; readonly register: number }
  | { readonly kind: "memory"; readonly address: number };

/** What a thread has in a register, or its flags. */
export const registerOrFlags = (registers: Float64Array, flags: number, register: number): number =>
  register < registers.length ? registers[register]! : flags;

/** The value of a location in some state; NaN for a cell that is not mapped. */
export type Lookup = (location: Location) => number;

/** A proposition over the values of locations. */
export interface Proposition {
  readonly locations: readonly Location[];
  readonly holds: (lookup: Lookup) => boolean;
}

/** What a program is checked for. The first three are about final states, the last two about every state that can be reached. */
export type Check =
  | { readonly kind: "exists" | "~exists" | "forall" | "always"; readonly proposition: Proposition }
  /** At most one thread is between the operations `from` (included) and `to` (excluded). */
  | { readonly kind: "mutex"; readonly from: number; readonly to: number };

export const isAboutEveryState = (check: Check): boolean => check.kind === "always" || check.kind === "mutex";

export const sameLocation = (a: Location, b: Location): boolean =>
  a.kind === "register"
    ? b.kind === "register" && a.thread === b.thread && a.register === b.register
    : b.kind === "memory" && a.address === b.address;

/** What a check asks about final states. */
export const finalLocations = (check: Check): readonly Location[] =>
  isAboutEveryState(check) || check.kind === "mutex" ? [] : check.proposition.locations;

/** The locations without repetition, in the order of their first mention. */
export const distinctLocations = (locations: readonly Location[]): Location[] =>
  locations.filter((l, i) => locations.findIndex((other) => sameLocation(l, other)) === i);

/** Sorts what is asked by thread: which registers must be kept, and which operations must be seen on their own. */
export function observeThreads(
  program: Program,
  threads: number,
  final: readonly Location[],
  checks: readonly Check[],
): ThreadObservation[] {
  const always = checks.flatMap((c) => (c.kind === "always" ? c.proposition.locations : []));
  return Array.from({ length: threads }, (_, t) => {
    const watched = registersOf(always, t);
    return {
      final: registersOf(final, t) | watched,
      always: watched,
      visible: visibleOperations(program, watched, checks),
    };
  });
}

const registersOf = (locations: readonly Location[], thread: number): RegisterSet =>
  locations.reduce(
    (set, l) => (l.kind === "register" && l.thread === thread ? set | (1 << l.register) : set),
    0,
  );

function visibleOperations(program: Program, watched: RegisterSet, checks: readonly Check[]): Uint8Array {
  const visible = new Uint8Array(program.code.length + 1);
  for (let pc = 0; pc < program.code.length; pc++) {
    const crosses = checks.some(
      (c) =>
        c.kind === "mutex" &&
        successors(program.code, pc).some((next) => isInside(c, pc) !== isInside(c, next)),
    );
    if (crosses || usesOf(program, pc).writes & watched) visible[pc] = 1;
  }
  return visible;
}

/** Whether a thread that is at an operation is in the region of a `mutex`. */
export const isInside = (region: { from: number; to: number }, operation: number): boolean =>
  operation >= region.from && operation < region.to;
