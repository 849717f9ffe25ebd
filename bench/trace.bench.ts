import { createTrace, goTo, type Trace, take } from "../core/run/trace.ts";
import type { Benchmark } from "./harness.ts";
import { loopingRace, newRun } from "./programs.ts";

const EVENTS = 10_000_000;

/** A long history whose threads take turns at every transition, the worst case for its length and for going back. */
function longTrace(): Trace {
  const trace = createTrace(newRun(loopingRace(EVENTS)).state);
  for (let i = 0; i < EVENTS; i++) take(trace, { thread: i & 1, kind: "execute" });
  return trace;
}

let trace: Trace | undefined;
const history = (): Trace => {
  trace ??= longTrace();
  return trace;
};

const JUMPS = 20;
const STEPS = 50;

export default [
  {
    name: "time travel: one step back in a history of 10 million transitions",
    amount: STEPS,
    unit: "steps",
    run: () => {
      goTo(history(), EVENTS);
      for (let i = 1; i <= STEPS; i++) goTo(history(), EVENTS - i);
    },
  },
  {
    name: "time travel: a jump to a far index in a history of 10 million transitions",
    amount: JUMPS,
    unit: "jumps",
    run: () => {
      for (let i = 0; i < JUMPS; i++) goTo(history(), (i * 7_654_321) % EVENTS);
    },
  },
] satisfies Benchmark[];
