import type { LitmusNameUse } from "../../core/litmus/name-uses.ts";
import { encodeTokens, type Modifier } from "../features/semantic-tokens.ts";
import type { LitmusDocument } from "./document.ts";

/** Labels, variables and registers with what is done to them. */
export const litmusTokens = ({ lines, names }: LitmusDocument): number[] =>
  encodeTokens(
    lines,
    names.uses.map((use) => ({ range: use.range, type: use.kind, modifiers: modifiersOf(use) })),
  );

function modifiersOf({ kind, role, pointer }: LitmusNameUse): Modifier[] {
  const modifiers: Modifier[] = [];
  if (kind === "variable") modifiers.push("shared");
  if (kind === "register") modifiers.push("private");
  if (pointer) modifiers.push("pointer");
  if (role === "declaration") modifiers.push("declaration");
  if (role === "write" || role === "update") modifiers.push("modification");
  return modifiers;
}
