import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stateBreaks } from "../../core/check/breach.ts";
import type { Check, Location } from "../../core/check/check.ts";
import { explore } from "../../core/explore/explore.ts";
import { parseReduction } from "../../core/explore/reduction/reduction.ts";
import { follow } from "../../core/explore/witness/shorten.ts";
import { exploreNaively } from "./naive.ts";
import { randomProgram, startRandom } from "./programs.ts";

const X: Location = { kind: "memory", address: 100 };
const AX: Location = { kind: "register", thread: 0, register: 1 };

const always = (x: number, ax: number): Check => ({
  kind: "always",
  proposition: { locations: [X, AX], holds: (lookup) => lookup(X) !== x || lookup(AX) !== ax },
});

const check = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })).map(([x, ax]) => always(x, ax)),
  fc
    .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 4 }))
    .map(([from, size]): Check => ({ kind: "mutex", from, to: from + size })),
);

describe.each(["L0", "L1", "L2+dead", "L2+dead+sym", "L4+dead+sym"])("at %s", (level) => {
  it("a check about every state fails where a naive exploration finds a bad state, and its counterexample is a shortest way to one", () => {
    fc.assert(
      fc.property(
        randomProgram(4),
        fc.constantFrom("sc" as const, "tso" as const),
        fc.constantFrom(1, 2, 8),
        check,
        (program, model, capacity, asked) => {
          const start = startRandom(program, model, capacity);
          const naive = exploreNaively(start, () => "", { most: 1500, bad: (s) => stateBreaks(s, asked) });
          fc.pre(naive !== undefined);
          const { verdicts } = explore(start, {
            observe: [],
            checks: [asked],
            reduction: parseReduction(level)!,
          });
          const { holds, schedule } = verdicts[0]!;
          expect(holds).toBe(naive.bad === undefined);
          if (!schedule) return;
          expect(stateBreaks(follow(start, schedule.words.subarray(0, schedule.length))!, asked)).toBe(true);
          expect(schedule.length).toBe(naive.bad);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
