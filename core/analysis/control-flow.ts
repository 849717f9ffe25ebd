import { OP } from "../isa/operations.ts";
import type { Code, Program } from "../machine/program.ts";
import { type Gaps, NO_GAPS } from "./gaps.ts";

/**
 * Where control can go in a program, operation by operation. Node `code.length` stands for what is behind the last operation.
 * Conditions are not looked at: a conditional jump may go both ways. A `ret` is taken to return behind the call that led to it.
 * What a gap does, and where it leads, is not known (see gaps.ts).
 */
export interface ControlFlow {
  readonly code: Code;
  readonly gaps: Gaps["at"];
  /** Where threads start. */
  readonly entries: readonly number[];
  /** Where ways begin of which everything is known that comes after: where threads start, and behind gaps. */
  readonly starts: readonly number[];
  /** Where control goes next, one way or another; a call goes to its routine. Nothing is known of a gap. */
  readonly next: readonly (readonly number[])[];
  /** The same within a routine: a call is stepped over if its routine can return. */
  readonly within: readonly (readonly number[])[];
  /** Where control may go next: `next`, and from a gap on, to its landings or behind a call. These follow a node of their own, the last one. */
  readonly possible: readonly (readonly number[])[];
  /** Operations that some thread may come to. */
  readonly reachable: Uint8Array;
  /** Operations from which the `ret` of their routine may be reached. */
  readonly canReturn: Uint8Array;
  /** First operations of routines that reachable calls go to, in ascending order. */
  readonly routines: readonly number[];
}

export function controlFlow(
  { code, threads }: Pick<Program, "code" | "threads">,
  gaps: Gaps = NO_GAPS,
): ControlFlow {
  const entries = threads?.map((t) => t.entry) ?? [0];
  const canReturn = returning(code, gaps);
  const within: number[][] = [];
  for (let pc = 0; pc <= code.length; pc++) within.push(gaps.at[pc] ? [] : successors(code, pc, canReturn));
  const reachable = new Uint8Array(code.length + 1);
  const todo = [...entries];
  const routines = new Set<number>();
  const behindGaps: number[] = [];
  for (let pc = todo.pop(); pc !== undefined; pc = todo.pop()) {
    if (reachable[pc]) continue;
    reachable[pc] = 1;
    todo.push(...within[pc]!);
    if (gaps.at[pc]) {
      const landings = behindGaps.length === 0 ? gaps.landings : [];
      for (const landing of [...landings, pc + 1]) {
        behindGaps.push(landing);
        todo.push(landing);
      }
    }
    if (code.operation[pc] !== OP.CALL) continue;
    routines.add(code.target[pc]!);
    todo.push(code.target[pc]!);
  }
  const returnPoints = behindCalls(code, within, reachable);
  const next = throughCalls(code, within, returnPoints);
  const landings = [...gaps.landings, ...returnPoints];
  return {
    code,
    gaps: gaps.at,
    entries,
    starts: [...entries, ...behindGaps],
    next,
    within,
    possible: behindGaps.length ? throughGaps(next, gaps.at, landings) : next,
    reachable,
    canReturn,
    routines: [...routines].sort((a, b) => a - b),
  };
}

function successors(code: Code, pc: number, canReturn: Uint8Array): number[] {
  const target = code.target[pc]!;
  switch (code.operation[pc]) {
    case OP.HALT:
    case OP.RET:
    case OP.END:
    case OP.OUT_OF_CODE:
      return [];
    case OP.JUMP:
      return [target];
    case OP.JUMP_IF:
      return target === pc + 1 ? [target] : [pc + 1, target];
    case OP.CALL:
      return canReturn[target] ? [pc + 1] : [];
    default:
      return [pc + 1];
  }
}

/** Grows the set of operations that can reach their `ret`, or a gap, until nothing changes. */
function returning(code: Code, gaps: Gaps): Uint8Array {
  const canReturn = new Uint8Array(code.length + 1);
  for (let changed = true; changed; ) {
    changed = false;
    for (let pc = code.length; pc >= 0; pc--) {
      if (canReturn[pc]) continue;
      const returns =
        code.operation[pc] === OP.RET ||
        gaps.at[pc] === 1 ||
        successors(code, pc, canReturn).some((s) => canReturn[s] === 1);
      if (!returns) continue;
      canReturn[pc] = 1;
      changed = true;
    }
  }
  return canReturn;
}

/** The operations behind calls whose routines can return. */
function behindCalls(code: Code, within: readonly number[][], reachable: Uint8Array): number[] {
  const returnPoints: number[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    if (reachable[pc] && code.operation[pc] === OP.CALL) returnPoints.push(...within[pc]!);
  }
  return returnPoints;
}

/** A call leads to its routine; a `ret` leads behind every call: more than happens, never less. */
const throughCalls = (code: Code, within: readonly number[][], returnPoints: number[]): number[][] =>
  within.map((inside, pc) => {
    if (code.operation[pc] === OP.CALL) return [code.target[pc]!];
    return code.operation[pc] === OP.RET ? returnPoints : inside;
  });

/** A gap leads on, and to all landings, by way of a node more: there may be thousands of both. */
function throughGaps(next: readonly number[][], gaps: Gaps["at"], landings: readonly number[]) {
  const possible = next.map((known, pc) => (gaps[pc] ? [pc + 1, next.length] : known));
  return [...possible, landings];
}

/** All operations that can be reached from some of them along edges, these included. */
export function reachableFrom(start: Iterable<number>, edges: readonly (readonly number[])[]): Uint8Array {
  const seen = new Uint8Array(edges.length);
  const todo = [...start];
  for (let pc = todo.pop(); pc !== undefined; pc = todo.pop()) {
    if (seen[pc]) continue;
    seen[pc] = 1;
    for (const follower of edges[pc]!) if (!seen[follower]) todo.push(follower);
  }
  return seen;
}
