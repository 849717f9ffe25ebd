import type { OptionTable } from "../core/options/parse.ts";
import { SIMULATOR_OPTIONS } from "../core/options/simulator.ts";

const { threads, argv, loadaddr, memsize, memtrace, regtrace } = SIMULATOR_OPTIONS;

/** What every command takes that finds outcomes: how the program starts, and what outcomes are made of. */
export const START_OPTIONS = {
  threads,
  argv,
  loadaddr,
  memsize,
  memtrace: { ...memtrace, summary: "more addresses that outcomes are made of, divided by commas" },
  regtrace: { ...regtrace, summary: "registers that outcomes are made of, divided by commas" },
} as const satisfies OptionTable;
