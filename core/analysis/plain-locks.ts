import { ACCESS, OP } from "../isa/operations.ts";
import type { Code } from "../machine/program.ts";
import type { ControlFlow } from "./control-flow.ts";
import { sharedLocation } from "./locations.ts";

/** A lock taken in three steps, between which another thread can take it, too. */
export interface PlainLock {
  /** Loads the lock's cell. */
  readonly load: number;
  /** The register that is loaded and tested. */
  readonly register: number;
  /** Stores into the cell. */
  readonly store: number;
}

/**
 * Finds loads of a cell whose value is tested, with a store of something else into the same cell as the next access to memory
 * on one of the ways behind the test. A store of the register itself is a computation (`count = count + 1`), not a lock.
 */
export function plainLocks({ code, within, reachable }: ControlFlow): PlainLock[] {
  const found: PlainLock[] = [];
  for (let load = 0; load < code.length; load++) {
    if (!reachable[load] || code.operation[load] !== OP.LOAD) continue;
    const location = sharedLocation(code, load);
    if (!location) continue;
    const register = code.a[load]!;
    const jump = testedJump(code, within, load, register);
    if (jump === undefined) continue;
    const store = within[jump]!.map((way) => nextAccess(code, within, way)).find(
      (pc) =>
        pc !== undefined &&
        sharedLocation(code, pc)?.key === location.key &&
        (code.operation[pc] === OP.STORE_I || (code.operation[pc] === OP.STORE_R && code.b[pc] !== register)),
    );
    if (store !== undefined) found.push({ load, register, store });
  }
  return found;
}

type Edges = readonly (readonly number[])[];

/** People write such locks in a few instructions; looking further finds other things. */
const MOST_STEPS = 16;

/** The conditional jump that depends on a test of the register just loaded. */
function testedJump(code: Code, within: Edges, load: number, register: number): number | undefined {
  let tested = false;
  let pc = load + 1;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const operation = code.operation[pc]!;
    if (operation === OP.JUMP_IF) return tested ? pc : undefined;
    if (ACCESS[operation] !== "none") return undefined;
    if (COMPARES.has(operation)) {
      const second = operation === OP.COMPARE_R_R && code.a[pc] === register;
      tested = code.b[pc] === register || second;
    }
    const [only, other] = within[pc]!;
    if (only === undefined || other !== undefined) return undefined;
    pc = only;
  }
  return undefined;
}

const COMPARES: ReadonlySet<number> = new Set([OP.COMPARE_R_I, OP.COMPARE_R_R, OP.COMPARE_I_R]);

/** The first access to memory on a way without branches. */
function nextAccess(code: Code, within: Edges, from: number): number | undefined {
  let pc = from;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (ACCESS[code.operation[pc]!] !== "none") return pc;
    const [only, other] = within[pc]!;
    if (only === undefined || other !== undefined) return undefined;
    pc = only;
  }
  return undefined;
}
