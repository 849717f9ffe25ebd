import { forEachCell, readCell } from "./memory.ts";
import { CELL_SPACING, isOwnRegister, type Program, type Variable } from "./program.ts";
import { codeAddress, register, type State } from "./state.ts";
import { entries } from "./store-buffer.ts";
import { symbolText } from "./symbolic.ts";
import { integerText, isExact } from "./wide.ts";

/** An integer in JSON: a text where a double would not be exact, or where it is the address of a litmus test's variable. */
export type Integer = number | string;

export const jsonInteger = (program: Program, value: number): Integer =>
  isExact(value) ? (symbolText(program, value) ?? value) : integerText(program.wide, value);

/** A value as a person reads it: digits, or the name of the variable whose address it is. */
export const valueText = (program: Program, value: number): string =>
  symbolText(program, value) ?? integerText(program.wide, value);

/** A state as JSON for scripts and views; names instead of numbers where there are any. */
export interface StateDescription {
  readonly model: string;
  readonly threads: readonly ThreadDescription[];
  /** By name; an array for a variable of several cells. */
  readonly variables: Readonly<Record<string, Integer | readonly Integer[]>>;
  /** All other cells that were written, by address. */
  readonly cells: Readonly<Record<string, Integer>>;
}

export interface ThreadDescription {
  readonly halted: boolean;
  /** Address of the next instruction. */
  readonly pc: number;
  /** Text of the next instruction, if there is one. */
  readonly next?: string;
  readonly registers: Readonly<Record<string, Integer>>;
  /** The condition codes or flags that are set. */
  readonly flags: readonly string[];
  /** Oldest first. */
  readonly buffer: readonly {
    readonly address: Integer;
    readonly variable?: string;
    readonly value: Integer;
  }[];
}

export function describeState(state: State): StateDescription {
  const { program } = state;
  const variables = latest(program.variables);
  const covered = new Set(variables.flatMap(addressesOf));
  const cells: Record<string, Integer> = {};
  forEachCell(state.memory, (address, value) => {
    if (!covered.has(address)) cells[integerText(program.wide, address)] = jsonInteger(program, value);
  });
  return {
    model: state.model,
    threads: Array.from({ length: state.threadCount }, (_, t) => describeThread(state, t)),
    variables: Object.fromEntries(
      variables.map((v) => {
        const values = addressesOf(v).map((a) => jsonInteger(program, readCell(state.memory, a)));
        return [v.name, v.count === 1 ? values[0]! : values];
      }),
    ),
    cells,
  };
}

/** Addresses of a variable's cells. */
export const addressesOf = (v: Variable): number[] =>
  Array.from({ length: Math.max(0, v.count) }, (_, i) => v.address + i * (v.spacing ?? CELL_SPACING));

/** The variables that count: of those with the same name the last. */
export const latest = (variables: readonly Variable[]): Variable[] => [
  ...new Map(variables.map((v) => [v.name, v])).values(),
];

/** How a person calls an address: `count`, `flag+4`, or nothing where no variable is. */
export function nameOfAddress(program: Program, address: number): string | undefined {
  for (const v of latest(program.variables)) {
    const offset = address - v.address;
    if (offset === 0 && v.count > 0) return v.name;
    if (offset > 0 && offset < v.count * (v.spacing ?? CELL_SPACING)) return `${v.name}+${offset}`;
  }
  return undefined;
}

function describeThread(state: State, thread: number): ThreadDescription {
  const { program } = state;
  const pc = state.pc[thread]!;
  const next = program.instructions[program.code.instruction[pc]!]?.text;
  return {
    halted: state.halted[thread] === 1,
    pc: codeAddress(program, pc),
    ...(next === undefined ? {} : { next }),
    registers: Object.fromEntries(
      program.registers
        .map((name, i) => [name, jsonInteger(program, register(state, thread, i))] as const)
        .filter(([name]) => !isOwnRegister(name)),
    ),
    flags: program.flags.filter((_, i) => (state.flags[thread]! >> i) & 1),
    buffer: entries(state.buffers[thread]!).map(({ address, value }) => {
      const variable = nameOfAddress(program, address);
      return {
        address: jsonInteger(program, address),
        ...(variable === undefined ? {} : { variable }),
        value: jsonInteger(program, value),
      };
    }),
  };
}
