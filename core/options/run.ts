import { DRAIN_POLICIES } from "../schedule/drain-policy.ts";
import type { OptionTable } from "./parse.ts";
import { SIMULATOR_OPTIONS } from "./simulator.ts";

/** What `interleave run` takes, and what a `#@ run` line or a launch configuration may say. */
export const RUN_OPTIONS = {
  ...SIMULATOR_OPTIONS,
  model: { long: "model", kind: "text", choices: ["sc", "tso"], summary: "memory model (sc)" },
  drain: {
    long: "drain",
    kind: "text",
    choices: DRAIN_POLICIES,
    summary: "when stores drain under TSO (lazy)",
  },
} as const satisfies OptionTable;
