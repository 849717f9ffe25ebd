import { valueText } from "../machine/describe.ts";
import { createBurst } from "../machine/execute.ts";
import { explainFault, type Fault } from "../machine/fault.ts";
import type { Program } from "../machine/program.ts";
import { explainRefusal } from "../machine/refusal.ts";
import { copyState, digest, equalStates, type State } from "../machine/state.ts";
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
          came:
            refused === "disabled"
              ? explainRefusal(state, transition)
              : describeFault(state.program, refused),
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
  if (sameProgram && digest(state) !== recording.digest)
    return { index, thread, ...differentState(recording.digest, state) };
  return recording.end?.how === "fault" && !sameProgram
    ? differentFault(recording.end.thread, index, state, original)
    : undefined;
}

/** Where the recorded run ended with a fault of a thread, the changed program must meet the same. */
function differentFault(
  thread: number,
  index: number,
  state: State,
  original: State,
): Divergence | undefined {
  const next = (from: State): string => {
    const transition: Transition = { thread, kind: "execute" };
    const met = step(copyState(from), transition);
    return typeof met === "object" ? describeFault(from.program, met) : describeNext(from, transition);
  };
  const [recorded, came] = [next(original), next(state)];
  return recorded === came ? undefined : { index, thread, recorded, came };
}

const differentState = (recorded: string, state: State): Pick<Divergence, "recorded" | "came"> => ({
  recorded: `a state with digest ${recorded}`,
  came: `a state with digest ${digest(state)} (in the last 1,000 transitions)`,
});

function describeNext(state: State, transition: Transition): string {
  const { thread, kind } = transition;
  const buffer = state.buffers[thread];
  if (!buffer || (kind === "drain" ? buffer.count === 0 : state.halted[thread] === 1))
    return explainRefusal(state, transition);
  const { program } = state;
  if (kind === "drain") {
    const [address, value] = [buffer.address[buffer.head]!, buffer.value[buffer.head]!];
    return `T${thread} drains ${valueText(program, address)} <- ${valueText(program, value)}`;
  }
  const instruction = program.instructions[program.code.instruction[state.pc[thread]!]!];
  return `T${thread} executes ${instruction ? `\`${instruction.text}\`` : "past the last instruction"}`;
}

const describeFault = (program: Program, fault: Fault): string => `a fault: ${explainFault(program, fault)}`;
