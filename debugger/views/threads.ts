import type { DebugProtocol } from "@vscode/debugprotocol";
import type { State } from "../../core/machine/state.ts";
import { UserError } from "../user-error.ts";
import { instructionText, placeName } from "./place.ts";

/** DAP wants ids from 1; thread numbers begin with 0. */
export const threadId = (thread: number): number => thread + 1;

/** @throws UserError if there is no such thread */
export function threadNumber(id: number, state: State): number {
  const thread = id - 1;
  if (thread >= 0 && thread < state.threadCount) return thread;
  throw new UserError(`there is no thread with id ${id}; ids are 1 to ${state.threadCount}`);
}

export const threadList = (state: State): DebugProtocol.Thread[] =>
  Array.from({ length: state.threadCount }, (_, t) => ({ id: threadId(t), name: threadName(state, t) }));

/** Where a thread is and what it does next: `T0 · .top+2 · mov 2000, %ax · SB 2`. */
function threadName(state: State, thread: number): string {
  const parts = [`T${thread}`];
  const operation = state.pc[thread]!;
  if (state.halted[thread]) parts.push("halted");
  else {
    parts.push(placeName(state.program, operation));
    parts.push(instructionText(state.program, operation) ?? "behind the last instruction");
  }
  if (state.model === "tso") parts.push(`SB ${state.buffers[thread]!.count}`);
  return parts.join(" · ");
}
