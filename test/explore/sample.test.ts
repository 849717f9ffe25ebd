import { describe, expect, it } from "vitest";
import type { Location } from "../../core/check/check.ts";
import { explore } from "../../core/explore/explore.ts";
import { completeReduction } from "../../core/explore/reduction/reduction.ts";
import type { Chooser } from "../../core/explore/sample/chooser.ts";
import { type SampleReport, sampler } from "../../core/explore/sample/sample.ts";
import { follow } from "../../core/explore/witness/shorten.ts";
import { isFinal, register } from "../../core/machine/state.ts";
import { startOf } from "./programs.ts";

const SB =
  ".var x\n.var y\ntest $1, %dx\nje .second\nmov $1, x\nmov y, %ax\nhalt\n.second\nmov $1, y\nmov x, %ax\nhalt";
const AX: Location[] = [0, 1].map((thread) => ({ kind: "register", thread, register: 1 }));
const start = startOf(SB, { model: "tso", registers: [[[4, 0]], [[4, 1]]] });

function sample(chooser: Chooser, seed = 1, from = start, maxSteps = 1000): SampleReport {
  const sampling = sampler(from, { observe: AX, runs: 5000, seed, chooser, maxSteps });
  let turn = sampling.next();
  while (!turn.done) turn = sampling.next();
  return turn.value;
}

const CHOOSERS: Chooser[] = [
  { kind: "uniform" },
  { kind: "drain", probability: 0.2 },
  { kind: "pct", depth: 3 },
];

describe.each(CHOOSERS)("sampling with $kind choice", (chooser) => {
  it("finds all outcomes of store buffering, with schedules that lead to them", () => {
    const report = sample(chooser);
    const all = explore(start, { observe: AX, checks: [], reduction: completeReduction(start.program) });
    expect(report.outcomes.map((o) => o.values)).toEqual(all.outcomes.map((o) => o.values));
    expect(report.outcomes.reduce((sum, o) => sum + o.runs, 0)).toBe(5000);
    for (const { values, schedule } of report.outcomes) {
      const end = follow(start, schedule.words.subarray(0, schedule.length))!;
      expect(isFinal(end)).toBe(true);
      expect([register(end, 0, 1), register(end, 1, 1)]).toEqual(values);
    }
  });

  it("does the same again with the same seed, and something else with another", () => {
    const counts = (seed: number): number[] => sample(chooser, seed).outcomes.map((o) => o.runs);
    expect(counts(7)).toEqual(counts(7));
    expect(counts(7)).not.toEqual(counts(8));
  });
});

describe("a sample", () => {
  it("drains less often where drains are less likely", () => {
    const relaxed = (probability: number): number =>
      sample({ kind: "drain", probability }).outcomes.find((o) => o.values.join() === "0,0")?.runs ?? 0;
    expect(relaxed(0.01)).toBeGreaterThan(10 * (relaxed(0.99) + 1));
  });

  it("gives up runs that do not end, and counts faults", () => {
    const endless = sample({ kind: "uniform" }, 1, startOf(".top\nj .top", { model: "sc" }), 50);
    expect(endless).toMatchObject({ unfinished: 5000, outcomes: [], transitions: 250_000 });
    const { faults } = sample({ kind: "uniform" }, 1, startOf("mov -1, %ax\nhalt", { model: "sc" }));
    expect(faults.map((f) => [f.fault.kind, f.schedule.length])).toContainEqual(["unmapped-read", 1]);
    expect(faults.reduce((sum, f) => sum + f.runs, 0)).toBe(5000);
  });

  it("counts a run that ends with its last transition as ended", () => {
    const report = sample({ kind: "uniform" }, 1, startOf("mov $1, %ax\nhalt", { model: "sc" }), 4);
    expect(report).toMatchObject({ unfinished: 0, runs: 5000, limit: undefined });
  });

  it("stops at its limit of memory, also within one run that never ends", () => {
    const endless = startOf(".top\nadd $1, %ax\nj .top", { model: "sc" });
    const sampling = sampler(endless, {
      observe: [],
      runs: 10,
      seed: 1,
      chooser: { kind: "uniform" },
      maxSteps: 1e9,
      maxBytes: 2 ** 20,
    });
    let turn = sampling.next();
    while (!turn.done) {
      expect(turn.value.bytes).toBeLessThan(2 ** 20);
      turn = sampling.next();
    }
    expect(turn.value).toMatchObject({ limit: "memory", runs: 0, unfinished: 0, outcomes: [] });
  });

  it("says that it was cancelled, and how many runs it made", () => {
    const sampling = sampler(start, {
      observe: AX,
      runs: 100_000,
      seed: 1,
      chooser: { kind: "uniform" },
      maxSteps: 1000,
    });
    sampling.next();
    const { value } = sampling.next(true);
    expect(value).toMatchObject({ limit: "cancelled" });
    expect(value.runs).toBeLessThan(100_000);
  });
});
