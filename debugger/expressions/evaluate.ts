import { load } from "../../core/machine/access.ts";
import { readCell } from "../../core/machine/memory.ts";
import type { Program, Variable } from "../../core/machine/program.ts";
import { noSuchThread } from "../../core/machine/refusal.ts";
import { codeAddress, isCode, type State } from "../../core/machine/state.ts";
import { toBigInt } from "../../core/machine/wide.ts";
import { didYouMean, nearest } from "../../core/text/nearest.ts";
import { UserError } from "../user-error.ts";
import { isRegister, registerNames, registerValue } from "./registers.ts";
import type { ArithmeticOperator, ComparisonOperator, Expression } from "./tree.ts";

/** Where an expression is evaluated. Only read, never changed. */
export interface Place {
  readonly state: State;
  /** The focused thread, which `ax`, `pc`, `tid` and `sb` are about; none outside of a frame. */
  readonly thread?: number;
}

export type Value =
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "buffer"; readonly thread: number };

/**
 * The value of an expression. Variables stand for their cell in shared memory, inside of `[ ]` for their address, behind `T1:` for the cell as that
 * thread sees it.
 * @throws UserError that says why there is no value
 */
export function evaluate(expression: Expression, place: Place): Value {
  switch (expression.kind) {
    case "logical": {
      const left = isTrue(expression.left, place);
      if (left === (expression.operator === "or")) return truth(left);
      return truth(isTrue(expression.right, place));
    }
    case "not":
      return truth(!isTrue(expression.operand, place));
    case "comparison": {
      const left = numberOf(expression.left, place);
      return truth(compare(expression.operator, left, numberOf(expression.right, place)));
    }
    case "buffer":
      return { kind: "buffer", thread: threadOf(expression, place) };
    default:
      return { kind: "number", value: numberOf(expression, place) };
  }
}

/** Whether a condition holds: a comparison that is true, or a number other than 0. */
export function isTrue(expression: Expression, place: Place): boolean {
  const value = evaluate(expression, place);
  if (value.kind === "buffer") return place.state.buffers[value.thread]!.count > 0;
  return value.kind === "truth" ? value.value : value.value !== 0n;
}

const truth = (value: boolean): Value => ({ kind: "truth", value });

/** The number that an expression stands for; inside of `[ ]` a variable is its address. */
export function numberOf(expression: Expression, place: Place, inAddress = false): bigint {
  const { program } = place.state;
  switch (expression.kind) {
    case "number":
      return BigInt(expression.value);
    case "negate":
      return -numberOf(expression.operand, place, inAddress);
    case "arithmetic": {
      const left = numberOf(expression.left, place, inAddress);
      return calculate(expression.operator, left, numberOf(expression.right, place, inAddress));
    }
    case "register":
      return registerValue(place.state, threadOf(expression, place), expression.name);
    case "label":
      return BigInt(labelAddress(program, expression.name));
    case "cell":
      return readAddress(place, addressOf(expression.address, place), expression.thread);
    case "name":
      return valueOfName(expression, place, inAddress);
    case "buffer":
      throw new UserError("a store buffer is not a number");
    default:
      throw new UserError("a comparison is true or false, not a number");
  }
}

/** The address that stands between `[` and `]`. @throws UserError for one that is too far away to be exact */
export function addressOf(expression: Expression, place: Place): number {
  const address = numberOf(expression, place, true);
  if (address > Number.MAX_SAFE_INTEGER || address < Number.MIN_SAFE_INTEGER)
    throw new UserError(`${address} is no address: they go up to ±2^53`);
  return Number(address);
}

/**
 * The thread that a part of an expression is about.
 * @throws UserError where none is named and none is focused, or where it does not exist
 */
export function threadOf(expression: { readonly thread?: number }, { state, thread }: Place): number {
  const wanted = expression.thread ?? thread;
  if (wanted === undefined) throw new UserError("which thread? write its number in front, as in `T0:ax`");
  if (wanted < state.threadCount) return wanted;
  throw new UserError(noSuchThread(wanted, state.threadCount));
}

/** The variable of a name; where it was declared again the later one counts. */
export const findVariable = (name: string, program: Program): Variable | undefined =>
  program.variables.findLast((v) => v.name === name);

function valueOfName(
  expression: Expression & { readonly kind: "name" },
  place: Place,
  inAddress: boolean,
): bigint {
  const { state } = place;
  const { name } = expression;
  if (name === "tid") return BigInt(threadOf(expression, place));
  if (name === "pc") return BigInt(codeAddress(state.program, state.pc[threadOf(expression, place)]!));
  if (isRegister(name, state.program)) return registerValue(state, threadOf(expression, place), name);
  const variable = findVariable(name, state.program);
  if (!variable) throw unknownName(name, state.program);
  return inAddress ? BigInt(variable.address) : readAddress(place, variable.address, expression.thread);
}

function unknownName(name: string, program: Program): UserError {
  const names = [...program.variables.map((v) => v.name), ...registerNames(program), "pc", "tid", "sb"];
  return new UserError(`there is no variable or register \`${name}\`${didYouMean(nearest(name, names))}`);
}

function labelAddress(program: Program, name: string): number {
  const label = program.labels.findLast((l) => l.name === name);
  if (label) return codeAddress(program, label.target);
  const names = program.labels.map((l) => l.name);
  throw new UserError(`there is no label \`${name}\`${didYouMean(nearest(name, names))}`);
}

function readAddress(place: Place, address: number, thread: number | undefined): bigint {
  const { state } = place;
  if (isCode(state.program, address)) throw new UserError(`address ${address} holds code, not data`);
  const value =
    thread === undefined
      ? readCell(state.memory, address)
      : load(state, threadOf({ thread }, place), address);
  if (!Number.isNaN(value)) return toBigInt(state.program.wide, value);
  throw new UserError(`address ${address} is outside of memory and was never written`);
}

function calculate(operator: ArithmeticOperator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    default:
      if (right === 0n) throw new UserError("division by zero");
      return operator === "/" ? left / right : left % right;
  }
}

function compare(operator: ComparisonOperator, left: bigint, right: bigint): boolean {
  switch (operator) {
    case "=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}
