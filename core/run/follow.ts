import type { Burst } from "../machine/execute.ts";
import { explainFault, type Fault } from "../machine/fault.ts";
import { explainRefusal } from "../machine/refusal.ts";
import type { State } from "../machine/state.ts";
import { step, type Transition } from "../machine/transition.ts";
import { type ScheduleLog, transitionOf } from "../schedule/log.ts";
import { formatSchedule } from "../schedule/text.ts";
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

/** Says which transition of a given schedule could not be taken in the state before it, and why. */
export function explainStop(
  log: ScheduleLog,
  index: number,
  state: State,
  refused: Fault | "disabled",
): string {
  const why =
    refused === "disabled"
      ? `is not possible there: ${explainRefusal(state, transitionOf(log.words[index]!))}`
      : `meets a fault: ${explainFault(state.program, refused)}`;
  return `transition ${index + 1} of the schedule, \`${formatSchedule(log, index, index + 1)}\`, ${why}`;
}
