import type { Program } from "../core/machine/program.ts";
import { LineMap } from "../core/text/range.ts";
import type { PlaceCount } from "./protocol.ts";

/** What ends a run on the processor with a fault. */
export const FAULTS =
  "an address that has no memory on the processor, a `ret` without a `call`, the end of the code, or a result of more than 64 bits";

/** The instruction that threads were at, by its line, from 1, and its text; undefined behind the last one. */
export function placeOf(
  program: Program,
  { operation }: PlaceCount,
): { readonly line: number; readonly text: string } | undefined {
  const instruction = program.instructions[program.code.instruction[operation]!];
  if (!instruction) return undefined;
  const { line } = new LineMap(program.text).position(instruction.range.start);
  return { line: line + 1, text: instruction.text };
}

/** The same in words: `T0 at line 6, mov $1, x`. */
export function placeText(program: Program, place: PlaceCount): string {
  const at = placeOf(program, place);
  return `T${place.thread} ${at ? `at line ${at.line}, ${at.text}` : "behind the last instruction"}`;
}
