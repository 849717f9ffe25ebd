import { EDIT_WORD, goTo } from "../../core/run/trace.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import type { Debuggee } from "../debuggee.ts";
import { UserError } from "../user-error.ts";
import { callDepth, type Frame, frames, MOST_SLOTS } from "./stack.ts";

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

/** The index of the trace at which a thread entered a routine that it is still in: where its calls last became as deep as that. */
export function entryOfFrame(debuggee: Debuggee, thread: number, depth: number): number {
  const { trace } = debuggee;
  const { index } = trace;
  const wanted = callDepth(debuggee, thread) - depth;
  let entry = 0;
  let before = 0;
  goTo(trace, 0);
  while (trace.index < index) {
    const word = trace.log.words[trace.index]!;
    goTo(trace, trace.index + 1);
    if (word === EDIT_WORD || transitionOf(word).thread !== thread) continue;
    const now = callDepth(debuggee, thread);
    if (before < wanted && now >= wanted) entry = trace.index;
    before = now;
  }
  return entry;
}
