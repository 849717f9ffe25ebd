import type { Range } from "../text/range.ts";

/** A register of a thread, `0:EAX`. */
export interface RegisterLocation {
  readonly kind: "register";
  readonly range: Range;
  readonly thread: number;
  readonly threadRange: Range;
  /** As written, without `%`. */
  readonly name: string;
  readonly nameRange: Range;
}

/** A variable, `x` or `[x]`, or a cell of an array, `t[1]`. */
export interface VariableLocation {
  readonly kind: "variable";
  readonly range: Range;
  readonly name: string;
  readonly nameRange: Range;
  readonly index?: number;
}

/** A memory cell by its address, `[2000]`. */
export interface AddressLocation {
  readonly kind: "address";
  readonly range: Range;
  readonly address: bigint;
}

/** What has a value in every state. */
export type Location = RegisterLocation | VariableLocation | AddressLocation;

export interface NumberTerm {
  readonly kind: "number";
  readonly range: Range;
  readonly value: bigint;
}

/** The address of a variable, `x` on the right of a herd atom. */
export interface SymbolTerm {
  readonly kind: "symbol";
  readonly range: Range;
  readonly name: string;
}

export interface SumTerm {
  readonly kind: "sum";
  readonly range: Range;
  /** At least two. */
  readonly terms: readonly Term[];
}

export type Term = Location | NumberTerm | SymbolTerm | SumTerm;

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** A proposition over one state. `and` and `or` have any number of operands, so that long chains are not deep. */
export type Proposition =
  | { readonly kind: "true" | "false"; readonly range: Range }
  | {
      readonly kind: "compare";
      readonly range: Range;
      readonly comparison: Comparison;
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "not"; readonly range: Range; readonly operand: Proposition }
  | { readonly kind: "and" | "or"; readonly range: Range; readonly operands: readonly Proposition[] }
  | {
      readonly kind: "implies";
      readonly range: Range;
      readonly left: Proposition;
      readonly right: Proposition;
    };

/**
 * How a condition quantifies over states: `exists` (herd also says `final` and `observed`), `~exists` and `forall` over final states,
 * `always` over all states.
 */
export type Quantifier = "exists" | "~exists" | "forall" | "always";

export const QUANTIFIERS: readonly Quantifier[] = ["exists", "~exists", "forall", "always"];

export interface Condition {
  readonly range: Range;
  readonly quantifier: Quantifier;
  readonly proposition: Proposition;
}

/** The locations of a proposition, in the order of the text. */
export function locationsOf(proposition: Proposition): Location[] {
  const found: Location[] = [];
  const visitTerm = (term: Term): void => {
    if (term.kind === "sum") term.terms.forEach(visitTerm);
    else if (term.kind !== "number" && term.kind !== "symbol") found.push(term);
  };
  forEachComparison(proposition, ({ left, right }) => {
    visitTerm(left);
    visitTerm(right);
  });
  return found;
}

/** Calls `visit` for every comparison, in the order of the text. */
export function forEachComparison(
  proposition: Proposition,
  visit: (comparison: Proposition & { kind: "compare" }) => void,
): void {
  switch (proposition.kind) {
    case "compare":
      visit(proposition);
      break;
    case "not":
      forEachComparison(proposition.operand, visit);
      break;
    case "and":
    case "or":
      for (const operand of proposition.operands) forEachComparison(operand, visit);
      break;
    case "implies":
      forEachComparison(proposition.left, visit);
      forEachComparison(proposition.right, visit);
      break;
    default:
      break;
  }
}
