import { explainFault, type Fault } from "../../core/machine/fault.ts";
import type { Program } from "../../core/machine/program.ts";

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

export function checkStop(thread: number, broken: readonly string[], where: string): Stop {
  const explanation = `${broken.map((text) => `\`${text}\``).join(" and ")} does not hold ${where}`;
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
    exception: { filter: "fault", title: fault.kind, explanation },
  };
}
