import type { Program } from "../machine/program.ts";
import type { State } from "../machine/state.ts";
import type { ScheduleLog } from "../schedule/log.ts";
import type { Range } from "../text/range.ts";
import { cellText, type Execution, executionOf } from "./execution.ts";

/** Something that happened on the way, and the instruction that did it. */
export interface Happening {
  /** Index into the schedule. */
  readonly transition: number;
  readonly message: string;
  readonly range: Range;
}

/**
 * Tells what a schedule does with memory, one sentence an event, as in `T0 writes x = 1 into its store buffer`, `T0's x = 1 reaches memory`.
 * At most `most` sentences: the last ones, because what matters stands at the end.
 */
export function storyOf(start: State, schedule: ScheduleLog, most: number): Happening[] {
  const execution = executionOf(start, schedule);
  const { program } = start;
  const happenings = execution.events.map((event, i): Happening => {
    const { thread, transition } = event;
    const message = `T${thread} ${event.kind === "read" ? "reads" : "writes"} ${cellText(program, event)}${how(start, execution, i)}`;
    return { transition, message, range: rangeOf(program, execution, i) };
  });
  for (const [write, transition] of execution.drained) {
    const event = execution.events[write]!;
    const message = `T${event.thread}'s ${cellText(program, event)} reaches memory`;
    happenings.push({ transition, message, range: rangeOf(program, execution, write) });
  }
  return happenings.sort((a, b) => a.transition - b.transition).slice(-most);
}

/** Where a read's value came from or a write went, if that is not memory. */
function how({ model }: State, { events, source }: Execution, index: number): string {
  const { kind, thread, locked } = events[index]!;
  if (kind === "write") return model === "tso" && !locked ? " into its store buffer" : "";
  const from = source.get(index);
  if (from === undefined) return "";
  return events[from]!.thread === thread ? ", its own" : `, T${events[from]!.thread}'s`;
}

const rangeOf = ({ instructions }: Program, { events }: Execution, index: number): Range =>
  instructions[events[index]!.instruction]!.range;
