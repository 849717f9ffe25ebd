import { type Check, isInside, type Location } from "../../check/check.ts";
import type { Program } from "../../machine/program.ts";
import { type RegisterSet, successors, usesOf } from "./data-flow.ts";
import type { ThreadObservation } from "./thread-class.ts";

/** What a thread has in a register, or its flags. */
export const registerOrFlags = (registers: Float64Array, flags: number, register: number): number =>
  register < registers.length ? registers[register]! : flags;

/** Sorts what is asked by thread: which registers must be kept, and which operations must be seen on their own. */
export function observeThreads(
  program: Program,
  threads: number,
  final: readonly Location[],
  checks: readonly Check[],
): ThreadObservation[] {
  const always = checks.flatMap((c) => (c.kind === "always" ? c.proposition.locations : []));
  return Array.from({ length: threads }, (_, t) => {
    const watched = registersOf(always, t);
    return {
      final: registersOf(final, t) | watched,
      always: watched,
      visible: visibleOperations(program, watched, checks),
    };
  });
}

const registersOf = (locations: readonly Location[], thread: number): RegisterSet =>
  locations.reduce(
    (set, l) => (l.kind === "register" && l.thread === thread ? set | (1 << l.register) : set),
    0,
  );

function visibleOperations(program: Program, watched: RegisterSet, checks: readonly Check[]): Uint8Array {
  const visible = new Uint8Array(program.code.length + 1);
  for (let pc = 0; pc < program.code.length; pc++) {
    const crosses = checks.some(
      (c) =>
        c.kind === "mutex" &&
        successors(program.code, pc).some((next) => isInside(c, pc) !== isInside(c, next)),
    );
    if (crosses || usesOf(program, pc).writes & watched) visible[pc] = 1;
  }
  return visible;
}
