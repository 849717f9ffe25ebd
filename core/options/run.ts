import { DRAIN_POLICIES } from "../schedule/drain-policy.ts";
import type { OptionTable } from "./parse.ts";
import { SIMULATOR_OPTIONS } from "./simulator.ts";

const { program, ...START_OPTIONS } = SIMULATOR_OPTIONS;

/** What a `#@ run` line or a launch configuration may say: how a program that is known starts. */
export const RUN_LINE_OPTIONS = {
  ...START_OPTIONS,
  model: { long: "model", kind: "text", choices: ["sc", "tso"], summary: "memory model (sc)" },
  drain: {
    long: "drain",
    kind: "text",
    choices: DRAIN_POLICIES,
    summary: "when stores drain under TSO (lazy)",
  },
} as const satisfies OptionTable;

/** What `interleave run` takes. */
export const RUN_OPTIONS = { program, ...RUN_LINE_OPTIONS } as const satisfies OptionTable;
