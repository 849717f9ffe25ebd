import { OP } from "../isa/operations.ts";
import { REGISTERS } from "../isa/registers.ts";
import { load } from "./access.ts";
import { register, type State } from "./state.ts";
import { integerText } from "./wide.ts";

/** What `rdump` (without a line end) and `mdump` print, as x86.py has it (dialect §6.3), for a thread that just executed them; nothing for other operations. */
export function dumpText(state: State, thread: number, operation: number): string {
  const { code, wide } = state.program;
  if (code.operation[operation] === OP.RDUMP) {
    const shown = REGISTERS.slice(1, 7).map(
      (name, i) => `${name}: ${integerText(wide, register(state, thread, i + 1))} `,
    );
    return `REGISTERS:: ${shown.join("")}`;
  }
  if (code.operation[operation] !== OP.MDUMP) return "";
  const address = code.displacement[operation]!;
  return `m[${integerText(wide, address)}]  ${integerText(wide, load(state, thread, address))}\n`;
}
