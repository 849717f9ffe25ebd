import { createBurst, execute, STOP } from "../machine/execute.ts";
import type { Instruction } from "../machine/program.ts";
import { copyState, type State } from "../machine/state.ts";

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
    if (!visited.length) continue;
    const instructions = visited.map((i) => state.program.instructions[state.program.code.instruction[i]!]!);
    instructions.sort((a, b) => a.range.start - b.range.start);
    loops.push({ thread, first: instructions[0]!, last: instructions.at(-1)! });
  }
  return loops;
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
