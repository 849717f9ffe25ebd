import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Location } from "../../core/check/check.ts";
import { explore } from "../../core/explore/explore.ts";
import { parseReduction } from "../../core/explore/reduction/reduction.ts";
import { follow } from "../../core/explore/witness/shorten.ts";
import { readCell } from "../../core/machine/memory.ts";
import { isFinal, register, type State } from "../../core/machine/state.ts";
import { step } from "../../core/machine/transition.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import { exploreNaively, faultName } from "./naive.ts";
import { randomProgram, startRandom } from "./programs.ts";

const LEVELS = [
  "L0",
  "L0+dead",
  "L1",
  "L2",
  "L2+dead",
  "L2+dead+sym",
  "L3",
  "L3+dead+sym",
  "L4",
  "L4+dead+sym",
];

/** `x`, `y`, and `%ax`, `%bx` of thread 0. */
const OBSERVED: readonly Location[] = [
  { kind: "memory", address: 100 },
  { kind: "memory", address: 104 },
  { kind: "register", thread: 0, register: 1 },
  { kind: "register", thread: 0, register: 2 },
];

const valueAt = (state: State, l: Location): number =>
  l.kind === "memory" ? readCell(state.memory, l.address) : register(state, l.thread, l.register);

describe.each(LEVELS)("at %s", (level) => {
  it("finds the outcomes, faults and livelocks that a naive exploration finds, at the same distance", () => {
    fc.assert(
      fc.property(
        randomProgram(4),
        fc.constantFrom("sc" as const, "tso" as const),
        fc.constantFrom(1, 2, 3, 8),
        (program, model, capacity) => {
          const start = startRandom(program, model, capacity);
          const naive = exploreNaively(start, (s) => OBSERVED.map((l) => valueAt(s, l)).join(), {
            most: 1500,
          });
          fc.pre(naive !== undefined);
          const report = explore(start, { observe: OBSERVED, checks: [], reduction: parseReduction(level)! });
          const outcomes = new Map(report.outcomes.map((o) => [o.values.join(), o.schedule!.length]));
          expect(outcomes).toEqual(new Map([...naive.outcomes].sort((a, b) => order(a[0], b[0]))));
          for (const { values, schedule } of report.outcomes) {
            const end = follow(start, schedule!.words.subarray(0, schedule!.length))!;
            expect(isFinal(end)).toBe(true);
            expect(OBSERVED.map((l) => valueAt(end, l))).toEqual(values);
          }
          expect(report.deadlocks.count).toBe(0);
          if (!report.livelocks) return; // level 3 or 4 and loops: neither livelocks nor all faults are decided
          expect(report.livelocks.count > 0).toBe(naive.livelocks > 0);
          expect(new Set(report.faults.map((f) => faultName(f.fault)))).toEqual(new Set(naive.faults.keys()));
          for (const { fault, schedule } of report.faults) {
            const { length, words } = schedule!;
            expect(length).toBe(naive.faults.get(faultName(fault)));
            const before = follow(start, words.subarray(0, length - 1))!;
            const met = step(before, { thread: fault.thread, kind: "execute" });
            expect(met).toMatchObject({ kind: fault.kind, operation: fault.operation });
            expect(transitionOf(words[length - 1]!)).toEqual({ thread: fault.thread, kind: "execute" });
          }
          if (level === "L0" && naive.faults.size === 0) {
            expect([report.states, report.transitions]).toEqual([naive.states, naive.transitions]);
            expect(report.livelocks!.count).toBe(naive.livelocks);
          }
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);
});

const order = (a: string, b: string): number => (a < b ? -1 : 1);
