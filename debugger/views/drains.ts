import { explainRefusal } from "../../core/machine/refusal.ts";
import type { State } from "../../core/machine/state.ts";
import type { Transition } from "../../core/machine/transition.ts";
import { UserError } from "../user-error.ts";

/**
 * Transitions that move the oldest stores of a thread to memory.
 * @throws UserError if its buffer does not hold so many
 */
export function drainsOf(state: State, thread: number, count: number | "all"): Transition[] {
  const waiting = state.buffers[thread]!.count;
  if (waiting === 0) throw new UserError(explainRefusal(state, { thread, kind: "drain" }));
  if (count !== "all" && (count < 1 || count > waiting))
    throw new UserError(`T${thread}'s store buffer holds ${waiting}: drain 1 to ${waiting} or all`);
  return Array.from({ length: count === "all" ? waiting : count }, () => ({ thread, kind: "drain" }));
}
