import type { Location } from "../core/check/check.ts";
import type { State } from "../core/machine/state.ts";
import type { Diagnostic } from "../core/text/diagnostic.ts";
import { reachableOperations } from "./flow.ts";
import { type Layout, makeLayout } from "./layout.ts";
import { refusals } from "./refusals.ts";

/** A program that can be run on the processor, with its start and what is observed of its ends. */
export interface HardwareTest {
  readonly start: State;
  /** What an outcome consists of. */
  readonly locations: readonly Location[];
  readonly layout: Layout;
}

/**
 * Makes a test of a program at its start. What has no counterpart on the processor is refused, with the place in the source.
 * @param start the state before the first transition; its model does not matter
 */
export function hardwareTest(
  start: State,
  locations: readonly Location[],
): HardwareTest | { readonly refused: readonly Diagnostic[] } {
  const { code } = start.program;
  const entries = new Set(start.pc);
  const operations = new Set([...entries].flatMap((entry) => reachableOperations(code, entry)));
  const layout = makeLayout(start, [...operations], locations);
  const refused = refusals(start, layout, locations);
  return refused.length ? { refused } : { start, locations, layout };
}
