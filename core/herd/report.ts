import type { LitmusResult } from "./run.ts";

const KINDS = { exists: "Allowed", "~exists": "Forbidden", forall: "Required", always: "Required" } as const;

/** How often a test's proposition holds. */
export type Observation = "Never" | "Sometimes" | "Always";

/** What a result says about the test's condition. */
export interface LitmusSummary {
  readonly kind: (typeof KINDS)[keyof typeof KINDS];
  readonly ok: boolean;
  readonly observation: Observation;
  /** Executions that satisfy the proposition and that do not; unset where executions have no end. */
  readonly holding?: number;
  readonly failing?: number;
}

/** Judges a result as herd does (litmus.md §4). */
export function summarize({ quantifier, states }: LitmusResult): LitmusSummary {
  const holds = states.some((s) => s.satisfies);
  const fails = states.some((s) => !s.satisfies);
  const counted = states.every((s) => s.executions !== undefined);
  const sum = (satisfies: boolean) =>
    states.reduce((n, s) => n + (s.satisfies === satisfies ? (s.executions ?? 0) : 0), 0);
  return {
    kind: KINDS[quantifier],
    ok: quantifier === "exists" ? holds : quantifier === "~exists" ? !holds : !fails,
    observation: !holds ? "Never" : !fails ? "Always" : "Sometimes",
    ...(counted && { holding: sum(true), failing: sum(false) }),
  };
}

/**
 * Writes herd's report of a test, with the empty line that ends it (litmus.md §4). Where executions have no end, because of a loop, the counts are
 * question marks and the observation has none (litmus.md §7).
 * @param seconds what the `Time` line says
 */
export function litmusReport(result: LitmusResult, seconds: number): string {
  const { name, states, locations, condition, hash } = result;
  const { kind, ok, observation, holding, failing } = summarize(result);
  const lines = states.map(({ values }) => values.map((v, i) => `${locations[i]}=${v};`).join(" "));
  const counted = holding !== undefined;
  const [positive, negative] = result.quantifier === "~exists" ? [failing, holding] : [holding, failing];
  return [
    `Test ${name} ${kind}`,
    `States ${states.length}`,
    ...lines,
    ok ? "Ok" : "No",
    "Witnesses",
    `Positive: ${positive ?? "?"} Negative: ${negative ?? "?"}`,
    `Condition ${condition}`,
    `Observation ${name} ${observation}${counted ? ` ${holding} ${failing}` : ""}`,
    `Time ${name} ${seconds.toFixed(2)}`,
    `Hash=${hash}`,
    "\n",
  ].join("\n");
}
