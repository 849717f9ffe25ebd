import { createBurst, drain, execute, STOP } from "../machine/execute.ts";
import { readCell } from "../machine/memory.ts";
import { copyState, type State } from "../machine/state.ts";
import { nextAccess } from "../machine/transition.ts";

/** How far a thread is followed. */
const LOOK_AHEAD = 10_000;

/**
 * Whether no thread can ever move on, whoever is scheduled: every one that has not halted, alone, comes back to where it was, and on its way
 * changes no cell. So none changes what another reads, and each goes its way in every interleaving. False also where that is not seen.
 */
export function allSpin(state: State): boolean {
  if (state.buffers.some(({ count }) => count > 0)) return false;
  const live = [...state.halted.keys()].filter((thread) => !state.halted[thread]);
  return live.length > 0 && live.every((thread) => spins(copyState(state), thread));
}

function spins(state: State, thread: number): boolean {
  const burst = createBurst();
  burst.limit = 1;
  let mark = local(state, thread);
  for (let i = 1; i <= LOOK_AHEAD; i++) {
    const { address } = nextAccess(state, thread);
    const before = readCell(state.memory, address);
    execute(state, thread, burst);
    if (burst.executed === 0 || burst.stop === STOP.HALTED) return false;
    while (state.buffers[thread]!.count > 0) drain(state, thread);
    if (!Object.is(readCell(state.memory, address), before)) return false;
    const now = local(state, thread);
    if (now.every((value, k) => value === mark[k])) return true;
    if ((i & (i - 1)) === 0) mark = now;
  }
  return false;
}

/** All of a thread that can change beside memory. */
function local({ pc, flags, registers, program }: State, thread: number): number[] {
  const width = program.registers.length;
  return [pc[thread]!, flags[thread]!, ...registers.subarray(thread * width, (thread + 1) * width)];
}
