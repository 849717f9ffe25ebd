import { HardwareFailure } from "./failure.ts";
import { bounded, GRACE_MS, startGroup } from "./process.ts";
import { createHistogramReader, type EndReason, type Histogram } from "./protocol.ts";
import type { HardwareTest } from "./test.ts";

export interface HardwareHooks {
  /** Called several times a second with what was seen so far. */
  readonly onProgress?: ((histogram: Histogram) => void) | undefined;
  /** When it is aborted, the test ends with what was seen so far. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs a compiled test to its end and returns what it has seen. */
export async function execute(
  program: string,
  words: readonly string[],
  { start, locations }: HardwareTest,
  onStart: () => void,
  { onProgress, signal }: HardwareHooks,
): Promise<Histogram & { readonly end: EndReason }> {
  const reader = createHistogramReader(start.program, locations.length);
  let last: Histogram | undefined;
  let unreadable: Error | undefined;
  const group = startGroup(program, words, {
    onOutput: (text) => {
      try {
        for (const histogram of reader.read(text)) {
          last = histogram;
          if (histogram.end === undefined) onProgress?.(histogram);
        }
      } catch (error) {
        unreadable ??= error as Error;
        group.signal("SIGKILL");
      }
    },
  });
  group.child.once("spawn", onStart); // a running program needs no file any more
  const seconds = Number(words[3]);
  const how = await bounded(group, seconds * 1000 + GRACE_MS, signal, "SIGTERM");
  if (unreadable) throw new HardwareFailure(unreadable.message);
  if (last?.end !== undefined) return { ...last, end: last.end };
  const reason = group.complaints().trim() || `it was ended by ${how.signal ?? `status ${how.code}`}`;
  throw new HardwareFailure(`the test did not come to its end: ${reason}`);
}
