import type { NameKind } from "../../../core/asm/names.ts";
import type { AsmDocument } from "../../document.ts";

/** The declared names of a kind, the most used first, at most `MOST_NAMES`. */
export function declaredNames({ names, assembly }: AsmDocument, kind: NameKind): string[] {
  const declared = kind === "label" ? assembly.labels : assembly.variables;
  const unique = [...new Set(declared.map((d) => d.name))];
  return unique.sort((a, b) => names.of(kind, b).length - names.of(kind, a).length).slice(0, MOST_NAMES);
}

/** A list in which nobody would look further. */
const MOST_NAMES = 500;

/** Labels that something jumps to and that stand nowhere. */
export const missingLabels = ({ names, assembly }: AsmDocument): string[] => {
  const declared = new Set(assembly.labels.map((l) => l.name));
  const used = names.uses.filter(
    (u) => u.kind === "label" && u.role !== "declaration" && !declared.has(u.name),
  );
  return [...new Set(used.map((u) => u.name))].slice(0, MOST_NAMES);
};
