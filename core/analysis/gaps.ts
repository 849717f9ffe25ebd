import type { Assembly } from "../asm/assemble.ts";

/** Operations of a text with errors of which nothing is known but where they stand. */
export interface Gaps {
  /** Not 0 for each of them. */
  readonly at: Uint8Array;
  /** Where each of them may lead, beside the operation behind it. */
  readonly landings: readonly number[];
}

/** A program without errors has none. */
export const NO_GAPS: Gaps = { at: new Uint8Array(), landings: [] };

/**
 * The instructions of a text that are not understood. Somebody may be about to write anything there: a jump to any label, or to what
 * is to become one, a `halt`, a fence.
 * @returns undefined where there may be instructions that are not even in the assembly, so that nothing can be said of ways
 */
export function gapsOf({ instructions, labels, diagnostics }: Assembly): Gaps | undefined {
  const codes = new Set(diagnostics.map((d) => d.code));
  if (codes.has("label-not-alone")) return undefined;
  if (instructions.every(({ understood }) => understood)) return NO_GAPS;
  const at = Uint8Array.from(instructions, ({ understood }) => Number(!understood));
  const all = [...at.keys()];
  // A label that is not there yet may come anywhere.
  if (codes.has("unknown-label")) return { at, landings: all };
  const targets = labels.map((label) => label.target);
  return { at, landings: [...new Set([...targets, ...all.filter((pc) => at[pc])])] };
}
