import { OP } from "../isa/operations.ts";
import { SP } from "../isa/registers.ts";
import { CELL_SPACING, type Code } from "../machine/program.ts";
import type { ControlFlow } from "./control-flow.ts";

/** A place where the stack does not hold what the code takes it to hold. Heights are cells above the height at the routine's start. */
export type Imbalance =
  | { readonly kind: "height-at-return"; readonly at: number; readonly height: number }
  | { readonly kind: "pop-of-nothing"; readonly at: number; readonly inRoutine: boolean }
  | { readonly kind: "return-without-call"; readonly at: number }
  | { readonly kind: "heights-differ"; readonly at: number; readonly heights: readonly [number, number] };

/** Routines that run on into each other share their code; only noise shares so much that this is not enough for all of them. */
const MOST_VISITS = 1_000_000;

/**
 * Follows the height of the stack along all ways through the program and its routines. Where `%sp` gets a value that is not
 * known here, nothing is said about what follows.
 */
export function imbalances(flow: ControlFlow): Imbalance[] {
  const found: Imbalance[][] = [];
  let visits = 0;
  for (const [starts, inRoutine] of [
    [flow.routines, true],
    [flow.entries, false],
  ] as const) {
    for (const start of starts) {
      if (visits > MOST_VISITS) break;
      const way = follow(flow, start, inRoutine);
      found.push(way.found);
      visits += way.visits;
    }
  }
  const seen = new Set<string>();
  return found.flat().filter(({ kind, at }) => {
    const key = `${kind} ${at}`;
    return !seen.has(key) && seen.add(key);
  });
}

function follow(
  { code, within }: ControlFlow,
  start: number,
  inRoutine: boolean,
): { readonly found: Imbalance[]; readonly visits: number } {
  const found: Imbalance[] = [];
  const heights = new Map<number, number>([[start, 0]]);
  const reported = new Set<number>();
  const todo = [start];
  for (let pc = todo.pop(); pc !== undefined; pc = todo.pop()) {
    const height = heights.get(pc)!;
    const operation = code.operation[pc]!;
    if (operation === OP.RET) {
      if (inRoutine && height !== 0) found.push({ kind: "height-at-return", at: pc, height });
      else if (!inRoutine && height === 0) found.push({ kind: "return-without-call", at: pc });
    }
    if ((operation === OP.POP || operation === OP.POP_R) && height <= 0) {
      found.push({ kind: "pop-of-nothing", at: pc, inRoutine });
      continue;
    }
    const change = heightChange(code, pc);
    if (change === undefined) continue;
    for (const follower of within[pc]!) {
      const known = heights.get(follower);
      if (known === undefined) {
        heights.set(follower, height + change);
        todo.push(follower);
      } else if (known !== height + change && !reported.has(follower)) {
        reported.add(follower);
        found.push({ kind: "heights-differ", at: follower, heights: [known, height + change] });
      }
    }
  }
  return { found, visits: heights.size };
}

/** By how many cells an operation makes the stack higher; unknown where `%sp` gets another value. */
function heightChange(code: Code, pc: number): number | undefined {
  const operation = code.operation[pc]!;
  switch (operation) {
    case OP.PUSH_R:
    case OP.PUSH_ADDRESS:
      return 1;
    case OP.POP:
      return -1;
    case OP.POP_R:
      return code.a[pc] === SP ? undefined : -1;
    case OP.SUB_I:
      return code.a[pc] === SP ? code.immediate[pc]! / CELL_SPACING : 0;
    case OP.ADD_I:
      return code.a[pc] === SP ? -code.immediate[pc]! / CELL_SPACING : 0;
    default:
      return code.a[pc] === SP && WRITES_A.has(operation) ? undefined : 0;
  }
}

const WRITES_A: ReadonlySet<number> = new Set([
  OP.MOVE_I,
  OP.MOVE_R,
  OP.LOAD,
  OP.LEA,
  OP.ADD_R,
  OP.SUB_R,
  OP.MUL_I,
  OP.MUL_R,
  OP.NEG,
  OP.XCHG,
  OP.FETCHADD,
]);
