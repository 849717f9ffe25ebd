import type { Location } from "../core/check/check.ts";
import { usesOf } from "../core/explore/threads/data-flow.ts";
import { COMPUTE, OP } from "../core/isa/operations.ts";
import { ZERO } from "../core/isa/registers.ts";
import { functionOf } from "../core/machine/compute.ts";
import type { Instruction, Program } from "../core/machine/program.ts";
import { register, type State } from "../core/machine/state.ts";
import { isSymbolic } from "../core/machine/symbolic.ts";
import { integerText } from "../core/machine/wide.ts";
import type { Diagnostic } from "../core/text/diagnostic.ts";
import { observedRegisters, usedRegisters } from "./body.ts";
import { reachableOperations } from "./flow.ts";
import { byteOf, type Layout } from "./layout.ts";
import { cellAddress, isTakenForAddress, onProcessor } from "./numbers.ts";
import { assignRegisters } from "./registers.ts";

/** More are not started; nobody has more processors for one test. */
export const MOST_THREADS = 64;

/** Values of an outcome. */
const MOST_LOCATIONS = 1024;

/** Bytes of memory for one run. */
const MOST_BYTES = 16 << 20;

/** What keeps a program from being run on the processor: one error for each instruction that has no counterpart there. */
export function refusals(start: State, layout: Layout, locations: readonly Location[]): Diagnostic[] {
  const { program, threadCount } = start;
  const operations = new Set<number>();
  for (let t = 0; t < threadCount; t++) {
    for (const pc of reachableOperations(program.code, start.pc[t]!)) operations.add(pc);
  }
  const whole = refuseWhole(start, layout, locations);
  if (whole !== undefined) return [refusal("unfit-for-hardware", whole)];
  return [
    ...refuseRegisters(start, locations),
    ...[...operations].sort((a, b) => a - b).flatMap((pc) => refuseOperation(program, pc) ?? []),
  ];
}

const refusal = (code: string, message: string, instruction?: Instruction): Diagnostic => ({
  ...{ code, severity: "error", message },
  range: instruction?.range ?? { start: 0, end: 0 },
});

/** What no instruction is to blame for, in a sentence. */
function refuseWhole(start: State, layout: Layout, locations: readonly Location[]): string | undefined {
  const { program, threadCount } = start;
  if (threadCount > MOST_THREADS)
    return `at most ${MOST_THREADS} threads run on the processor, not ${threadCount}`;
  if (locations.length > MOST_LOCATIONS)
    return `an outcome would consist of ${locations.length} values; at most ${MOST_LOCATIONS} can be observed`;
  if (layout.bytes > MOST_BYTES)
    return `each run needs ${layout.bytes >> 20} MB of cells; at most ${MOST_BYTES >> 20} MB can be had`;
  for (const location of locations) {
    if (location.kind === "memory" && byteOf(layout, cellAddress(program, location.address)) === undefined)
      return `address ${integerText(program.wide, location.address)}, which is to be observed, is outside of memory`;
  }
  for (let t = 0; t < threadCount; t++) {
    for (const [r, name] of program.registers.entries()) {
      const value = register(start, t, r);
      if (r === ZERO && value !== 0) return "the hidden register `zero` is always 0 on the processor";
      if (!fits(program, value))
        return `${integerText(program.wide, value)}, which ${name} holds at the start, has more than 64 bits`;
    }
  }
  return undefined;
}

/** One error for each thread that uses more registers than there are, at the first instruction with one too many. */
function refuseRegisters(start: State, locations: readonly Location[]): Diagnostic[] {
  const { program, threadCount } = start;
  return Array.from({ length: threadCount }, (_, t) => t).flatMap((thread) => {
    const operations = reachableOperations(program.code, start.pc[thread]!);
    const observed = observedRegisters(thread, locations);
    const suffices = (count: number): boolean => {
      const used = usedRegisters(start, operations.slice(0, count), observed);
      return assignRegisters(used.map((r) => program.registers[r]!)) !== undefined;
    };
    if (suffices(operations.length)) return [];
    const first = operations.findIndex((_, i) => !suffices(i + 1));
    const instruction = program.instructions[program.code.instruction[operations[first]!]!];
    const message = `from here on T${thread} uses more registers than the processor can spare, so this cannot be run on it`;
    return [refusal("unfit-for-hardware", message, instruction)];
  });
}

const fits = (program: Program, value: number): boolean => {
  const integer = onProcessor(program, value);
  return BigInt.asIntN(64, integer) === integer;
};

function refuseOperation(program: Program, pc: number): Diagnostic | undefined {
  const { code } = program;
  const instruction = program.instructions[code.instruction[pc]!];
  const refuse = (name: string, message: string): Diagnostic =>
    refusal(name, `${message}, so this cannot be run on the processor`, instruction);
  const op = code.operation[pc];
  if (op === OP.RDUMP || op === OP.MDUMP) return refuse("prints", `\`${instruction?.mnemonic}\` prints`);
  const wide = [code.immediate[pc]!, code.displacement[pc]!, code.scale[pc]!].find((n) => !fits(program, n));
  if (wide !== undefined)
    return refuse(
      "wide-integer",
      `${integerText(program.wide, wide)} has more than the 64 bits of a register`,
    );
  const { writes } = usesOf(program, pc);
  if (writes & (1 << ZERO)) return refuse("zero-register", "the hidden register `zero` is always 0 there");
  const reason = program.dialect === "asm" ? undefined : refuseLitmus(program, pc);
  return reason === undefined ? undefined : refuse("unfit-for-hardware", reason);
}

/** Instructions that a model takes for ordinary ones, which they are not on the processor. */
const EXTRAORDINARY = /^(movnti|clflush)/i;

/** What keeps an operation of a litmus test from having a counterpart that does just what the model says. */
function refuseLitmus(program: Program, pc: number): string | undefined {
  const { code } = program;
  const mnemonic = program.instructions[code.instruction[pc]!]?.mnemonic ?? "";
  const number = code.immediate[pc]!;
  if (EXTRAORDINARY.test(mnemonic))
    return `\`${mnemonic}\` works past the caches, which the model does not know`;
  if (!isSymbolic(number) && isTakenForAddress(number)) return `${number} stands for an address there`;
  if (program.dialect === "x86" && !isSymbolic(number) && number !== (number | 0))
    return `${number} has more than 32 bits`;
  const shifts = code.operation[pc] === OP.COMPUTE_R && functionOf(code.compute[pc]!) === COMPUTE.SHL;
  return shifts ? "a shift by a register has its count in %cl" : undefined;
}
