import { ACCESS, OP } from "../../core/isa/operations.ts";
import { nameOfAddress } from "../../core/machine/describe.ts";
import type { State } from "../../core/machine/state.ts";
import { newestFor } from "../../core/machine/store-buffer.ts";
import type { Transition } from "../../core/machine/transition.ts";
import { accessOf, valueAfter } from "../breakpoints/data-breakpoint.ts";
import { formatCell } from "../expressions/format.ts";
import { instructionText } from "../views/place.ts";

/**
 * Prepares one line about a transition: called before it is taken, returns what tells the line afterwards. A load that is served from
 * the own store buffer says so, because that is what TSO is about.
 */
export function witness(state: State, transition: Transition): () => string {
  const { thread, kind } = transition;
  const who = `T${thread}`;
  const { program } = state;
  const operation = program.code.operation[state.pc[thread]!]!;
  const access = accessOf(state, transition);
  const text = instructionText(program, state.pc[thread]!) ?? "";
  if (!access) return () => `${who}: ${text}`;
  const shown = (value: number) => formatCell(program, value, 10);
  const before = shown(access.before);
  const cell = nameOfAddress(program, access.address) ?? `[${access.address}]`;
  if (kind === "drain")
    return () => `${who} drained ${cell}: ${before} → ${shown(valueAfter(state, access))}`;
  const forwarded = ACCESS[operation] === "load" && newestFor(state.buffers[thread]!, access.address) >= 0;
  return () => {
    const after = shown(valueAfter(state, access));
    if (ACCESS[operation] === "load")
      return `${who}: ${text} · ${cell} = ${after}${forwarded ? ", forwarded from its store buffer" : ""}`;
    const waits = ACCESS[operation] === "store" && state.model === "tso" ? ", waits in its store buffer" : "";
    const unchanged = operation === OP.CMPXCHG && !access.kinds.includes("write");
    return `${who}: ${text} · ${cell}${unchanged ? ` = ${after}, not exchanged` : `: ${before} → ${after}${waits}`}`;
  };
}
