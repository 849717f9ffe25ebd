import type { DebugProtocol } from "@vscode/debugprotocol";
import { UserError } from "../user-error.ts";

/** Modes are told at `initialize`, before anybody knows the number of threads. Threads beyond these are reached by a condition, `tid == 8`. */
const THREADS = 8;

/** A thread's access to a cell, or the moment at which a store leaves its buffer. */
type DataMode = "access" | "commit";

/** What the client offers in a breakpoint's menu; the first of a kind is what it takes if the person chooses none. */
export const BREAKPOINT_MODES: readonly DebugProtocol.BreakpointMode[] = [
  { mode: "any", label: "Any thread", appliesTo: ["source", "instruction"] },
  ...Array.from(
    { length: THREADS },
    (_, t): DebugProtocol.BreakpointMode => ({
      mode: `T${t}`,
      label: `Thread T${t}`,
      description: `Stops thread T${t} and no other`,
      appliesTo: ["source", "instruction"],
    }),
  ),
  { mode: "access", label: "Access", description: "A thread reads or writes the cell", appliesTo: ["data"] },
  { mode: "commit", label: "Commit", description: "A store to the cell reaches memory", appliesTo: ["data"] },
];

/**
 * The only thread that a breakpoint on code is for; none if it is for all.
 * @throws UserError for a mode that there is not
 */
export function threadOfMode(mode: string | undefined): number | undefined {
  if (mode === undefined || mode === "any") return undefined;
  const thread = /^T(\d{1,6})$/.exec(mode)?.[1];
  if (thread !== undefined) return Number(thread);
  throw new UserError(`\`${mode}\` is not a breakpoint mode; there are any, T0, T1, …`);
}

/** @throws UserError for a mode that there is not */
export function dataMode(mode: string | undefined): DataMode {
  if (mode === undefined || mode === "access" || mode === "commit") return mode ?? "access";
  throw new UserError(`\`${mode}\` is not a mode of data breakpoints; there are access and commit`);
}
