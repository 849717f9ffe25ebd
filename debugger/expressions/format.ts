import type { Integer } from "../../core/machine/describe.ts";
import type { Program } from "../../core/machine/program.ts";
import { entries } from "../../core/machine/store-buffer.ts";
import { symbolText } from "../../core/machine/symbolic.ts";
import { toBigInt } from "../../core/machine/wide.ts";
import type { Place, Value } from "./evaluate.ts";
import type { Base } from "./tree.ts";

const PREFIXES: Readonly<Record<Base, string>> = { 10: "", 16: "0x", 2: "0b" };

/** A number as views show it: `12`, `0xc`, `-0b1100`. */
export const formatNumber = (value: bigint | number, base: Base): string =>
  `${value < 0 ? "-" : ""}${PREFIXES[base]}${value.toString(base).replace("-", "")}`;

/** An integer of a state in JSON as views show it; the name of an address stays as it is. */
export const formatInteger = (value: Integer, base: Base): string =>
  /^-?\d+$/.test(String(value)) ? formatNumber(BigInt(value), base) : String(value);

/** A value of the machine as views show it; of a cell outside of memory that was never written, that there is none. */
export const formatCell = (program: Program, value: number, base: Base): string =>
  Number.isNaN(value)
    ? "not mapped"
    : (symbolText(program, value) ?? formatNumber(toBigInt(program.wide, value), base));

/** A number that was computed, as views show it: in a litmus test the address of a variable by its name. */
export const formatResult = (program: Program, value: bigint, base: Base): string =>
  symbolText(program, Number(value)) ?? formatNumber(value, base);

/** A value in one line; a store buffer is its stores, oldest first, as in `count ← 1, flag ← 0`. */
export function formatValue(
  value: Value,
  { state }: Place,
  base: Base,
  nameOf: (address: number) => string | undefined,
): string {
  if (value.kind === "truth") return String(value.value);
  if (value.kind === "number") return formatResult(state.program, value.value, base);
  const stores = entries(state.buffers[value.thread]!).map(
    (e) => `${nameOf(e.address) ?? `[${e.address}]`} ← ${formatCell(state.program, e.value, base)}`,
  );
  return stores.length > 0 ? stores.join(", ") : "empty";
}
