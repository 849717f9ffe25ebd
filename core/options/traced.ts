import { latest } from "../machine/describe.ts";
import { isOwnRegister, type Program } from "../machine/program.ts";
import type { RunOptionValues } from "./configuration.ts";
import { decimalInteger } from "./parse.ts";

/** What -M and -R name, each with its text: the head of its column. */
export interface Traced {
  readonly memory: readonly { readonly head: string; readonly address: number }[];
  readonly registers: readonly { readonly head: string; readonly number: number }[];
  /** What names nothing, a sentence each. */
  readonly errors: readonly string[];
}

/** Looks up what -M and -R name: variables and addresses, and registers, divided by commas. */
export function traced(program: Program, { memtrace, regtrace }: RunOptionValues): Traced {
  const list = (text: string | undefined): string[] => (text ? text.split(",") : []);
  const memory = list(memtrace).map((item) => tracedCell(program, item));
  const registers = list(regtrace).map((item) => tracedRegister(program, item));
  return {
    memory: memory.filter((m) => typeof m !== "string"),
    registers: registers.filter((r) => typeof r !== "string"),
    errors: [...memory, ...registers].filter((found) => typeof found === "string"),
  };
}

function tracedCell(program: Program, item: string): Traced["memory"][number] | string {
  if (/^\d/.test(item)) {
    const address = decimalInteger(item);
    return address === undefined ? `-M: \`${item}\` is not an address` : { head: String(address), address };
  }
  const variable = latest(program.variables).find((v) => v.name === item);
  return variable ? { head: item, address: variable.address } : `-M: no variable \`${item}\` is declared`;
}

function tracedRegister({ registers }: Program, item: string): Traced["registers"][number] | string {
  const number = registers.indexOf(item);
  if (number >= 0) return { head: item, number };
  const known = registers.filter((name) => !isOwnRegister(name));
  return `-R: \`${item}\` is not a register; there are ${known.join(",")}`;
}
