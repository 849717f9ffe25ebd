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

/** Bytes of memory for one run. */
const MOST_BYTES = 16 << 20;

/** What keeps a program from being run on the processor: one error for each instruction that has no counterpart there. */
export function refusals(start: State, layout: Layout, locations: readonly Location[]): Diagnostic[] {
  const { program, threadCount } = start;
  const operations = new Set<number>();
  for (let t = 0; t < threadCount; t++) {
    for (const pc of reachableOperations(program.code, start.pc[t]!)) operations.add(pc);
  }
  const found = [...operations].sort((a, b) => a - b).flatMap((pc) => refuseOperation(program, pc) ?? []);
  const whole = (code: string, message: string): void => {
    found.push({ code, severity: "error", message, range: { start: 0, end: 0 } });
  };
  if (threadCount > MOST_THREADS)
    whole("too-many-threads", `at most ${MOST_THREADS} threads run on the processor, not ${threadCount}`);
  if (layout.bytes > MOST_BYTES)
    whole(
      "too-much-memory",
      `each run needs ${layout.bytes >> 20} MB of cells; at most ${MOST_BYTES >> 20} MB can be had`,
    );
  if (locations.length === 0)
    whole(
      "nothing-observed",
      "there is nothing to look at: declare a variable, or name a location in a check",
    );
  for (const location of locations) {
    if (location.kind === "memory" && byteOf(layout, location.address) === undefined)
      whole(
        "no-memory",
        `address ${integerText(program.wide, location.address)}, which a check names, is outside of memory`,
      );
  }
  for (let t = 0; t < threadCount; t++) {
    for (const [r, name] of program.registers.entries()) {
      const value = register(start, t, r);
      if (r === ZERO && value !== 0)
        whole("zero-register", "the hidden register `zero` is always 0 on the processor");
      else if (!fits(program, value))
        whole(
          "wide-integer",
          `${integerText(program.wide, value)}, which ${name} holds at the start, has more than 64 bits`,
        );
    }
  }
  return found;
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
