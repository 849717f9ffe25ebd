import type { Range } from "../text/range.ts";

/**
 * Something whose value can be asked for: a register of a thread, or the memory cell at an address. The register behind the last one stands
 * for the thread's flags, as in `RegisterSet`.
 */
export type Location =
  | { readonly kind: "register"; readonly thread: number; readonly register: number }
  | { readonly kind: "memory"; readonly address: number };

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

/** Whether a thread that is at an operation is in the region of a `mutex`. */
export const isInside = (region: { from: number; to: number }, operation: number): boolean =>
  operation >= region.from && operation < region.to;

/** A check as it was written. */
export interface WrittenCheck {
  readonly check: Check;
  /** Without `#@`, as in `forall (count = 2)`. */
  readonly text: string;
  /** Where it stands in the program; undefined for one that was given beside it. */
  readonly range?: Range;
}
