import { valueText } from "../core/machine/describe.ts";
import { readCell } from "../core/machine/memory.ts";
import type { Program } from "../core/machine/program.ts";
import { codeAddress, isCode, register, type State } from "../core/machine/state.ts";
import type { RunOptionValues } from "../core/options/configuration.ts";
import { type Traced, traced } from "../core/options/traced.ts";
import type { Switch } from "../core/schedule/interrupts.ts";
import { Failure } from "./exit.ts";
import { print } from "./output.ts";

/** What the rows of a run show beside the instructions, and how (dialect §9). */
export interface RowOptions {
  readonly memory: readonly { readonly head: string; readonly address: number }[];
  readonly registers: readonly { readonly head: string; readonly number: number }[];
  readonly codes: boolean;
  readonly count: boolean;
  /** Values, or question marks for the reader to answer. */
  readonly values: boolean;
  /** Whether a thread's head is as wide as its column; x86.py's is narrower. */
  readonly alignedHeads: boolean;
  /** Repeat the heads every so many instructions; 0: never. */
  readonly headEvery: number;
}

/** Width of a thread's column. */
const COLUMN = 25;
const HALT = "----- Halt;Switch -----  ";
const INTERRUPT = "------ Interrupt ------  ";

/**
 * Works out what -M, -R, -C, -S, -H and -c ask for.
 * @param status with which to fail where one of them names what is not there
 */
export function rowOptions(program: Program, values: RunOptionValues, status: number): RowOptions {
  return {
    ...tracedOrFail(program, values, status),
    codes: values.cctrace ?? false,
    count: values.printstats ?? false,
    values: values.compute ?? false,
    alignedHeads: false,
    headEvery: Math.max(0, values.headercount ?? 0),
  };
}

/** What -M and -R name; fails with a status where that is not there. */
export function tracedOrFail(
  program: Program,
  values: RunOptionValues,
  status: number,
): Omit<Traced, "errors"> {
  const { errors, ...found } = traced(program, values);
  if (errors[0] !== undefined) throw new Failure(status, `error: ${errors[0]}`);
  return found;
}

/** Fails with a status where values of cells are to be shown that hold none. */
export function checkTracedCells(options: RowOptions, state: State, status: number): void {
  if (!options.values) return;
  for (const { address } of options.memory) {
    const why = whyNoValue(state, address);
    if (why !== undefined) throw new Failure(status, `error: -M: ${why}`);
  }
}

/** Why a cell holds no value that could be shown: it is outside of memory, or code. */
export function whyNoValue(state: State, address: number): string | undefined {
  if (Number.isNaN(readCell(state.memory, address)))
    return `address ${address} is outside of memory and was never written`;
  return isCode(state.program, address) ? `at address ${address} is code, not a number` : undefined;
}

/** Prints the rows of a run. */
export interface Rows {
  /** The heads and the row of the state before the next instruction, which thread `thread` is loaded for. */
  heads(state: State, thread: number, count: number): void;
  /** The row of an instruction, after it was executed; `count` instructions were before it. */
  instruction(state: State, thread: number, operation: number, count: number): void;
  /** The row of a store that reached memory; the values shown are those of `loaded`. */
  drain(state: State, thread: number, address: number, value: number, loaded: number, count: number): void;
  switched(state: State, loaded: number, kind: Switch, count: number): void;
}

export function createRows(program: Program, options: RowOptions, threadCount: number): Rows {
  const head = headLine(program, options, threadCount);
  const valuePart = createValuePart(program, options);
  const hasFirstRow = options.memory.length > 0 || options.registers.length > 0 || options.codes;
  const indents = Array.from({ length: threadCount }, (_, t) => " ".repeat(COLUMN * t));
  const texts = program.instructions.map((i) => `${codeAddress(program, i.start)} ${i.text}\n`);
  return {
    heads(state, thread, count) {
      print(`\n${head}\n\n${valuePart(state, thread, count)}${hasFirstRow ? "\n" : ""}`);
    },
    instruction(state, thread, operation, count) {
      print(
        valuePart(state, thread, count) + indents[thread]! + texts[program.code.instruction[operation]!]!,
      );
    },
    drain(state, thread, address, value, loaded, count) {
      print(
        `${valuePart(state, loaded, count)}${indents[thread]!}drain ${valueText(program, address)} <- ${valueText(program, value)}\n`,
      );
    },
    switched(state, loaded, kind, count) {
      print(
        `${valuePart(state, loaded, count)}${(kind === "halt" ? HALT : INTERRUPT).repeat(threadCount)}\n`,
      );
    },
  };
}

function headLine(
  { flags }: Program,
  { memory, registers, codes, count, alignedHeads }: RowOptions,
  threadCount: number,
): string {
  const group = (items: readonly { head: string }[]): string =>
    items.length ? `${items.map((i) => `${i.head.padStart(5)} `).join("")}  ` : "";
  const threads = Array.from({ length: threadCount }, (_, t) =>
    `       Thread ${t}         `.padEnd(alignedHeads ? COLUMN : 0),
  ).join("");
  return `${count ? "icount " : ""}${group(memory)}${group(registers)}${codes ? flags.map((f) => f.padEnd(3)).join("") : ""}${threads}`;
}

type ValuePart = (state: State, thread: number, count: number) => string;

function createValuePart(
  program: Program,
  { memory, registers, codes, count, values }: RowOptions,
): ValuePart {
  if (!values) {
    const group = (n: number): string => (n ? `${"    ? ".repeat(n)}  ` : "");
    const fixed = `${group(memory.length)}${group(registers.length)}${codes ? "?  ".repeat(program.flags.length) : ""}`;
    return count ? (_state, _thread, n) => `${String(n).padStart(6)} ${fixed}` : () => fixed;
  }
  return (state, thread, n) => {
    let text = count ? `${String(n).padStart(6)} ` : "";
    for (const { address } of memory)
      text += `${valueText(program, readCell(state.memory, address)).padStart(5)} `;
    if (memory.length) text += "  ";
    for (const { number } of registers)
      text += `${valueText(program, register(state, thread, number)).padStart(5)} `;
    if (registers.length) text += "  ";
    if (codes)
      for (let i = 0; i < program.flags.length; i++) text += (state.flags[thread]! >> i) & 1 ? "1  " : "0  ";
    return text;
  };
}
