import { createBurst } from "../machine/execute.ts";
import { explainFault } from "../machine/fault.ts";
import type { Program } from "../machine/program.ts";
import { digest, equalStates, type State } from "../machine/state.ts";
import { step, type Transition } from "../machine/transition.ts";
import { transitionOf } from "../schedule/log.ts";
import { takeObserved } from "./follow.ts";
import type { Recording } from "./recording.ts";
import type { RunObserver } from "./run.ts";
import { applyEdit } from "./trace.ts";

/** Where a replay first differs from its recording: what was recorded at that transition, and what came now. */
export interface Divergence {
  /** Number of transitions that agreed. */
  readonly index: number;
  /** Whose transition differs, or led to a state that differs. */
  readonly thread: number;
  readonly recorded: string;
  readonly came: string;
}

/**
 * Runs a recording again on `state`, its start. `original` is the start of the program as it was recorded: it runs beside, so that the very
 * first transition with another effect is found even where the program has changed.
 */
export function replay(
  recording: Recording,
  state: State,
  original: State,
  observer?: RunObserver,
): Divergence | undefined {
  const sameProgram = state.program.text === original.program.text;
  const burst = createBurst();
  let index = 0;
  let thread = 0;
  for (const chunk of recording.chunks) {
    for (let i = 0; i < chunk.log.length; i++, index++) {
      const transition = transitionOf(chunk.log.words[i]!);
      thread = transition.thread;
      const recorded = sameProgram ? undefined : describeNext(original, transition);
      const came = describeNext(state, transition);
      const refused = takeObserved(state, transition, observer, burst);
      if (refused)
        return {
          index,
          thread,
          recorded: recorded ?? came,
          came: describeRefusal(state.program, transition, refused),
        };
      if (recorded === undefined) continue;
      step(original, transition, burst);
      if (recorded !== came || !equalStates(original, state)) return { index, thread, recorded, came };
    }
    if (chunk.edit) {
      applyEdit(state, chunk.edit);
      applyEdit(original, chunk.edit);
    }
    if (chunk.digest !== undefined && sameProgram && digest(state) !== chunk.digest) {
      return { index, thread, ...differentState(chunk.digest, state) };
    }
  }
  return sameProgram && digest(state) !== recording.digest
    ? { index, thread, ...differentState(recording.digest, state) }
    : undefined;
}

const differentState = (recorded: string, state: State): Pick<Divergence, "recorded" | "came"> => ({
  recorded: `a state with digest ${recorded}`,
  came: `a state with digest ${digest(state)} (in the last 1,000 transitions)`,
});

function describeNext(state: State, { thread, kind }: Transition): string {
  if (thread >= state.threadCount) return `there is no thread ${thread}`;
  if (kind === "drain") {
    const buffer = state.buffers[thread]!;
    if (buffer.count === 0) return `thread ${thread} drains, but its store buffer is empty`;
    return `thread ${thread} drains ${buffer.address[buffer.head]} <- ${buffer.value[buffer.head]}`;
  }
  if (state.halted[thread]) return `thread ${thread} executes, but it has halted`;
  const instruction = state.program.instructions[state.program.code.instruction[state.pc[thread]!]!];
  return `thread ${thread} executes ${instruction ? `\`${instruction.text}\`` : "past the last instruction"}`;
}

function describeRefusal(
  program: Program,
  transition: Transition,
  refused: NonNullable<ReturnType<typeof step>>,
): string {
  if (refused !== "disabled") return `a fault: ${explainFault(program, refused)}`;
  const { thread, kind } = transition;
  return kind === "drain"
    ? `thread ${thread} has nothing to drain`
    : `thread ${thread} cannot execute now (it has halted, or waits for its store buffer)`;
}
