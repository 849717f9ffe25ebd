import { describe, expect, it } from "vitest";
import { litmusReport, summarize } from "../../core/herd/report.ts";
import { runLitmus } from "../../core/herd/run.ts";
import { lowerLitmus } from "../../core/litmus/lower.ts";
import { parseLitmus } from "../../core/litmus/parse.ts";
import { type Golden, goldens, goldensAreMissing } from "./goldens.ts";

/** herd's report of a test without loops, as its recorded answer has it. */
function expected(golden: Golden): string {
  const { name, kind, states, ok, positive, negative, condition, observation, hash } = golden;
  const [holding, failing] = kind === "Forbidden" ? [negative, positive] : [positive, negative];
  return [
    `Test ${name} ${kind}`,
    `States ${states.length}`,
    ...states,
    ok ? "Ok" : "No",
    "Witnesses",
    `Positive: ${positive} Negative: ${negative}`,
    `Condition ${condition}`,
    `Observation ${name} ${observation} ${holding} ${failing}`,
    `Time ${name} 0.00`,
    `Hash=${hash}`,
    "\n",
  ].join("\n");
}

describe.skipIf(goldensAreMissing)("as herd7 recorded (skipped where ../shared is absent)", () => {
  for (const corpus of ["templates", "diy"] as const) {
    for (const model of ["tso", "sc"] as const) {
      it(`every test of ${corpus} has herd's report under ${model}`, { timeout: 60_000 }, () => {
        for (const golden of goldens(corpus, model)) {
          const test = lowerLitmus(parseLitmus(golden.text));
          const result = runLitmus(test, test.program!, model);
          if (!golden.loop) expect(litmusReport(result, 0)).toBe(expected(golden));
          else {
            const states = result.states.map((s) =>
              s.values.map((v, i) => `${result.locations[i]}=${v};`).join(" "),
            );
            expect(states).toEqual(expect.arrayContaining([...golden.states]));
            expect(summarize(result).kind).toBe(golden.kind);
          }
        }
      });
    }
  }
});
