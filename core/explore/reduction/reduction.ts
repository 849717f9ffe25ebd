import type { Program } from "../../machine/program.ts";
import { hasLoops } from "../threads/data-flow.ts";

/**
 * How much of the interleaving an exploration may leave out. Every level keeps the final states, and each level keeps the ones below it:
 *
 *  0  nothing is left out: every instruction and every drain is a step;
 *  1  instructions that touch registers only are part of the step before them;
 *  2  so are stores into a buffer that is not full, and fences that do not wait;
 *  3  where one thread's next step touches a cell that no other thread can ever touch in a way that matters, only that step is taken;
 *  4  the same for sets of steps that are closed under "could interfere" (stubborn sets).
 *
 * Levels 1 and 2 keep every reachable memory, so that `always`, `mutex` and livelocks are decided on them; levels 3 and 4 do not.
 */
export interface Reduction {
  readonly level: 0 | 1 | 2 | 3 | 4;
  /** Registers and flags that are never read again are taken as 0. */
  readonly dead: boolean;
  /** Threads that run the same code from the same start are interchangeable. */
  readonly symmetry: boolean;
}

/**
 * The strongest reduction at which everything is decided. Without loops that is level 4; with loops a set of steps could be put off for ever,
 * and with it a fault or the way into a livelock.
 */
export const completeReduction = (program: Program): Reduction => ({
  level: hasLoops(program.code) ? 2 : 4,
  dead: true,
  symmetry: true,
});

/** Levels above 2 leave out states that a thread which loops for ever would come to. */
export const decidesLivelocks = ({ level }: Reduction, { code }: Program): boolean =>
  level <= 2 || !hasLoops(code);

/** As in `L2+dead+sym`. */
export const formatReduction = ({ level, dead, symmetry }: Reduction): string =>
  `L${level}${dead ? "+dead" : ""}${symmetry ? "+sym" : ""}`;

/** Reads `L3+dead+sym`, `3`, `L0`; undefined if it is not of that form. */
export function parseReduction(text: string): Reduction | undefined {
  const match = /^L?([0-4])((?:\+(?:dead|sym))*)$/i.exec(text.trim());
  if (!match) return undefined;
  return {
    level: Number(match[1]) as Reduction["level"],
    dead: /dead/i.test(match[2]!),
    symmetry: /sym/i.test(match[2]!),
  };
}
