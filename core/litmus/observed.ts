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
  const named = all.map((l) =>
    l.kind === "register" && dialect === "x86_64" ? { ...l, name: wholeName(l.name) } : l,
  );
  return [...new Map(named.map((location) => [locationKey(location), location])).values()];
}

/** The 64-bit register's name as reports print it; the name itself where there is none. */
const wholeName = (name: string): string => registerPart(name)?.whole ?? name;

/** A text that is the same for the same location. */
export function locationKey(location: Location): string {
  switch (location.kind) {
    case "register":
      return `${location.thread}:${location.name}`;
    case "variable":
      return location.index === undefined ? `[${location.name}]` : `${location.name}[${location.index}]`;
    case "address":
      return `[${location.address}]`;
  }
}
