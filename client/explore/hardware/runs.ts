import type { Processor, Seen, WantedRuns } from "./processor.ts";

/** What a view shows of the processor. */
export interface CpuRuns {
  readonly running: boolean;
  /** Missing until something was seen. */
  readonly seen?: Seen;
  readonly error?: string;
}

/** The runs that a view has asked for, one text after another. */
export interface CpuRunner {
  /** Runs a text; what ran before is ended. */
  start(wanted: WantedRuns): Promise<void>;
  /** Ends the runs; what was seen until then is shown. */
  stop(): void;
  /** Ends the runs; nothing is shown any more. */
  drop(): void;
}

export function createCpuRunner(processor: Processor, show: (runs: CpuRuns) => void): CpuRunner {
  let running: AbortController | undefined;
  const drop = (): void => {
    const dropped = running;
    running = undefined;
    dropped?.abort();
  };
  return {
    async start(wanted) {
      drop();
      const mine = new AbortController();
      running = mine;
      show({ running: true });
      const result = await processor.run(wanted, {
        signal: mine.signal,
        onProgress: (seen) => {
          if (running === mine) show({ running: true, seen });
        },
      });
      if (running !== mine) return;
      running = undefined;
      show("error" in result ? { running: false, error: result.error } : { running: false, seen: result });
    },
    stop: () => running?.abort(),
    drop,
  };
}
