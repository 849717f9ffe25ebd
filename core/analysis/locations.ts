import { ACCESS, OP } from "../isa/operations.ts";
import { BP, SP, ZERO } from "../isa/registers.ts";
import type { Code } from "../machine/program.ts";

/**
 * Which memory an operation names: a cell at a fixed address, or one that depends on registers. Two operations with the same
 * `key` name the same cell if the registers have not changed between them.
 */
export interface Location {
  readonly key: string;
  /** Set where no register takes part. */
  readonly address?: number;
}

/** The memory operand of an operation that reads or writes it; none for the stack, which by custom is the thread's own. */
export function sharedLocation(code: Code, pc: number): Location | undefined {
  const operation = code.operation[pc]!;
  if (ACCESS[operation] === "none" || ACCESS[operation] === "fence" || STACK.has(operation)) return undefined;
  const base = code.base[pc]!;
  const index = code.index[pc]!;
  if (OWN.has(base) || OWN.has(index)) return undefined;
  const address = code.displacement[pc]!;
  if (base === ZERO && index === ZERO) return { key: String(address), address };
  return { key: `${address}(${base},${index},${code.scale[pc]})` };
}

const STACK: ReadonlySet<number> = new Set([OP.PUSH_R, OP.PUSH_ADDRESS, OP.POP_R, OP.CALL, OP.RET]);
const OWN: ReadonlySet<number> = new Set([SP, BP]);

export const isRead = (code: Code, pc: number): boolean => {
  const access = ACCESS[code.operation[pc]!];
  return access === "load" || access === "locked";
};
