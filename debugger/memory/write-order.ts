import { type StoreBuffer, slot } from "../../core/machine/store-buffer.ts";
import { EDIT_WORD, goTo } from "../../core/run/trace.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import { accessOf } from "../breakpoints/data-breakpoint.ts";
import type { Debuggee } from "../debuggee.ts";

/**
 * Of some cells the one that was written last, in shared memory or as a thread sees it. The state does not keep the order of writes, so the history is
 * gone through; only views of overlapping cells, which no ordinary program has, come to this.
 */
export function laterWritten(
  { trace }: Debuggee,
  thread: number | undefined,
  addresses: readonly number[],
): number {
  const waiting = thread === undefined ? undefined : newestInBuffer(trace.state.buffers[thread]!, addresses);
  if (waiting !== undefined) return waiting;
  const { index, log, edits } = trace;
  let latest = addresses[0]!;
  goTo(trace, 0);
  for (let i = 0; i < index; i++) {
    const word = log.words[i]!;
    let written: number | undefined;
    if (word === EDIT_WORD) {
      const change = edits.get(i)!;
      written = change.kind === "memory" ? change.address : undefined;
    } else {
      const access = accessOf(trace.state, transitionOf(word));
      written = access?.kinds.includes("commit") ? access.address : undefined;
    }
    if (written !== undefined && addresses.includes(written)) latest = written;
    goTo(trace, i + 1);
  }
  return latest;
}

function newestInBuffer(buffer: StoreBuffer, addresses: readonly number[]): number | undefined {
  for (let i = buffer.count - 1; i >= 0; i--) {
    const address = buffer.address[slot(buffer, i)]!;
    if (addresses.includes(address)) return address;
  }
  return undefined;
}
