import { usesOf } from "../core/explore/data-flow.ts";
import type { Location } from "../core/explore/observation.ts";
import { OP } from "../core/isa/operations.ts";
import { ZERO } from "../core/isa/registers.ts";
import type { Program } from "../core/machine/program.ts";
import { register, type State } from "../core/machine/state.ts";
import { integerText, toBigInt } from "../core/machine/wide.ts";
import type { Diagnostic } from "../core/text/diagnostic.ts";
import { reachableOperations } from "./flow.ts";
import { byteOf, type Layout } from "./layout.ts";

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
  if (whole !== undefined) {
    return [{ code: "unfit-for-hardware", severity: "error", message: whole, range: { start: 0, end: 0 } }];
  }
  return [...operations].sort((a, b) => a - b).flatMap((pc) => refuseOperation(program, pc) ?? []);
}

/** What no instruction is to blame for, in a sentence. */
function refuseWhole(start: State, layout: Layout, locations: readonly Location[]): string | undefined {
  const { program, threadCount } = start;
  if (threadCount > MOST_THREADS)
    return `at most ${MOST_THREADS} threads run on the processor, not ${threadCount}`;
  if (locations.length === 0)
    return "there is nothing to look at: declare a variable, or name a location in a check";
  if (locations.length > MOST_LOCATIONS)
    return `an outcome would consist of ${locations.length} values; at most ${MOST_LOCATIONS} can be observed`;
  if (layout.bytes > MOST_BYTES)
    return `each run needs ${layout.bytes >> 20} MB of cells; at most ${MOST_BYTES >> 20} MB can be had`;
  for (const location of locations) {
    if (location.kind === "memory" && byteOf(layout, location.address) === undefined)
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

const fits = ({ wide }: Program, value: number): boolean => {
  const integer = toBigInt(wide, value);
  return BigInt.asIntN(64, integer) === integer;
};

function refuseOperation(program: Program, pc: number): Diagnostic | undefined {
  const { code } = program;
  const instruction = program.instructions[code.instruction[pc]!];
  const refuse = (name: string, message: string): Diagnostic => ({
    code: name,
    severity: "error",
    message: `${message}, so this cannot be run on the processor`,
    range: instruction?.range ?? { start: 0, end: 0 },
  });
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
  return undefined;
}
