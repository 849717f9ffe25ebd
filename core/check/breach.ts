import { readCell } from "../machine/memory.ts";
import { register, type State } from "../machine/state.ts";
import { type Check, isInside, type Lookup } from "./check.ts";

/** What a check about every state needs to know of one: it is asked of packed states and of whole ones. */
interface View {
  readonly threads: number;
  readonly lookup: Lookup;
  /** The operation that a thread is at; for one that has halted, the one it halted with. */
  readonly operation: (thread: number) => number;
}

/** Whether a state breaks an `always` or a `mutex`. */
export function breaks(check: Check, { threads, lookup, operation }: View): boolean {
  if (check.kind === "always") return !check.proposition.holds(lookup);
  if (check.kind !== "mutex") return false;
  let inside = 0;
  for (let t = 0; t < threads; t++) if (isInside(check, operation(t))) inside++;
  return inside > 1;
}

/** The values of locations in a state; the register behind the last one is the thread's flags. */
export const lookupIn =
  (state: State): Lookup =>
  (l) =>
    l.kind === "memory"
      ? readCell(state.memory, l.address)
      : l.register === state.program.registers.length
        ? state.flags[l.thread]!
        : register(state, l.thread, l.register);

export function stateBreaks(state: State, check: Check): boolean {
  return breaks(check, {
    threads: state.threadCount,
    lookup: lookupIn(state),
    operation: (t) => state.pc[t]! - state.halted[t]!,
  });
}
