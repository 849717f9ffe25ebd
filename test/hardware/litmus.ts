import { distinctLocations, type Location } from "../../core/check/check.ts";
import { declaredCells } from "../../core/check/locations.ts";
import { columnOf } from "../../core/litmus/columns.ts";
import { type LitmusTest, lowerLitmus } from "../../core/litmus/lower.ts";
import { observedLocations } from "../../core/litmus/observed.ts";
import { parseLitmus } from "../../core/litmus/parse.ts";
import type { Program } from "../../core/machine/program.ts";
import { start } from "../../core/machine/state.ts";
import type { Diagnostic } from "../../core/text/diagnostic.ts";
import { type HardwareTest, hardwareTest } from "../../hardware/index.ts";

/** A litmus test for the processor: observed are its variables, and what its report shows. */
export function litmusOrRefusals(
  text: string,
): HardwareTest | { readonly refused: readonly Diagnostic[] } | undefined {
  const lowered = lowerLitmus(parseLitmus(text));
  const { program, alternatives } = lowered;
  if (!program || alternatives.length > 0) return undefined;
  return hardwareTest(start(program, { model: "sc" }), locationsOf(lowered, program));
}

function locationsOf(lowered: LitmusTest, program: Program): Location[] {
  const shown = observedLocations(lowered.tree).map((l) => columnOf(lowered, program, l).observed);
  return distinctLocations([...declaredCells(program), ...shown]);
}

/** The same for a text that must be accepted. */
export function litmusOf(text: string): HardwareTest {
  const test = litmusOrRefusals(text);
  if (!test || "refused" in test) throw new Error(test?.refused[0]?.message ?? "the test has errors");
  return test;
}
