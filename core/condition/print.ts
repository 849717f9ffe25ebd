import type { Condition, Location, Proposition, Term } from "./tree.ts";

/** How locations, symbols and numbers are written; everything else is the same everywhere. */
export interface LocationStyle {
  location(location: Location): string;
}

/** `0:EAX`, `[x]`, `t[1]`, `[2000]`: as herd's reports write locations. */
export const PLAIN_STYLE: LocationStyle = {
  location(location) {
    switch (location.kind) {
      case "register":
        return `${location.thread}:${location.name}`;
      case "variable":
        return location.index === undefined ? `[${location.name}]` : `${location.name}[${location.index}]`;
      case "address":
        return `[${location.address}]`;
    }
  },
};

/** Binding strength of what surrounds a proposition. */
type Around = "nothing" | "or" | "and" | "implies" | "premise";

/** Writes a proposition as herd re-prints it: `not (…)` for `~` and `<>`, parentheses only where they are needed. */
export const printProposition = (proposition: Proposition, style: LocationStyle = PLAIN_STYLE): string =>
  print(proposition, "nothing", style);

/** `exists (…)`, `~exists (…)`, `forall (…)`, `always (…)`. */
export const printCondition = (
  { quantifier, proposition }: Condition,
  style: LocationStyle = PLAIN_STYLE,
): string => `${quantifier} (${printProposition(proposition, style)})`;

function print(proposition: Proposition, around: Around, style: LocationStyle): string {
  switch (proposition.kind) {
    case "true":
    case "false":
      return proposition.kind;
    case "compare": {
      const { comparison, left, right } = proposition;
      const sides = (mark: string) => `${printTerm(left, style)}${mark}${printTerm(right, style)}`;
      return comparison === "<>" ? `not (${sides("=")})` : sides(comparison);
    }
    case "not":
      return `not (${print(proposition.operand, "nothing", style)})`;
    case "and":
      return parenthesize(
        isImplied(around),
        proposition.operands.map((p) => print(p, "and", style)).join(" /\\ "),
      );
    case "or":
      return parenthesize(
        isImplied(around) || around === "and",
        proposition.operands.map((p) => print(p, "or", style)).join(" \\/ "),
      );
    case "implies":
      return parenthesize(
        around !== "nothing" && around !== "implies", // `=>` binds to the right
        `${print(proposition.left, "premise", style)} => ${print(proposition.right, "implies", style)}`,
      );
  }
}

const isImplied = (around: Around): boolean => around === "implies" || around === "premise";

const parenthesize = (needed: boolean, text: string): string => (needed ? `(${text})` : text);

function printTerm(term: Term, style: LocationStyle): string {
  switch (term.kind) {
    case "number":
      return String(term.value);
    case "symbol":
      return term.name;
    case "sum":
      return term.terms.map((t) => printTerm(t, style)).join("+");
    default:
      return style.location(term);
  }
}
