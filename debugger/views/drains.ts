import type { State } from "../../core/machine/state.ts";
import type { Transition } from "../../core/machine/transition.ts";
import { UserError } from "../user-error.ts";

/**
 * Transitions that move the oldest stores of a thread to memory.
 * @throws UserError if its buffer does not hold so many
 */
export function drainsOf(state: State, thread: number, count: number | "all"): Transition[] {
  const waiting = state.buffers[thread]!.count;
  if (waiting === 0) {
    const why = state.model === "sc" ? " (under SC every store goes to memory at once)" : "";
    throw new UserError(`T${thread}'s store buffer is empty: there is nothing to drain${why}`);
  }
  if (count !== "all" && (count < 1 || count > waiting))
    throw new UserError(`T${thread}'s store buffer holds ${waiting}: drain 1 to ${waiting} or all`);
  return Array.from({ length: count === "all" ? waiting : count }, () => ({ thread, kind: "drain" }));
}
