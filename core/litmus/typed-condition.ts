import type { Condition, Proposition, Term } from "../condition/tree.ts";
import { typeOf } from "./columns.ts";
import type { ResolvedTest } from "./resolve.ts";
import type { IntegerType } from "./types.ts";

/** A test's condition, its numbers seen as values of the types that they are compared with: beside an `int`, 0xffffffff is −1. */
export function conditionOf(test: ResolvedTest): Condition | undefined {
  const condition = test.tree.condition?.condition;
  return condition && { ...condition, proposition: typed(test, condition.proposition) };
}

/** The same for its filter. */
export function filterOf(test: ResolvedTest): Proposition | undefined {
  const filter = test.tree.filter?.proposition;
  return filter && typed(test, filter);
}

function typed(test: ResolvedTest, proposition: Proposition): Proposition {
  switch (proposition.kind) {
    case "compare": {
      const { left, right } = proposition;
      return { ...proposition, left: beside(test, right, left), right: beside(test, left, right) };
    }
    case "not":
      return { ...proposition, operand: typed(test, proposition.operand) };
    case "and":
    case "or":
      return { ...proposition, operands: proposition.operands.map((p) => typed(test, p)) };
    case "implies":
      return { ...proposition, left: typed(test, proposition.left), right: typed(test, proposition.right) };
    default:
      return proposition;
  }
}

/** A term that is compared with another one. */
function beside(test: ResolvedTest, other: Term, term: Term): Term {
  if (term.kind !== "number" || other.kind === "number" || other.kind === "symbol" || other.kind === "sum")
    return term;
  return { ...term, value: asValue(term.value, typeOf(test, other)) };
}

/** A number that fits into the bits of a type as what these bits mean; a larger one stays what it is, and is no value of the type. */
function asValue(number: bigint, { bits, signed }: IntegerType): bigint {
  if (number >= 1n << BigInt(bits) || number < -(1n << BigInt(bits - 1))) return number;
  return signed ? BigInt.asIntN(bits, number) : BigInt.asUintN(bits, number);
}
