import { add, fromBigInt, order, type WideIntegers } from "../machine/wide.ts";
import type { Comparison, Location, Proposition, Term } from "./tree.ts";

/** Where the values of a condition come from, for states of type `S`. */
export interface ConditionReading<S> {
  /** How to read a location; called once a location. */
  location(location: Location): (state: S) => number;
  /** The address of a variable. */
  address(name: string): number;
  /** The program's large integers. */
  readonly wide: WideIntegers;
}

/** Makes a function that tells whether a proposition holds in a state. All its names must exist. */
export function compileProposition<S>(
  proposition: Proposition,
  reading: ConditionReading<S>,
): (state: S) => boolean {
  switch (proposition.kind) {
    case "true":
      return () => true;
    case "false":
      return () => false;
    case "not": {
      const operand = compileProposition(proposition.operand, reading);
      return (state) => !operand(state);
    }
    case "and": {
      const operands = proposition.operands.map((p) => compileProposition(p, reading));
      return (state) => operands.every((holds) => holds(state));
    }
    case "or": {
      const operands = proposition.operands.map((p) => compileProposition(p, reading));
      return (state) => operands.some((holds) => holds(state));
    }
    case "implies": {
      const left = compileProposition(proposition.left, reading);
      const right = compileProposition(proposition.right, reading);
      return (state) => !left(state) || right(state);
    }
    case "compare": {
      const left = compileTerm(proposition.left, reading);
      const right = compileTerm(proposition.right, reading);
      const accepts = ACCEPTS[proposition.comparison];
      return (state) => accepts(order(reading.wide, left(state), right(state)));
    }
  }
}

/** Whether the sign of left − right makes a comparison true. */
const ACCEPTS: Readonly<Record<Comparison, (sign: number) => boolean>> = {
  "=": (sign) => sign === 0,
  "<>": (sign) => sign !== 0,
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
};

function compileTerm<S>(term: Term, reading: ConditionReading<S>): (state: S) => number {
  switch (term.kind) {
    case "number": {
      const value = fromBigInt(reading.wide, term.value);
      return () => value;
    }
    case "symbol": {
      const address = reading.address(term.name);
      return () => address;
    }
    case "sum": {
      const terms = term.terms.map((t) => compileTerm(t, reading));
      return (state) => terms.reduce((sum, value) => add(reading.wide, sum, value(state)), 0);
    }
    default:
      return reading.location(term);
  }
}
