import { nameOfAddress } from "../../core/machine/describe.ts";
import type { State } from "../../core/machine/state.ts";
import type { Transition } from "../../core/machine/transition.ts";
import { formatCell } from "../expressions/format.ts";
import type { Base } from "../expressions/tree.ts";
import { instructionText } from "./place.ts";

/** A transition that is possible now, before it is taken: `T0: mov %ax, 2000` or `T0: drain x = 1`. */
export function transitionLabel(state: State, { thread, kind }: Transition, base: Base): string {
  const { program } = state;
  if (kind === "execute") {
    return `T${thread}: ${instructionText(program, state.pc[thread]!) ?? "behind the last instruction"}`;
  }
  const buffer = state.buffers[thread]!;
  const address = buffer.address[buffer.head]!;
  const cell = nameOfAddress(program, address) ?? `[${address}]`;
  return `T${thread}: drain ${cell} = ${formatCell(program, buffer.value[buffer.head]!, base)}`;
}
