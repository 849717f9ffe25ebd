/** One thing to measure. A file `bench/*.bench.ts` exports a list of them as default. */
export interface Benchmark {
  /** A sentence that stays: the baseline knows the benchmark by it. */
  readonly name: string;
  /** How much one run does, in `unit`s. */
  readonly amount: number;
  /** What is counted, such as `instructions`. */
  readonly unit: string;
  /** What is timed: user CPU time of this process (default), or the wall clock, for work that other processes do. */
  readonly clock?: "cpu" | "wall";
  readonly run: () => void;
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

/** Seconds that the fastest of several runs took, after one that warms up. */
function best(run: () => void, clock: "cpu" | "wall"): number {
  run();
  let seconds = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const wall = performance.now();
    const cpu = process.cpuUsage();
    run();
    const took = clock === "cpu" ? process.cpuUsage(cpu).user / 1e6 : (performance.now() - wall) / 1000;
    seconds = Math.min(seconds, Math.max(took, 1e-6));
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
    const result = { name, unit, rate, score: rate / referenceRates[clock] };
    report(result);
    return result;
  });
}
