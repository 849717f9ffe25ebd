import type { Debuggee } from "../debuggee.ts";
import { UserError } from "../user-error.ts";
import { type Frame, frames, MOST_SLOTS } from "./stack.ts";

/** Ids are computed from thread and depth, 0 being the innermost, so that none ever goes stale. */
const ROOM = MOST_SLOTS + 1;

export const frameId = (thread: number, depth: number): number => 1 + thread * ROOM + depth;

/** @throws UserError if no thread has this frame now */
export function frameOf(
  debuggee: Debuggee,
  id: number,
): { readonly thread: number; readonly depth: number; readonly frame: Frame } {
  const thread = Math.floor((id - 1) / ROOM);
  const depth = (id - 1) % ROOM;
  const inRange = id > 0 && thread < debuggee.trace.state.threadCount;
  const frame = inRange ? frames(debuggee, thread)[depth] : undefined;
  if (frame) return { thread, depth, frame };
  throw new UserError(`there is no stack frame with the id ${id}`);
}
