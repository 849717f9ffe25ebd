import { createBurst, execute, STOP } from "../machine/execute.ts";
import type { Instruction, Program } from "../machine/program.ts";
import { copyState, type State } from "../machine/state.ts";
import { step } from "../machine/transition.ts";
import { transitionOf } from "../schedule/log.ts";

/** How far a thread is followed to see where it goes round. */
const LOOK_AHEAD = 10_000;

/** A stretch of the source that a thread does not leave: its first and its last instruction in the text. */
export interface Loop {
  readonly thread: number;
  readonly first: Instruction;
  readonly last: Instruction;
}

/** The loops in which threads that have not halted are caught, each followed alone from a state; threads that stop moving are left out. */
export function findLoops(state: State): Loop[] {
  const loops: Loop[] = [];
  for (let thread = 0; thread < state.threadCount; thread++) {
    if (state.halted[thread]) continue;
    const visited = follow(copyState(state), thread);
    if (visited.length > 0) loops.push(stretch(state.program, thread, visited));
  }
  return loops;
}

/** Where each thread goes while transitions are taken that lead from a state to itself. Threads that stand still are left out. */
export function loopsOfCycle(state: State, words: Uint16Array): Loop[] {
  const walker = copyState(state);
  const visited = walker.buffers.map(() => new Set<number>());
  for (const word of words) {
    const transition = transitionOf(word);
    if (transition.kind === "execute") visited[transition.thread]!.add(walker.pc[transition.thread]!);
    step(walker, transition);
  }
  return visited.flatMap((operations, thread) =>
    operations.size > 0 ? [stretch(state.program, thread, [...operations])] : [],
  );
}

function stretch({ code, instructions: all }: Program, thread: number, operations: readonly number[]): Loop {
  const instructions = operations.map((i) => all[code.instruction[i]!]!);
  instructions.sort((a, b) => a.range.start - b.range.start);
  return { thread, first: instructions[0]!, last: instructions.at(-1)! };
}

/** Operation indices of the second half of a thread's way, or none if it halts, faults or waits. */
function follow(state: State, thread: number): number[] {
  const burst = createBurst();
  burst.limit = 1;
  const visited = new Set<number>();
  for (let i = 0; i < LOOK_AHEAD; i++) {
    if (i >= LOOK_AHEAD / 2) visited.add(state.pc[thread]!);
    execute(state, thread, burst);
    if (burst.executed === 0 || burst.stop === STOP.HALTED) return [];
  }
  return [...visited];
}
