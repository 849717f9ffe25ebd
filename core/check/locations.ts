import { addressesOf, latest, valueText as mappedText, nameOfAddress } from "../machine/describe.ts";
import type { Program } from "../machine/program.ts";
import { integerText } from "../machine/wide.ts";
import type { Traced } from "../options/traced.ts";
import type { Location } from "./check.ts";

/** The cells of all declared variables, in the order of the text. */
export const declaredCells = (program: Program): Location[] =>
  latest(program.variables).flatMap((v) =>
    addressesOf(v).map((address): Location => ({ kind: "memory", address })),
  );

/** The cells that -M names, and the registers of all threads that -R names. */
export const tracedLocations = (
  { memory, registers }: Omit<Traced, "errors">,
  threads: number,
): Location[] => [
  ...memory.map(({ address }): Location => ({ kind: "memory", address })),
  ...registers.flatMap(({ number: register }) =>
    Array.from({ length: threads }, (_, thread): Location => ({ kind: "register", thread, register })),
  ),
];

/** How a person writes a location: `count`, `flag+4`, `[2000]`, `0:ax`, `0:flags`. */
export function locationText(program: Program, location: Location): string {
  if (location.kind === "register")
    return `${location.thread}:${program.registers[location.register] ?? "flags"}`;
  return nameOfAddress(program, location.address) ?? `[${integerText(program.wide, location.address)}]`;
}

/** A location's value as a person reads it; `-` for a cell that is not mapped. */
export const valueText = (program: Program, value: number): string =>
  Number.isNaN(value) ? "-" : mappedText(program, value);

/** The values of locations as a person reads them; of a thread's flags those that are set. */
export const valueTexts = (
  program: Program,
  locations: readonly Location[],
  values: readonly number[],
): string[] =>
  values.map((value, i) => {
    const location = locations[i]!;
    const areFlags = location.kind === "register" && location.register >= program.registers.length;
    if (!areFlags) return valueText(program, value);
    return program.flags.filter((_, flag) => (value >> flag) & 1).join(" ") || "none";
  });
