import { ACCESS, OP } from "../isa/operations.ts";
import { SP } from "../isa/registers.ts";
import { type Burst, createBurst, drain, execute, STOP } from "./execute.ts";
import type { Fault } from "./fault.ts";
import type { State } from "./state.ts";

/** The machine's only freedom: which thread moves, and whether it executes its next instruction or drains its oldest store. */
export interface Transition {
  readonly thread: number;
  readonly kind: "execute" | "drain";
}

/** Whether a thread's next instruction can execute now, that is, does not wait for its store buffer. It may still fault. */
export function canExecute(state: State, thread: number): boolean {
  if (state.halted[thread]) return false;
  const { count } = state.buffers[thread]!;
  if (count === 0) return true;
  const access = ACCESS[state.program.code.operation[state.pc[thread]!]!];
  if (access === "locked" || access === "fence") return false;
  return access !== "store" || count < state.bufferCapacity;
}

export const canDrain = (state: State, thread: number): boolean => state.buffers[thread]!.count > 0;

/** All transitions that are possible now, by thread, execution before drain. None: the run is over. */
export function enabled(state: State): Transition[] {
  const transitions: Transition[] = [];
  for (let thread = 0; thread < state.threadCount; thread++) {
    if (canExecute(state, thread)) transitions.push({ thread, kind: "execute" });
    if (canDrain(state, thread)) transitions.push({ thread, kind: "drain" });
  }
  return transitions;
}

/**
 * Takes one transition: changes `state` in place, or leaves it as it is and says why.
 * @returns nothing if it was taken, "disabled" if it is not possible now, or the fault that executing it meets
 */
export function step(
  state: State,
  { thread, kind }: Transition,
  burst: Burst = createBurst(),
): Fault | "disabled" | undefined {
  if (thread < 0 || thread >= state.threadCount) return "disabled";
  if (kind === "drain") {
    if (!canDrain(state, thread)) return "disabled";
    drain(state, thread);
    return undefined;
  }
  burst.limit = 1;
  execute(state, thread, burst);
  if (burst.stop === STOP.FAULT) return burst.fault;
  return burst.executed === 1 ? undefined : "disabled";
}

/** Where a thread's next instruction touches memory. */
export interface NextAccess {
  readonly access: (typeof ACCESS)[number];
  /** NaN if memory is not touched. */
  readonly address: number;
}

/** Looks at a thread's next instruction without executing it. */
export function nextAccess(state: State, thread: number): NextAccess {
  const { code, registers: names } = state.program;
  const pc = state.pc[thread]!;
  const access = state.halted[thread] ? "none" : ACCESS[code.operation[pc]!]!;
  const r = thread * names.length;
  const reg = (n: number): number => state.registers[r + n]!;
  if (access === "none" || access === "fence") return { access, address: Number.NaN };
  switch (code.operation[pc]) {
    case OP.PUSH_R:
    case OP.PUSH_ADDRESS:
    case OP.CALL:
      return { access, address: reg(SP) - 4 };
    case OP.POP_R:
    case OP.RET:
      return { access, address: reg(SP) };
    default:
      return {
        access,
        address: code.displacement[pc]! + reg(code.base[pc]!) + code.scale[pc]! * reg(code.index[pc]!),
      };
  }
}
