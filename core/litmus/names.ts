import { findAt } from "../asm/names.ts";
import { moved } from "../text/range.ts";
import { keyOf, type LitmusName, type LitmusNameUse, usesAroundCode, usesInRow } from "./name-uses.ts";
import type { LitmusTree } from "./tree.ts";

/** All places where names stand, in the order of the text. */
export interface LitmusNames {
  readonly uses: readonly LitmusNameUse[];
  /** All places of a name, or of the one that stands at a place. */
  of(name: LitmusName): readonly LitmusNameUse[];
  /** The place at an offset; its end counts, too. */
  at(offset: number): LitmusNameUse | undefined;
  /** All places of the name that stands at an offset; of a register or a label those of its thread. */
  placesAt(offset: number): readonly LitmusNameUse[];
}

/** Finds every place where a name stands, whether or not it exists. */
export function indexLitmusNames(tree: LitmusTree): LitmusNames {
  const uses = usesAroundCode(tree);
  for (const { content, start } of tree.rows) {
    for (const use of usesInRow(content)) uses.push({ ...use, range: moved(use.range, start) });
  }
  uses.sort((a, b) => a.range.start - b.range.start);
  const places = new Map<string, LitmusNameUse[]>();
  for (const use of uses) {
    const known = places.get(use.key);
    if (known) known.push(use);
    else places.set(use.key, [use]);
  }
  const of: LitmusNames["of"] = (name) => places.get(keyOf(name)) ?? [];
  const at: LitmusNames["at"] = (offset) => findAt(uses, offset);
  const placesAt: LitmusNames["placesAt"] = (offset) => {
    const use = at(offset);
    return use ? of(use) : [];
  };
  return { uses, of, at, placesAt };
}
