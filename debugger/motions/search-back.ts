import { CHECKPOINT_DISTANCE, goTo } from "../../core/run/trace.ts";
import type { Motion } from "./motion.ts";
import type { Stop } from "./stop.ts";

/** Something in the past that is travelled to. */
export interface Search {
  /** The last index from `start` to before `end` that is looked for. May move the trace. */
  lastIn(start: number, end: number): number | undefined;
  /** What the person is told, who is there now; where nothing was found, back at `origin`. */
  stop(found: number | undefined, origin: number): Stop;
}

/** What is searched first, in events; each stretch before it is longer. */
const FIRST_STRETCH = 64;

/** Searches the past from the present on, a stretch at a time: what is near is found at once, and a long search can be paused. */
export function searchBack(thread: number, { lastIn, stop }: Search): Motion {
  let origin: number | undefined;
  let end = 0;
  let length = FIRST_STRETCH;
  return {
    thread,
    slice({ trace }) {
      if (origin === undefined) {
        origin = trace.index;
        end = origin;
      }
      const start = Math.max(0, end - length);
      const found = lastIn(start, end);
      if (found === undefined && start > 0) {
        end = start;
        length = Math.min(length * 4, CHECKPOINT_DISTANCE);
        return undefined;
      }
      goTo(trace, found ?? origin);
      return stop(found, origin);
    },
  };
}
