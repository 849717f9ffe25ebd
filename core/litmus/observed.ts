import { PLAIN_STYLE } from "../condition/print.ts";
import { type Location, locationsOf } from "../condition/tree.ts";
import { registerPart } from "../isa/x86-registers.ts";
import type { LitmusTree } from "./tree.ts";

/**
 * The locations that a report shows: those of the `locations` section and of the condition, each once, in no particular order; registers
 * under the names that reports give them. The filter's locations do not count (litmus.md §1).
 */
export function observedLocations({ dialect, locations, condition }: LitmusTree): Location[] {
  const all = [
    ...(locations?.items ?? []),
    ...(condition ? locationsOf(condition.condition.proposition) : []),
  ];
  const named = all.map((location) => canonical(location, dialect));
  return [...new Map(named.map((location) => [locationText(location), location])).values()];
}

/** A location with the register's name as reports print it: X86_64's are written in any case. */
export const canonical = (location: Location, dialect: LitmusTree["dialect"]): Location =>
  location.kind === "register" && dialect === "x86_64"
    ? { ...location, name: registerPart(location.name)?.whole ?? location.name }
    : location;

/** `0:EAX`, `[x]`, `t[1]`: the same text for the same location. */
export const locationText = (location: Location): string => PLAIN_STYLE.location(location);
