import { describe, expect, it } from "vitest";
import { stateBreaks } from "../../core/check/breach.ts";
import type { Check, Location } from "../../core/check/check.ts";
import { declaredCells } from "../../core/check/locations.ts";
import { explore, explorer } from "../../core/explore/explore.ts";
import { completeReduction, parseReduction } from "../../core/explore/reduction/reduction.ts";
import type { ExploreReport } from "../../core/explore/report.ts";
import { createFindings } from "../../core/explore/search/findings.ts";
import { createOutcomeTable } from "../../core/explore/search/outcomes.ts";
import { prepare } from "../../core/explore/search/prepare.ts";
import { follow } from "../../core/explore/witness/shorten.ts";
import { schedules } from "../../core/explore/witness/witness.ts";
import { readCheck } from "../../core/load/checks.ts";
import type { StartOptions, State } from "../../core/machine/state.ts";
import { step } from "../../core/machine/transition.ts";
import { formatSchedule } from "../../core/schedule/text.ts";
import { startOf } from "./programs.ts";

/** Two parts, chosen by %dx. */
const parts = (first: string, second: string): string =>
  `.var x\n.var y\ntest $1, %dx\nje .second\n${first}\nhalt\n.second\n${second}\nhalt`;

const PARTS: Pick<StartOptions, "registers"> = { registers: [[[4, 0]], [[4, 1]]] };

const SB = parts("mov $1, x\nmov y, %ax", "mov $1, y\nmov x, %ax");

const AX: Location[] = [0, 1].map((thread) => ({ kind: "register", thread, register: 1 }));

function checked(start: State, ...texts: string[]): ExploreReport {
  return explore(start, {
    observe: declaredCells(start.program),
    checks: texts.map((text): Check => {
      const { checks, diagnostics } = readCheck(start.program, start.threadCount, text);
      if (!checks[0]) throw new Error(diagnostics[0]?.message);
      return checks[0].check;
    }),
    reduction: completeReduction(start.program),
  });
}

const outcomes = (text: string, options: StartOptions, observe = AX): string[] =>
  explore(startOf(text, options), { observe, checks: [], reduction: parseReduction("L0")! }).outcomes.map(
    (o) => o.values.join(),
  );

describe("store buffering", () => {
  it("lets both threads read 0 under TSO, not under SC", () => {
    expect(outcomes(SB, { model: "sc", ...PARTS })).toEqual(["0,1", "1,0", "1,1"]);
    expect(outcomes(SB, { model: "tso", ...PARTS })).toEqual(["0,0", "0,1", "1,0", "1,1"]);
  });

  it("is as under SC where a fence stands between store and load", () => {
    const fenced = SB.replaceAll("mov $1, x\n", "mov $1, x\nmfence\n").replaceAll(
      "mov $1, y\n",
      "mov $1, y\nmfence\n",
    );
    expect(outcomes(fenced, { model: "tso", ...PARTS })).toEqual(["0,1", "1,0", "1,1"]);
  });
});

describe("a thread's own store", () => {
  it("is read from its buffer before the others see it", () => {
    const text = parts("mov $1, x\nmov x, %ax\nmov y, %bx", "mov $1, y\nmov y, %ax\nmov x, %bx");
    const bx = AX.map((l) => ({ ...l, register: 2 }) as Location);
    expect(outcomes(text, { model: "tso", ...PARTS }, [...AX, ...bx])).toContain("1,1,0,0");
  });
});

describe("verdicts", () => {
  const counter = ".var count\nmov count, %ax\nadd $1, %ax\nmov %ax, count\nhalt";

  it("come with a witness for what exists and a counterexample for what does not always hold", () => {
    const { verdicts } = checked(
      startOf(counter, { model: "sc" }),
      "exists (count = 1)",
      "forall (count = 2)",
      "~exists (count = 3)",
    );
    expect(verdicts.map((v) => v.holds)).toEqual([true, false, true]);
    expect(verdicts.map((v) => v.schedule?.length)).toEqual([8, 8, undefined]);
  });

  it("of `always` see states in between", () => {
    const text = ".var x\nmov $1, x\nmov $0, x\nhalt";
    const start = startOf(text, { model: "sc", threads: 1 });
    const { verdicts } = checked(start, "always (x = 0)", "forall (x = 0)", "always (0:ax = 0)");
    expect(verdicts.map((v) => v.holds)).toEqual([false, true, true]);
    expect(formatSchedule(verdicts[0]!.schedule!)).toBe("0");
  });

  it("of `always` see a register in between", () => {
    const start = startOf("mov $1, %ax\nmov $0, %ax\nhalt", { model: "tso" });
    const { verdicts } = checked(start, "always (1:ax = 0)");
    expect(formatSchedule(verdicts[0]!.schedule!)).toBe("1");
  });

  it("of `always` see a thread that met a fault where it was before", () => {
    const start = startOf("test $1, %dx\nje .fault\nmov $1, %ax\nhalt\n.fault\nmov $1, %ax", {
      model: "sc",
      registers: [
        [[4, 0]],
        [
          [4, 1],
          [2, 5],
        ],
      ],
    });
    const { verdicts } = checked(start, "always (0:ax = 0 \\/ 1:ax = 0)", "always (1:bx = 5)");
    expect(verdicts.map((v) => v.holds)).toEqual([false, true]);
    expect(verdicts[0]!.schedule!.length).toBe(6);
  });

  it("of `mutex` count the threads in a region", () => {
    const text = ".in\nnop\n.out\nhalt";
    const { verdicts } = checked(startOf(text, { model: "tso" }), "mutex .in .out");
    expect(verdicts[0]).toMatchObject({ holds: false });
    expect(verdicts[0]!.schedule!.length).toBe(0);
    expect(checked(startOf(text, { model: "tso", threads: 1 }), "mutex .in .out").verdicts[0]!.holds).toBe(
      true,
    );
  });

  it("of `mutex` hold for a thread that halts in the region for ever", () => {
    const text = ".var l\nmov $1, %ax\nxchg %ax, l\ntest $0, %ax\njne .end\n.in\nhalt\n.end\nhalt";
    expect(checked(startOf(text, { model: "tso" }), "mutex .in .end").verdicts[0]!.holds).toBe(true);
  });
});

describe("many threads that are alike", () => {
  const TICKETS = ".var x\nmov $1, %ax\nfetchadd %ax, x\nhalt";

  it("are as quickly explored as few, where nothing tells them apart", () => {
    const { outcomes: found, states } = checked(startOf(TICKETS, { model: "tso", threads: 100 }));
    expect([found.map((o) => o.values), states]).toEqual([[[100]], 101]);
    expect(found[0]!.schedule!.length).toBe(300);
  });

  it("of which each ends in another way do not make a limit late", () => {
    const start = startOf(TICKETS, { model: "sc", threads: 12 });
    const observe = Array.from(
      { length: 12 },
      (_, thread) => ({ kind: "register", thread, register: 1 }) as const,
    );
    const reduction = completeReduction(start.program);
    const { limit } = explore(start, { observe, checks: [], reduction, maxStates: 5000 });
    expect(limit).toBe("states");
  });
});

describe("a program that can go wrong", () => {
  it("shows its faults with a schedule that ends with the fault", () => {
    const text = parts(
      "mov $9999999, %bx\nmov y, %ax\ntest $1, %ax\nje .bad\nhalt\n.bad\nmov 0(%bx), %ax",
      "mov $1, y",
    );
    const { faults } = checked(startOf(text, { model: "sc", ...PARTS }));
    expect(faults.map((f) => [f.fault.kind, f.fault.thread, formatSchedule(f.schedule!)])).toEqual([
      ["unmapped-read", 0, "1*3 0*7"],
    ]);
  });

  it("shows from where no run can end", () => {
    const text = ".var l\n.wait\nmov l, %ax\ntest $0, %ax\njne .wait\nmov $1, l\nhalt";
    const { livelocks, outcomes: found } = checked(startOf(text, { model: "sc" }));
    expect(found.map((o) => o.values)).toEqual([[1]]);
    expect(livelocks!.count).toBeGreaterThan(0);
    expect(livelocks!.schedule!.length).toBeGreaterThan(0);
  });

  it("may have no end at all", () => {
    const { livelocks, outcomes: found, limit } = checked(startOf(".top\nj .top\nhalt", { model: "tso" }));
    expect([found.length, livelocks!.count, limit]).toEqual([0, 1, undefined]);
  });
});

describe("limits", () => {
  const growing = ".var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nj .top";
  const start = startOf(growing, { model: "sc" });
  const forall = readCheck(start.program, 2, "forall (x = 0)").checks[0]!.check;
  const exists = readCheck(start.program, 2, "always (x < 5)").checks[0]!.check;

  it("leave verdicts open that were not established, and keep those that were", () => {
    const reduction = completeReduction(start.program);
    const report = explore(start, { observe: [], checks: [forall, exists], reduction, maxStates: 10_000 });
    expect(report.limit).toBe("states");
    expect(report.verdicts.map((v) => v.holds)).toEqual([undefined, false]);
    expect(report.livelocks).toBeUndefined();
  });

  it("on memory are kept", () => {
    const reduction = completeReduction(start.program);
    const report = explore(start, { observe: [], checks: [], reduction, maxBytes: 5_000_000 });
    expect(report.limit).toBe("memory");
    expect(report.bytes).toBeLessThan(10_000_000);
  });

  it("can be set from outside at any time", () => {
    const exploration = explorer(start, { observe: [], checks: [], reduction: parseReduction("L0")! });
    exploration.next();
    let turn = exploration.next(true);
    while (!turn.done) turn = exploration.next();
    expect(turn.value).toMatchObject({ limit: "cancelled" });
  });

  it("of buffers are told where they were met", () => {
    const text = ".var x\nmov $1, x\nmov $2, x\nhalt";
    const hit = (bufferCapacity: number): boolean =>
      checked(startOf(text, { model: "tso", bufferCapacity })).boundHit;
    expect([hit(1), hit(2)]).toEqual([true, false]);
  });
});

describe("working out schedules", () => {
  const text = ".var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nsub $1, %bx\ntest $0, %bx\njgt .top\nhalt";
  const start = startOf(text, { model: "sc", registers: [[[2, 4]], [[2, 4]]] });

  it("takes no more room for one than it is long, as there can be hundreds of thousands", () => {
    for (const { schedule } of checked(startOf(SB, { ...PARTS, model: "tso", threads: 2 })).outcomes) {
      expect(schedule!.words).toHaveLength(schedule!.length);
    }
  });

  it("ends where there is no more room, and says so", () => {
    const { search, automaton, classes, symmetry, locations } = prepare(start, {
      observe: [{ kind: "memory", address: 100 }],
      checks: [],
      reduction: parseReduction("L2")!,
    });
    const findings = createFindings(
      automaton,
      symmetry,
      createOutcomeTable(automaton, classes, symmetry, locations),
      [],
    );
    const finish = <T>(work: Generator<void, T>): T => {
      for (let turn = work.next(); ; turn = work.next()) if (turn.done) return turn.value;
    };
    finish(search.run({ states: Infinity, bytes: Infinity, heapBytes: Infinity }, findings.visitor));
    const targets = findings.outcomes().map((o) => o.target);
    const { logs, outOfRoom } = finish(schedules(search, targets, 1));
    expect([logs.includes(undefined), outOfRoom]).toEqual([true, true]);
    const complete = finish(schedules(search, targets, Infinity));
    expect([complete.logs.includes(undefined), complete.outOfRoom]).toEqual([false, false]);
  });
});

describe("from a state in the middle", () => {
  it("only what can still happen is found", () => {
    const start = startOf(SB, { model: "tso", ...PARTS });
    for (let i = 0; i < 4; i++) step(start, { thread: 0, kind: "execute" });
    const report = explore(start, { observe: AX, checks: [], reduction: completeReduction(start.program) });
    expect(report.outcomes.map((o) => o.values.join())).toEqual(["0,0", "0,1"]);
    expect(start.buffers[0]!.count).toBe(1);
  });
});

describe("an exploration that is to end", () => {
  const text =
    ".var x\n.var y\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nmov y, %bx\nmov %bx, y\nsub $1, %cx\ntest $0, %cx\njgt .top\n.wait\nmov x, %ax\ntest $2, %ax\nje .wait\nhalt";
  const start = startOf(text, { model: "tso", bufferCapacity: 3, registers: [[[3, 2]], [[3, 2]]] });
  const options = { observe: declaredCells(start.program), checks: [], reduction: parseReduction("L0")! };

  it("ends within three turns at whatever it is, with nothing that is not so", () => {
    const whole = explore(start, options);
    const all = new Map(whole.outcomes.map((o) => [o.values.join(), o.schedule!.length]));
    const cut = new Set<string>();
    for (let patience = 0, ended = false; !ended; patience++) {
      const exploration = explorer(start, options);
      let turn = exploration.next();
      for (let i = 0; i < patience && !turn.done; i++) turn = exploration.next();
      ended = turn.done === true;
      for (let i = 0; i < 3 && !turn.done; i++) turn = exploration.next(true);
      expect(turn.done).toBe(true);
      const report = turn.value as ExploreReport;
      if (!ended) expect(report.limit ?? report.unfinished[0]!.limit).toBe("cancelled");
      for (const { what } of report.unfinished) cut.add(what);
      if (report.limit === undefined) {
        expect(report.outcomes.map((o) => o.values)).toEqual(whole.outcomes.map((o) => o.values));
        expect(report.livelocks === undefined).toBe(report.unfinished.some((u) => u.what === "livelocks"));
      }
      for (const { values, schedule } of report.outcomes) {
        expect(all.has(values.join())).toBe(true);
        if (schedule) expect(schedule.length).toBe(all.get(values.join()));
      }
    }
    expect(cut).toContain("livelocks");
  });

  it("shows a way to a broken check wherever it was ended, a longer one if there was no time for a shortest", () => {
    const text =
      ".var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nsub $1, %cx\ntest $0, %cx\njgt .top\nhalt";
    const rounds = [[[3, 3]], [[3, 3]], [[3, 2]]] as const;
    const counting = startOf(text, { model: "tso", threads: 3, registers: rounds });
    const { check } = readCheck(counting.program, 3, "always (x < 8)").checks[0]!;
    const asked = { observe: [], checks: [check], reduction: parseReduction("L2")! };
    const shortest = explore(counting, asked).verdicts[0]!.schedule!.length;
    const lengths = new Set<number>();
    for (let patience = 0, ended = false; !ended; patience++) {
      const exploration = explorer(counting, asked);
      let turn = exploration.next();
      for (let i = 0; i < patience && !turn.done; i++) turn = exploration.next();
      ended = turn.done === true;
      if (!turn.done) turn = exploration.next(true);
      while (!turn.done) turn = exploration.next();
      const { holds, schedule } = (turn.value as ExploreReport).verdicts[0]!;
      expect(holds).not.toBe(true);
      if (!schedule) continue;
      const state = follow(counting, schedule.words.subarray(0, schedule.length))!;
      expect(stateBreaks(state, check)).toBe(true);
      lengths.add(schedule.length);
    }
    expect(lengths.size).toBeGreaterThan(1);
    expect(Math.min(...lengths)).toBe(shortest);
  });
});
