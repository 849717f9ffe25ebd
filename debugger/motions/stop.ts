import type { WrittenCheck } from "../../core/check/check.ts";
import { explainFault, type Fault } from "../../core/machine/fault.ts";
import type { Program } from "../../core/machine/program.ts";
import type { State } from "../../core/machine/state.ts";
import { evidence } from "../checks.ts";

/** DAP's words for why a run stopped; `travel` is ours. */
export type StopReason =
  | "entry"
  | "step"
  | "pause"
  | "goto"
  | "breakpoint"
  | "function breakpoint"
  | "instruction breakpoint"
  | "data breakpoint"
  | "exception"
  | "travel"
  | "finished";

/** Why everything stands still now. */
export interface Stop {
  readonly reason: StopReason;
  /** The thread to look at. */
  readonly thread: number;
  /** A word or two for the badge in the editor's call stack; if left out, what the reason says. */
  readonly label?: string;
  /** What happened, in a sentence for the console. */
  readonly text: string;
  readonly breakpoints?: readonly number[];
  readonly exception?: Exception;
}

/** What `exceptionInfo` tells. */
export interface Exception {
  /** The exception filter that it belongs to. */
  readonly filter: string;
  readonly title: string;
  readonly explanation: string;
}

/** @param where in the run, as in `at the end of this run` */
export function checkStop(
  state: State,
  thread: number,
  broken: readonly WrittenCheck[],
  where: string,
): Stop {
  const explanation = broken
    .map((check) => `\`${check.text}\` does not hold ${where}: ${evidence(state, check)}`)
    .join("; ");
  return {
    reason: "exception",
    thread,
    label: "check failed",
    text: explanation,
    exception: { filter: "check", title: "check failed", explanation },
  };
}

export function faultStop(program: Program, fault: Fault): Stop {
  const explanation = explainFault(program, fault);
  return {
    reason: "exception",
    thread: fault.thread,
    label: "fault",
    text: explanation,
    exception: { filter: "fault", title: fault.kind.replaceAll("-", " "), explanation },
  };
}
