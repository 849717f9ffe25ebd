import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Check, Location } from "../../core/check/check.ts";
import { explore } from "../../core/explore/explore.ts";
import type { ExploreOptions } from "../../core/explore/options.ts";
import { coordinator, type Event, type Step } from "../../core/explore/parallel/coordinator.ts";
import { taskExplorer } from "../../core/explore/parallel/explorer.ts";
import { NOTHING_YET } from "../../core/explore/parallel/protocol.ts";
import type { Seed } from "../../core/explore/parallel/seed.ts";
import { parseReduction } from "../../core/explore/reduction/reduction.ts";
import type { ExploreReport, Progress } from "../../core/explore/report.ts";
import { faultKey } from "../../core/explore/search/findings.ts";
import { follow } from "../../core/explore/witness/shorten.ts";
import { isFinal } from "../../core/machine/state.ts";
import type { ScheduleLog } from "../../core/schedule/log.ts";
import { exploreDivided } from "./divided.ts";
import { randomProgram, startOf, startRandom } from "./programs.ts";

const LEVELS = ["L0", "L1", "L2+dead", "L2+dead+sym", "L3", "L3+dead+sym", "L4", "L4+dead+sym"];

/** `x`, `y`, and `%ax`, `%bx` of thread 0. */
const OBSERVED: readonly Location[] = [
  { kind: "memory", address: 100 },
  { kind: "memory", address: 104 },
  { kind: "register", thread: 0, register: 1 },
  { kind: "register", thread: 0, register: 2 },
];

const bounded: Check = {
  kind: "always",
  proposition: { locations: [OBSERVED[0]!], holds: (lookup) => lookup(OBSERVED[0]!) < 2 },
};

const lengthOf = ({ schedule }: { readonly schedule?: ScheduleLog } = {}): number | undefined =>
  schedule?.length;

/** Everything of a report that must not depend on the number of partitions: all but which of several equally long witnesses is given. */
const essence = (report: ExploreReport): unknown => ({
  states: report.states,
  transitions: report.transitions,
  depth: report.depth,
  boundHit: report.boundHit,
  limit: report.limit,
  outcomes: report.outcomes.map((o) => [o.values, o.finalStates, lengthOf(o)]),
  verdicts: report.verdicts.map((v) => [v.holds, lengthOf(v)]),
  faults: report.faults.map((f) => [faultKey(f.fault), lengthOf(f)].join()).sort(),
  deadlocks: [report.deadlocks.count, lengthOf(report.deadlocks)],
  livelocks: [report.livelocks?.count, lengthOf(report.livelocks)],
});

/** The witnesses of a report, which do not depend on the number of partitions, nor on who is faster. */
const witnesses = ({ outcomes, verdicts, faults, deadlocks, livelocks }: ExploreReport): unknown =>
  [...outcomes, ...verdicts, ...faults, deadlocks, livelocks].map((found) =>
    found?.schedule?.words.slice(0, found.schedule.length).join(" "),
  );

const options = (reduction: string, checks: readonly Check[] = []): ExploreOptions => ({
  observe: OBSERVED,
  checks,
  reduction: parseReduction(reduction)!,
});

/** A run of choices that fast-check can make smaller. */
const chooser = (numbers: readonly number[]): ((of: number) => number) => {
  let at = 0;
  return (of) => numbers[at++ % numbers.length]! % of;
};

describe("An exploration divided among partitions", () => {
  it("finds and counts what one without does, whatever their number and whoever is faster", () => {
    fc.assert(
      fc.property(
        randomProgram(5),
        fc.constantFrom("sc" as const, "tso" as const),
        fc.constantFrom(1, 2, 8),
        fc.constantFrom(...LEVELS),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (program, model, capacity, level, parts, choices, watched) => {
          const start = startRandom(program, model, capacity);
          const asked = options(level, watched ? [bounded] : []);
          const alone = explore(start, { ...asked, maxStates: 1500 });
          fc.pre(alone.limit === undefined && alone.depth < 200);
          const divided = exploreDivided(start, asked, parts, { choose: chooser(choices) });
          expect(essence(divided)).toEqual(essence(alone));
          expect(witnesses(exploreDivided(start, asked, 5 - parts))).toEqual(witnesses(divided));
          for (const { schedule } of divided.outcomes) {
            expect(isFinal(follow(start, schedule!.words.subarray(0, schedule!.length))!)).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  const COUNT = ".var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nj .top\n";
  const LOCK = ".var x\n.top\nmov $1, %ax\nxchg %ax, x\ntest $0, %ax\njne .top\nmov $0, x\nhalt\n";

  test("understands integers of any size, for which each partition has handles of its own", () => {
    const text = ".var x\nmov $4000000000000000000, %ax\nfetchadd %ax, x\nmov x, %bx\nadd %bx, %bx\nhalt\n";
    const start = startOf(text, { model: "tso", threads: 3 });
    expect(essence(exploreDivided(start, options("L0"), 3))).toEqual(essence(explore(start, options("L0"))));
  });

  test("decides livelocks across partitions", () => {
    const stuck = LOCK.replace("mov $0, x\n", "");
    const swapping = ".var x\n.top\nxchg %ax, x\ntest %ax, %dx\nje .top\nhalt\n";
    for (const text of [LOCK, stuck, swapping]) {
      const start = startOf(text, { model: "tso", threads: 3 });
      expect(essence(exploreDivided(start, options("L0"), 4))).toEqual(
        essence(explore(start, options("L0"))),
      );
    }
  });

  test("ends at a limit that holds for all partitions together", () => {
    const start = startOf(COUNT, { model: "sc", threads: 2 });
    const report = exploreDivided(start, { ...options("L2"), maxStates: 1000 }, 2);
    expect(report).toMatchObject({ limit: "states", livelocks: undefined });
    expect(report.states).toBeLessThan(2000);
    expect(exploreDivided(start, { ...options("L2"), maxBytes: 2 ** 20 }, 2).limit).toBe("memory");
  });

  test("counts messages as used memory until they have arrived", () => {
    const work = coordinator(startOf(LOCK, { model: "tso" }), options("L0"), 2);
    const bytesAfter = (event: Event): number => (work.next(event).value as Step).progress.bytes;
    const answer = { kind: "answer", from: 0, marked: new Uint8Array(1000) } as const;
    const before = bytesAfter({ kind: "go" });
    const message = { kind: "neighbour", to: 1, message: answer } as const;
    expect(bytesAfter({ kind: "message", from: 0, message })).toBe(before + 1000);
    const standing = { ...NOTHING_YET, bytesTaken: 1000 };
    expect(bytesAfter({ kind: "message", from: 1, message: { kind: "progress", standing } })).toBe(before);
  });

  test("begins when the search is large, and goes on alone where there are no threads to be had", () => {
    const start = startOf(COUNT, { model: "sc", threads: 3 });
    const asked: number[] = [];
    const hire = (seeds: readonly Seed[]): undefined => void asked.push(seeds.length);
    const work = taskExplorer({ start, options: options("L0"), moreChecks: [] }, { cores: 6, hire });
    let states = 0;
    while (asked.length === 0) states = (work.next().value as Progress).states;
    expect(states).toBeGreaterThan(1_000_000);
    for (let turn = 0; turn < 10; turn++) expect(work.next().done).toBe(false);
    expect(asked).toEqual([6]);
    expect(work.next(true).value).toMatchObject({ limit: "cancelled" });
  });

  test("ends with what it has found when it is told to, be it in the middle of anything", () => {
    const start = startOf(LOCK, { model: "tso", threads: 2 });
    for (let patience = 1; patience < 400; patience += 20) {
      let events = 0;
      const stop = (): boolean => ++events === patience;
      const report = exploreDivided(start, options("L0"), 2, { stop });
      expect([undefined, "cancelled"]).toContain(report.limit);
    }
  });
});
