import { add, fromBigInt, order, type WideIntegers } from "../machine/wide.ts";
import type { Comparison, Location, Proposition, Term } from "./tree.ts";

/** Where the values of a condition come from, for states of type `S`. */
export interface ConditionReading<S> {
  /** How to read a location; called once a location. NaN stands for a cell that is not mapped: it has no value. */
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
      return (state) => accepts(signOf(reading.wide, left(state), right(state)));
    }
  }
}

/** The sign of left − right; NaN where one of them has no value. */
const signOf = (wide: WideIntegers, left: number, right: number): number =>
  Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : order(wide, left, right);

/** Whether the sign of left − right makes a comparison true. What has no value is different from everything, and nothing else. */
const ACCEPTS: Readonly<Record<Comparison, (sign: number) => boolean>> = {
  "=": (sign) => sign === 0,
  "<>": (sign) => sign !== 0,
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
};

/** NaN where one of them has no value. */
const sumOf = (wide: WideIntegers, x: number, y: number): number =>
  Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : add(wide, x, y);

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
      return (state) => terms.reduce((sum, value) => sumOf(reading.wide, sum, value(state)), 0);
    }
    default:
      return reading.location(term);
  }
}
