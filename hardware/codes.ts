import { successors } from "../core/explore/threads/data-flow.ts";
import { OP } from "../core/isa/operations.ts";
import type { Code } from "../core/machine/program.ts";
import { returnSites } from "./flow.ts";

/**
 * The condition codes of `.s` are set by comparisons alone, the processor's flags by most instructions. Where nothing in between changes the
 * flags, a conditional jump can use them as they are; elsewhere the codes are kept in a register.
 */

/** What an operation does to the processor's flags: sets them to its comparison, keeps them, or spoils them. */
export type FlagEffect = "sets" | "keeps" | "spoils";

/** The conditional jumps among a thread's operations at which the processor's flags are those of the last comparison, on every path. */
export function jumpsOnFlags(
  code: Code,
  operations: readonly number[],
  effect: (pc: number) => FlagEffect,
): ReadonlySet<number> {
  const spoiled = new Set<number>([operations[0]!, ...returnSites(code, operations)]);
  const waiting = [...spoiled];
  for (const pc of operations) {
    if (effect(pc) === "spoils") waiting.push(...enter(successors(code, pc)));
  }
  for (let pc = waiting.pop(); pc !== undefined; pc = waiting.pop()) {
    if (effect(pc) === "keeps") waiting.push(...enter(successors(code, pc)));
  }
  return new Set(operations.filter((pc) => code.operation[pc] === OP.JUMP_IF && !spoiled.has(pc)));

  function enter(operations: readonly number[]): number[] {
    const fresh = operations.filter((pc) => !spoiled.has(pc));
    for (const pc of fresh) spoiled.add(pc);
    return fresh;
  }
}
