import type { DebugProtocol } from "@vscode/debugprotocol";
import { noSuchThread } from "../../core/machine/refusal.ts";
import { type Arguments, integer, optionalInteger, optionalText, text } from "../arguments.ts";
import type { Debuggee } from "../debuggee.ts";
import { addressOfCell } from "../expressions/cell.ts";
import { parseExpression } from "../expressions/parse.ts";
import { UserError } from "../user-error.ts";
import { type CodeBreakpoint, type CodeBreakpointKind, readRule } from "./code-breakpoint.ts";
import { type AccessKind, type DataBreakpoint, dataId, parseDataId } from "./data-breakpoint.ts";
import { parseHitCondition } from "./hit-condition.ts";
import {
  breakpointAt,
  type Location,
  locationsAt,
  locationsBetween,
  operationOfAddress,
  operationOfLabel,
} from "./locations.ts";

export type BreakpointKind = CodeBreakpointKind | "data breakpoint";

/** A breakpoint as the client asked for it; kept, because a restart reads the program again. */
interface Requested {
  readonly id: number;
  readonly args: Arguments;
  /** Indices of the trace at which it was hit; kept where hits are counted. */
  readonly hits: number[];
}

/** All breakpoints of a session. What the client asked for outlives a debuggee; what that means is worked out for each. */
export interface Breakpoints {
  nextId: number;
  readonly requested: Record<BreakpointKind, readonly Requested[]>;
  /** By operation index. */
  code: ReadonlyMap<number, readonly CodeBreakpoint[]>;
  data: readonly DataBreakpoint[];
  /** Ids of the exception filters that are on. */
  exceptions: ReadonlySet<string>;
}

export const createBreakpoints = (): Breakpoints => ({
  nextId: 1,
  requested: {
    breakpoint: [],
    "function breakpoint": [],
    "instruction breakpoint": [],
    "data breakpoint": [],
  },
  code: new Map(),
  data: [],
  exceptions: new Set(["fault", "check", "livelock"]),
});

/** Replaces all breakpoints of one kind, as DAP's requests do, and tells what became of each. One that was there before stays the same. */
export function replaceBreakpoints(
  breakpoints: Breakpoints,
  kind: BreakpointKind,
  wanted: readonly Arguments[],
  debuggee: Debuggee | undefined,
): DebugProtocol.Breakpoint[] {
  const before = new Map(breakpoints.requested[kind].map((r) => [JSON.stringify(r.args), r]));
  breakpoints.requested[kind] = wanted.map((args) => {
    const text = JSON.stringify(args);
    const same = before.get(text);
    before.delete(text);
    return same ?? { id: breakpoints.nextId++, args, hits: [] };
  });
  const told = resolve(breakpoints, debuggee);
  return breakpoints.requested[kind].map(({ id }) => told.get(id)!);
}

/** Lets all hits be counted anew, for another run. */
export function forgetHits({ requested }: Breakpoints): void {
  for (const { hits } of Object.values(requested).flat()) hits.length = 0;
}

/** Works out what all breakpoints mean for a debuggee; one that means nothing is told with the reason. */
export function resolve(
  breakpoints: Breakpoints,
  debuggee: Debuggee | undefined,
): Map<number, DebugProtocol.Breakpoint> {
  const told = new Map<number, DebugProtocol.Breakpoint>();
  const code: CodeBreakpoint[] = [];
  const data: DataBreakpoint[] = [];
  for (const [kind, list] of Object.entries(breakpoints.requested) as [BreakpointKind, Requested[]][]) {
    for (const wanted of list) {
      const { id, args } = wanted;
      try {
        if (!debuggee) throw new UserError("not checked yet: nothing is being debugged");
        const watched = kind === "data breakpoint" ? args : commitOf(kind, args, debuggee);
        if (watched) {
          data.push(resolveData({ ...wanted, args: watched }));
          told.set(id, { id, verified: true });
        } else if (kind !== "data breakpoint") {
          const found = resolveCode(wanted, kind, debuggee);
          code.push(...found.breakpoints);
          told.set(id, breakpointAt(id, debuggee.source, found.location));
        }
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        told.set(id, { id, verified: false, message: error.message });
      }
    }
  }
  breakpoints.code = byOperation(code);
  breakpoints.data = data;
  return told;
}

function byOperation(code: readonly CodeBreakpoint[]): Map<number, CodeBreakpoint[]> {
  const map = new Map<number, CodeBreakpoint[]>();
  for (const b of code) map.set(b.operation, [...(map.get(b.operation) ?? []), b]);
  return map;
}

function resolveCode(
  { id, args, hits }: Requested,
  kind: CodeBreakpointKind,
  debuggee: Debuggee,
): { readonly breakpoints: CodeBreakpoint[]; readonly location: Location } {
  const rule = readRule(args);
  const { threadCount } = debuggee.trace.state;
  if (rule.thread !== undefined && rule.thread >= threadCount)
    throw new UserError(noSuchThread(rule.thread, threadCount));
  const locations = codeLocations(kind, args, debuggee);
  const breakpoints = locations.map(({ operation }) => ({ id, kind, operation, rule, hits }));
  return { breakpoints, location: locations[0]! };
}

function codeLocations(kind: CodeBreakpointKind, args: Arguments, debuggee: Debuggee): Location[] {
  const { program } = debuggee;
  if (kind === "breakpoint")
    return locationsAt(debuggee, integer(args, "line"), optionalInteger(args, "column"));
  const operation =
    kind === "function breakpoint"
      ? operationOfLabel(program, text(args, "name"))
      : operationOfAddress(program, text(args, "instructionReference"), optionalInteger(args, "offset") ?? 0);
  return locationsBetween(debuggee, 1, Number.POSITIVE_INFINITY).filter((l) => l.operation === operation);
}

/**
 * A function breakpoint `commit x` stops when a store to `x` reaches memory. Editors offer reads and writes of a variable, and a text box for function
 * breakpoints; a label has no blank in its name, so the two cannot be mistaken.
 * @returns what a data breakpoint would say, if that is what was asked for
 */
function commitOf(kind: BreakpointKind, args: Arguments, { trace }: Debuggee): Arguments | undefined {
  const name = kind === "function breakpoint" ? optionalText(args, "name") : undefined;
  const cell = /^\s*commit\s+(.+)$/.exec(name ?? "")?.[1];
  if (cell === undefined) return undefined;
  return { ...args, dataId: dataId(addressOfCell(cell, { state: trace.state }), true) };
}

const KINDS: Readonly<Record<string, readonly AccessKind[]>> = {
  read: ["read"],
  write: ["write"],
  readWrite: ["read", "write"],
};

function resolveData({ id, args, hits }: Requested): DataBreakpoint {
  const { address, commit } = parseDataId(text(args, "dataId"));
  const condition = optionalText(args, "condition")?.trim();
  const hitCondition = optionalText(args, "hitCondition")?.trim();
  const kinds = commit ? (["commit"] as const) : KINDS[optionalText(args, "accessType") ?? "write"];
  if (!kinds) throw new UserError("`accessType` must be read, write or readWrite");
  return {
    id,
    address,
    kinds: new Set(kinds),
    ...(condition ? { condition: parseExpression(condition).expression } : {}),
    ...(hitCondition ? { hitCondition: parseHitCondition(hitCondition) } : {}),
    hits,
  };
}
