import type { Diagnostic } from "../text/diagnostic.ts";
import { silencer } from "../text/silence.ts";
import { keyOf, type LitmusNames } from "./names.ts";
import { shown } from "./report-error.ts";
import type { LitmusTree } from "./tree.ts";

/** What is legal in a test and has no effect: labels that nothing jumps to, variables that only the initial state mentions; but for what a comment silences. */
export function litmusWarnings({ lines, comments }: LitmusTree, { uses }: LitmusNames): Diagnostic[] {
  const isSilenced = silencer(lines, comments);
  const used = new Set(uses.filter((use) => use.role !== "declaration").map(keyOf));
  return uses
    .filter((use) => use.kind !== "register" && !used.has(keyOf(use)))
    .map(({ kind, name, range }) => ({ range, unnecessary: true as const, ...described(kind, shown(name)) }))
    .filter(({ code, range }) => !isSilenced(code, lines.position(range.start).line));
}

const described = (kind: string, name: string): Pick<Diagnostic, "code" | "severity" | "message"> =>
  kind === "label"
    ? { code: "unused-label", severity: "hint", message: `nothing jumps to \`${name}\`` }
    : { code: "unused-variable", severity: "warning", message: `\`${name}\` is never used` };
