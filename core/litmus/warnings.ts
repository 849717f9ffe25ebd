import type { Diagnostic } from "../text/diagnostic.ts";
import { once } from "../text/once.ts";
import { moved } from "../text/range.ts";
import { silencer } from "../text/silence.ts";
import type { Steps } from "../text/steps.ts";
import { type LitmusNameUse, usesAroundCode, usesInRow } from "./name-uses.ts";
import { shown } from "./report-error.ts";
import type { LitmusTree, RowContent } from "./tree.ts";
import { wordsWithErrors, wordsWithErrorsBehindCode } from "./words-with-errors.ts";

/** So many rows are looked at in a millisecond or two. */
const ROWS_IN_A_STEP = 100;

/**
 * What is legal in a test and has no effect, in steps: labels that nothing jumps to, variables that only the initial state mentions; but
 * for what a comment silences.
 */
export function* litmusWarnings(tree: LitmusTree): Steps<Diagnostic[]> {
  const { lines, comments, rows } = tree;
  if (!tree.header) return [];
  const parts = [{ start: 0, ...sorted(usesAroundCode(tree)) }];
  for (const { content, start } of rows) {
    parts.push({ start, ...sortedInRow(content) });
    if (parts.length % ROWS_IN_A_STEP === 0) yield;
  }
  const unused = new Set(parts.flatMap(({ declared }) => declared.map(({ key }) => key)));
  for (const { used } of parts) {
    if (unused.size === 0) return [];
    for (const key of used) unused.delete(key);
  }
  const isSilenced = silencer(lines, comments);
  const mayBeUsed = new Set([...wordsWithErrors(tree), ...wordsWithErrorsBehindCode(tree)]);
  return parts
    .flatMap(({ declared, start }) =>
      declared
        .filter(({ key, name }) => unused.has(key) && !mayBeUsed.has(name))
        .map((use) => ({ ...described(use), range: moved(use.range, start), unnecessary: true as const })),
    )
    .filter(({ code, range }) => !isSilenced(code, lines.position(range.start).line));
}

/** Labels and variables: where they are declared, and the keys of those that are used. Registers need no use. */
function sorted(uses: readonly LitmusNameUse[]): {
  readonly declared: readonly LitmusNameUse[];
  readonly used: ReadonlySet<string>;
} {
  const named = uses.filter(({ kind }) => kind !== "register");
  const isDeclared = ({ role }: LitmusNameUse) => role === "declaration";
  const used = named.filter((use) => !isDeclared(use)).map(({ key }) => key);
  return { declared: named.filter(isDeclared), used: new Set(used) };
}

const sortedInRow = once((content: RowContent) => sorted(usesInRow(content)));

const described = ({ kind, name }: LitmusNameUse): Pick<Diagnostic, "code" | "severity" | "message"> =>
  kind === "label"
    ? { code: "unused-label", severity: "hint", message: `nothing jumps to \`${shown(name)}\`` }
    : { code: "unused-variable", severity: "warning", message: `\`${shown(name)}\` is never used` };
