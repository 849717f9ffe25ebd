import { successors } from "../core/explore/threads/data-flow.ts";
import { OP } from "../core/isa/operations.ts";
import type { Code } from "../core/machine/program.ts";

/** The operations behind calls: where `ret` goes on the processor. */
export const returnSites = (code: Code, operations: readonly number[]): number[] =>
  operations.filter((pc) => code.operation[pc] === OP.CALL).map((pc) => pc + 1);

/** The operations that a thread may execute from its entry on, in the order of the code. A call is taken to return. */
export function reachableOperations(code: Code, entry: number): number[] {
  const seen = new Set<number>();
  const waiting = [entry];
  for (let pc = waiting.pop(); pc !== undefined; pc = waiting.pop()) {
    if (seen.has(pc)) continue;
    seen.add(pc);
    waiting.push(...successors(code, pc));
    if (code.operation[pc] === OP.CALL) waiting.push(pc + 1);
  }
  return [...seen].sort((a, b) => a - b);
}
