/** One thing to measure. A file `bench/*.bench.ts` exports a list of them as default. */
export interface Benchmark {
  /** A sentence that stays: the baseline knows the benchmark by it. */
  readonly name: string;
  /** How much one run does, in `unit`s. */
  readonly amount: number;
  /** What is counted, such as `instructions`. */
  readonly unit: string;
  /**
   * What is timed: user CPU time of this process (default), the wall clock, for work that other processes do, or what `run` tells: it returns
   * the seconds of user CPU time that another process took.
   */
  readonly clock?: "cpu" | "wall" | "told";
  readonly run: () => unknown;
  /** The benchmark by which another tool does the same work, and what the comparison of all such pairs is called. */
  readonly peer?: { readonly name: string; readonly of: string };
}

export interface Result {
  readonly name: string;
  readonly unit: string;
  /** Units per second in the best run. */
  readonly rate: number;
  /** `rate` by the rate of the reference work on the same clock in the same process: comparable between machines. */
  readonly score: number;
}

const RUNS = 5;
/** A run of so many seconds is not repeated: warming up, and what else the machine does, matter little to it. */
const LONG = 10;

/** Seconds that the fastest of several runs took, of which the first one warms up. */
function best(run: () => unknown, clock: "cpu" | "wall" | "told"): number {
  let seconds = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= RUNS; i++) {
    const wall = performance.now();
    const cpu = process.cpuUsage();
    const told = run();
    const took = {
      cpu: process.cpuUsage(cpu).user / 1e6,
      wall: (performance.now() - wall) / 1000,
      told: Number(told),
    };
    if (i === 0 && took[clock] < LONG) continue;
    seconds = Math.min(seconds, Math.max(took[clock], 1e-6));
    if (seconds >= LONG) break;
  }
  return seconds;
}

const REFERENCE_STEPS = 20_000_000;

/** Work that no change to the project touches: integer arithmetic and memory accesses, as an interpreter does them. */
function reference(): void {
  const cells = new Int32Array(4096);
  let x = 1;
  for (let i = 0; i < REFERENCE_STEPS; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) | 0;
    const at = x >>> 20;
    cells[at] = cells[at]! + x;
  }
}

/** Measures the benchmarks one after the other. `report` hears of each result as it comes. */
export function measure(benchmarks: readonly Benchmark[], report: (result: Result) => void): Result[] {
  const referenceRates = {
    cpu: REFERENCE_STEPS / best(reference, "cpu"),
    wall: REFERENCE_STEPS / best(reference, "wall"),
  };
  return benchmarks.map(({ name, amount, unit, clock = "cpu", run }) => {
    const rate = amount / best(run, clock);
    const result = { name, unit, rate, score: rate / referenceRates[clock === "wall" ? "wall" : "cpu"] };
    report(result);
    return result;
  });
}
