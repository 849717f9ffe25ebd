import { ACCESS } from "../isa/operations.ts";
import type { Code } from "../machine/program.ts";
import type { ControlFlow } from "./control-flow.ts";
import { isRead, sharedLocation } from "./locations.ts";

/** A store that can still be in the store buffer when a later load of another cell reads memory (x86-TSO). */
export interface Reordering {
  readonly store: number;
  readonly load: number;
}

/**
 * Finds loads before which a store to another cell may be pending: no fence and no locked instruction on some way between them.
 * For every load one store is named.
 */
export function reorderings(flow: ControlFlow): Reordering[] {
  const { code, reachable } = flow;
  const before = pendingStores(flow);
  const found: Reordering[] = [];
  for (let load = 0; load < code.length; load++) {
    if (!reachable[load] || ACCESS[code.operation[load]!] !== "load" || !isRead(code, load)) continue;
    const own = sharedLocation(code, load);
    if (!own) continue;
    const store = before[load]!.findLast((pc) => sharedLocation(code, pc)?.key !== own.key);
    if (store !== undefined) found.push({ store, load });
  }
  return found;
}

/**
 * For every operation, stores that may be pending before it. Two stores to different cells are enough to know: whatever a load
 * reads, at least one of them is to another cell. So the sets stay small, and the work linear in the program.
 */
function pendingStores({ code, next, starts }: ControlFlow): (readonly number[])[] {
  const before: (readonly number[])[] = Array.from({ length: code.length + 1 }, () => []);
  const visited = new Uint8Array(code.length + 1);
  const todo = [...starts];
  for (let pc = todo.pop(); pc !== undefined; pc = todo.pop()) {
    visited[pc] = 1;
    const after = through(code, pc, before[pc]!);
    for (const follower of next[pc]!) {
      const merged = after.reduce((set, store) => include(code, set, store), before[follower]!);
      if (visited[follower] && merged.length === before[follower]!.length) continue;
      before[follower] = merged;
      todo.push(follower);
    }
  }
  return before;
}

function through(code: Code, pc: number, pending: readonly number[]): readonly number[] {
  const access = ACCESS[code.operation[pc]!];
  if (access === "locked" || access === "fence") return [];
  if (access !== "store" || !sharedLocation(code, pc)) return pending;
  const { key } = sharedLocation(code, pc)!;
  return [...pending.filter((store) => sharedLocation(code, store)!.key !== key), pc].slice(-2);
}

function include(code: Code, set: readonly number[], store: number): readonly number[] {
  if (set.length === 2) return set;
  const { key } = sharedLocation(code, store)!;
  return set.some((s) => sharedLocation(code, s)!.key === key) ? set : [...set, store];
}
