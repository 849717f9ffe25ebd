import { isAsSaved, type Snapshot, saveState } from "../machine/state.ts";
import { type Checkpoint, type Chooser, choosesAs, schedulerNow } from "./chooser.ts";

/** How far a run is watched before the first state is remembered, in transitions. */
const FIRST_SPAN = 64;

/**
 * Finds out that a run goes round: Brent's algorithm ("An improved Monte Carlo factorization algorithm", 1980). One state is remembered at a time, for
 * twice as long each, and each that comes is compared with it; most differ in the first words. A random scheduler never comes back.
 */
export interface Recurrence {
  mark: { readonly index: number; readonly state: Snapshot; readonly scheduler: Checkpoint } | undefined;
  left: number;
  span: number;
}

export const createRecurrence = (): Recurrence => ({ mark: undefined, left: FIRST_SPAN, span: FIRST_SPAN });

/**
 * Looks at the state after each transition that the scheduler takes.
 * @returns the index at which machine and scheduler were as they are now, if they were: from there on the run repeats for ever
 */
export function metAgain(recurrence: Recurrence, chooser: Chooser): number | undefined {
  const { mark } = recurrence;
  const { trace } = chooser;
  if (mark && choosesAs(chooser, mark.scheduler) && isAsSaved(trace.state, mark.state)) return mark.index;
  if (--recurrence.left > 0) return undefined;
  recurrence.mark = { index: trace.index, state: saveState(trace.state), scheduler: schedulerNow(chooser) };
  recurrence.span *= 2;
  recurrence.left = recurrence.span;
  return undefined;
}
