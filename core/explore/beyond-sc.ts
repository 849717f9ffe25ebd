import { copyState, type State } from "../machine/state.ts";
import { entries, newestFor, type StoreEntry } from "../machine/store-buffer.ts";
import { nextAccess, step } from "../machine/transition.ts";
import { type ScheduleLog, transitionOf } from "../schedule/log.ts";

/** A load that is done before an earlier store of the same thread has reached memory: what SC does not allow. */
export interface Overtaking {
  /** Index of the load in the schedule. */
  readonly index: number;
  readonly thread: number;
  /** Operation index of the load. */
  readonly load: number;
  readonly address: number;
  /** The oldest store that waits; `source` is its operation index. */
  readonly store: StoreEntry;
}

/** The first place in a schedule at which a thread reads memory while a store of its own waits in its buffer, if there is one. */
export function firstOvertaking(start: State, schedule: ScheduleLog): Overtaking | undefined {
  const state = copyState(start);
  for (let index = 0; index < schedule.length; index++) {
    const transition = transitionOf(schedule.words[index]!);
    const { thread, kind } = transition;
    const buffer = state.buffers[thread]!;
    const { access, address } = nextAccess(state, thread);
    if (kind === "execute" && access === "load" && buffer.count > 0 && newestFor(buffer, address) < 0) {
      return { index, thread, load: state.pc[thread]!, address, store: entries(buffer)[0]! };
    }
    if (step(state, transition) !== undefined) return undefined;
  }
  return undefined;
}
