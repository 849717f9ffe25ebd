import { OP } from "../../core/isa/operations.ts";
import { AX } from "../../core/isa/registers.ts";
import { load } from "../../core/machine/access.ts";
import { readCell } from "../../core/machine/memory.ts";
import { register, type State } from "../../core/machine/state.ts";
import { nextAccess, type Transition } from "../../core/machine/transition.ts";
import { isTrue } from "../expressions/evaluate.ts";
import type { Expression } from "../expressions/tree.ts";
import { UserError } from "../user-error.ts";
import { countHit, type HitCondition, wasCounted } from "./hit-condition.ts";

/** What happens to a cell: a thread reads it, a thread writes it (under TSO into its buffer), a store reaches memory. */
export type AccessKind = "read" | "write" | "commit";

export interface DataBreakpoint {
  readonly id: number;
  readonly address: number;
  readonly kinds: ReadonlySet<AccessKind>;
  readonly condition?: Expression;
  readonly hitCondition?: HitCondition;
  /** Indices of the trace behind the transitions that hit it; kept where hits are counted. */
  readonly hits: number[];
}

/** One access that a transition makes. */
export interface Access {
  readonly kinds: readonly AccessKind[];
  readonly thread: number;
  readonly address: number;
  /** What the accessing thread would read there before the transition; for a store that reaches memory, what memory holds. */
  readonly before: number;
}

/** The access that a transition makes when it is taken from a state, if it makes one. */
export function accessOf(state: State, { thread, kind }: Transition): Access | undefined {
  if (kind === "drain") {
    const buffer = state.buffers[thread]!;
    const address = buffer.address[buffer.head]!;
    return { kinds: ["commit"], thread, address, before: readCell(state.memory, address) };
  }
  const { access, address } = nextAccess(state, thread);
  const before = load(state, thread, address);
  switch (access) {
    case "load":
      return { kinds: ["read"], thread, address, before };
    case "store":
      return { kinds: state.model === "tso" ? ["write"] : ["write", "commit"], thread, address, before };
    case "locked":
      return { kinds: lockedKinds(state, thread, before), thread, address, before };
    default:
      return undefined;
  }
}

/** A `cmpxchg` that finds another value than %ax only reads. */
function lockedKinds(state: State, thread: number, before: number): readonly AccessKind[] {
  const isCompare = state.program.code.operation[state.pc[thread]!] === OP.CMPXCHG;
  return isCompare && register(state, thread, AX) !== before ? ["read"] : ["read", "write", "commit"];
}

/** What the accessed cell holds after the transition, seen as in `Access.before`. */
export const valueAfter = (state: State, access: Access): number =>
  access.kinds.includes("commit")
    ? readCell(state.memory, access.address)
    : load(state, access.thread, access.address);

/**
 * The data breakpoints that an access hits, asked after the transition.
 * @param index of the trace then
 * @param isForward whether the transition is taken, or come by again backwards
 * @throws UserError if a condition has no value there
 */
export function dataHits(
  breakpoints: readonly DataBreakpoint[],
  access: Access,
  state: State,
  index: number,
  isForward: boolean,
): DataBreakpoint[] {
  const counts = isForward ? countHit : wasCounted;
  return breakpoints.filter((b) => {
    if (b.address !== access.address || !access.kinds.some((k) => b.kinds.has(k))) return false;
    if (b.condition && !isTrue(b.condition, { state, thread: access.thread })) return false;
    return !b.hitCondition || counts(b.hitCondition, b.hits, index);
  });
}

/** The id that stands for a cell in DAP: `100` for what threads do with it, `commit:100` for stores that reach memory. */
export const dataId = (address: number, commit: boolean): string => `${commit ? "commit:" : ""}${address}`;

/** @throws UserError if the text is no such id */
export function parseDataId(id: string): { readonly address: number; readonly commit: boolean } {
  const match = /^(commit:)?(-?\d{1,16})$/.exec(id);
  if (match) return { address: Number(match[2]), commit: match[1] !== undefined };
  throw new UserError(`\`${id}\` is not the id of a cell`);
}
