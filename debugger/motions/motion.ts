import type { Debuggee } from "../debuggee.ts";
import type { Surroundings } from "./advance.ts";
import type { Stop } from "./stop.ts";

/**
 * Something that moves the debuggee, a slice at a time, so that a run that never ends can be paused. It is a function of the debuggee and what it
 * keeps itself; nobody else moves meanwhile.
 */
export interface Motion {
  /** The thread that the person is looking at. */
  readonly thread: number;
  /** Goes on for about `budget` events. Returns why everything stands still now, or nothing if there is more to do. */
  slice(debuggee: Debuggee, around: Surroundings, budget: number): Stop | undefined;
}
