import { OP } from "../isa/operations.ts";
import type { Code, Program } from "../machine/program.ts";

/**
 * Where control can go in a program, operation by operation. Node `code.length` stands for what is behind the last operation.
 * Conditions are not looked at: a conditional jump may go both ways. A `ret` is taken to return behind the call that led to it.
 */
export interface ControlFlow {
  readonly code: Code;
  /** Where threads start. */
  readonly entries: readonly number[];
  /** Where control can go next; a call goes to its routine. */
  readonly next: readonly (readonly number[])[];
  /** Where control can go next within a routine: a call is stepped over if its routine can return. */
  readonly within: readonly (readonly number[])[];
  /** Operations that some thread can come to. */
  readonly reachable: Uint8Array;
  /** Operations from which the `ret` of their routine can be reached. */
  readonly canReturn: Uint8Array;
  /** First operations of routines that reachable calls go to, in ascending order. */
  readonly routines: readonly number[];
}

export function controlFlow(program: Program): ControlFlow {
  const { code } = program;
  const entries = program.threads?.map((t) => t.entry) ?? [0];
  const canReturn = returning(code);
  const within: number[][] = [];
  for (let pc = 0; pc <= code.length; pc++) within.push(successors(code, pc, canReturn));
  const reachable = new Uint8Array(code.length + 1);
  const todo = [...entries];
  const routines = new Set<number>();
  for (let pc = todo.pop(); pc !== undefined; pc = todo.pop()) {
    if (reachable[pc]) continue;
    reachable[pc] = 1;
    todo.push(...within[pc]!);
    if (code.operation[pc] !== OP.CALL) continue;
    routines.add(code.target[pc]!);
    todo.push(code.target[pc]!);
  }
  const next = throughCalls(code, within, reachable);
  return { code, entries, next, within, reachable, canReturn, routines: [...routines].sort((a, b) => a - b) };
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

/** Grows the set of operations that can reach their `ret` until nothing changes. */
function returning(code: Code): Uint8Array {
  const canReturn = new Uint8Array(code.length + 1);
  for (let changed = true; changed; ) {
    changed = false;
    for (let pc = code.length; pc >= 0; pc--) {
      if (canReturn[pc]) continue;
      const returns =
        code.operation[pc] === OP.RET || successors(code, pc, canReturn).some((s) => canReturn[s] === 1);
      if (!returns) continue;
      canReturn[pc] = 1;
      changed = true;
    }
  }
  return canReturn;
}

/** A call leads to its routine; a `ret` leads behind every call whose routine can return: more than happens, never less. */
function throughCalls(code: Code, within: readonly number[][], reachable: Uint8Array): number[][] {
  const returnPoints: number[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    if (reachable[pc] && code.operation[pc] === OP.CALL) returnPoints.push(...within[pc]!);
  }
  return within.map((inside, pc) => {
    if (code.operation[pc] === OP.CALL) return [code.target[pc]!];
    return code.operation[pc] === OP.RET ? returnPoints : inside;
  });
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
