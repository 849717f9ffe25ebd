import { OP } from "../isa/operations.ts";
import { readCell } from "../machine/memory.ts";
import type { State } from "../machine/state.ts";
import { nextAccess } from "../machine/transition.ts";
import type { Switch } from "../schedule/interrupts.ts";

/** What the instructions of a run were for. */
export interface Effort {
  /**
   * By thread: instructions that it spent spinning, that is in rounds of a loop after which it was where it had been, with the same registers and
   * condition codes, and had changed no memory.
   */
  readonly spinning: readonly number[];
  readonly locked: number;
  readonly yields: number;
  readonly interrupts: number;
}

/** Measures a run while it goes on, instruction by instruction. */
export interface EffortMeter {
  readonly effort: Effort;
  /** A thread is about to execute an instruction. */
  before(thread: number): void;
  /** It has executed it; `operation` is its index. */
  executed(thread: number, operation: number): void;
  /** A function without `this`. */
  readonly switched: (kind: Switch) => void;
}

/** A round of a loop: from one jump backwards to the next. */
interface Round {
  /** The thread's registers and condition codes when it began. */
  readonly start: Float64Array;
  /** Where it began; -1 before the first jump backwards. */
  pc: number;
  instructions: number;
  hasStored: boolean;
}

export function createEffortMeter(state: State): EffortMeter {
  const { code, registers } = state.program;
  const width = registers.length;
  const zeros = (): number[] => new Array<number>(state.threadCount).fill(0);
  const effort = { spinning: zeros(), locked: 0, yields: 0, interrupts: 0 };
  const rounds = zeros().map(
    (): Round => ({ start: new Float64Array(width + 1), pc: -1, instructions: 0, hasStored: false }),
  );
  /** What the instruction that is about to be executed touches, and what is there. */
  let next = nextAccess(state, 0);
  let old = Number.NaN;

  const isBack = (thread: number, { pc, start }: Round): boolean => {
    if (pc !== state.pc[thread] || start[width] !== state.flags[thread]) return false;
    for (let r = 0; r < width; r++) {
      if (!Object.is(start[r], state.registers[thread * width + r])) return false;
    }
    return true;
  };
  const begin = (thread: number, round: Round): void => {
    round.start.set(state.registers.subarray(thread * width, (thread + 1) * width));
    round.start[width] = state.flags[thread]!;
    round.pc = state.pc[thread]!;
    round.instructions = 0;
    round.hasStored = false;
  };
  return {
    effort,
    before(thread) {
      next = nextAccess(state, thread);
      old = next.access === "locked" ? readCell(state.memory, next.address) : Number.NaN;
    },
    executed(thread, operation) {
      const round = rounds[thread]!;
      round.instructions++;
      if (next.access === "store") round.hasStored = true;
      if (next.access === "locked") {
        effort.locked++;
        if (!Object.is(readCell(state.memory, next.address), old)) round.hasStored = true;
      }
      if (code.operation[operation] === OP.YIELD) effort.yields++;
      if (state.pc[thread]! > operation || state.halted[thread]) return;
      if (!round.hasStored && isBack(thread, round)) effort.spinning[thread]! += round.instructions;
      begin(thread, round);
    },
    switched: (kind) => {
      if (kind === "interrupt") effort.interrupts++;
    },
  };
}
