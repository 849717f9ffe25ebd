import type { Burst } from "../machine/execute.ts";
import type { Fault } from "../machine/fault.ts";
import type { State } from "../machine/state.ts";
import { step, type Transition } from "../machine/transition.ts";
import type { RunObserver } from "./run.ts";

/** Takes one transition that somebody else chose and tells the observer what it did; see `step` for what is returned. */
export function takeObserved(
  state: State,
  transition: Transition,
  observer: Pick<RunObserver, "before" | "executed" | "drained"> | undefined,
  burst: Burst,
): Fault | "disabled" | undefined {
  const { thread, kind } = transition;
  if (kind === "drain") {
    const buffer = state.buffers[thread];
    const address = buffer?.address[buffer.head] ?? 0;
    const value = buffer?.value[buffer.head] ?? 0;
    const refused = step(state, transition, burst);
    if (!refused) observer?.drained(thread, address, value);
    return refused;
  }
  const operation = state.pc[thread] ?? 0;
  if (!state.halted[thread]) observer?.before?.(thread);
  const refused = step(state, transition, burst);
  if (!refused) observer?.executed(thread, operation, 1);
  return refused;
}
