import type { Benchmark } from "./harness.ts";
import { loopingRace, newRun, runToEnd } from "./programs.ts";

const RACE = loopingRace(1_000_000);
const TSO_RACE = RACE.replace("run -t 2", "run -t 2 --model tso");

const running = (name: string, text: string): Benchmark => ({
  name,
  amount: runToEnd(newRun(text)),
  unit: "instructions",
  run: () => runToEnd(newRun(text)),
});

export default [running("run, SC, no trace", RACE), running("run, TSO, no trace", TSO_RACE)];
