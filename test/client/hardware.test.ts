import { describe, expect, test } from "vitest";
import { compareWithSeen, judgeSeen } from "../../client/explore/hardware/columns.ts";
import type { Processor, Seen, SeenOutcome } from "../../client/explore/hardware/processor.ts";
import { type CpuRuns, createCpuRunner } from "../../client/explore/hardware/runs.ts";
import { outcomesContent } from "../../client/explore/outcomes/content.ts";
import { seenText } from "../../client/explore/tests/table.ts";
import type { Answer } from "../../core/explore/answer.ts";
import { answering } from "../../core/explore/question.ts";

/** Both threads write x; TSO and SC end with 1 or 2. */
const TEXT = `#@ run -t 2 -a ax=1,ax=2
#@ exists (x = 1)
#@ ~exists (x = 2)
#@ always (x <= 2)
.var x
mov %ax, x
halt
`;

function answer(): Answer {
  const limits = { bufferCapacity: 8, maxStates: 1000, maxBytes: 2 ** 26 };
  const work = answering({ text: TEXT, name: "x.s", values: {}, models: ["sc", "tso"], ...limits });
  for (;;) {
    const { done, value } = work.next();
    if (!done) continue;
    if ("error" in value) throw new Error(value.error);
    return value;
  }
}

const outcome = (x: number, count: number): SeenOutcome => ({
  values: [String(x)],
  holds: [x === 1, x === 2, null],
  count,
});

const seen = (...outcomes: SeenOutcome[]): Seen => ({
  outcomes,
  runs: outcomes.reduce((sum, o) => sum + o.count, 0),
  seconds: 2,
  faulty: 0,
  stuck: 0,
});

describe("What was seen on the processor", () => {
  test("is set beside what the models allow; what could have been seen is 0", () => {
    const rows = compareWithSeen(answer(), seen(outcome(2, 5)));
    expect(rows.map((r) => [r.values, r.allowed, r.seen, r.alarm])).toEqual([
      [["1"], [true, true], 0, false],
      [["2"], [true, true], 5, false],
    ]);
  });

  test("is an alarm where the weakest model forbids it, and comes first", () => {
    const [first, ...others] = compareWithSeen(answer(), seen(outcome(7, 3), outcome(1, 4)));
    expect(first).toMatchObject({ values: ["7"], allowed: [false, false], seen: 3, alarm: true });
    expect(others.map((r) => r.alarm)).toEqual([false, false]);
  });

  test("is no alarm where an exploration ended before it was certain", () => {
    const { models, ...rest } = answer();
    const unfinished: Answer = { ...rest, models: models.map((m) => ({ ...m, limit: "states" })) };
    const [first] = compareWithSeen(unfinished, seen(outcome(7, 3)));
    expect(first).toMatchObject({ values: ["7"], allowed: [undefined, undefined], alarm: false });
  });

  test("is missing from every row before anything was run", () => {
    expect(compareWithSeen(answer(), undefined).map((r) => r.seen)).toEqual([undefined, undefined]);
  });

  test("decides checks as far as runs can", () => {
    const { checks } = answer();
    const verdicts = (what: Seen) => checks.map((c, i) => judgeSeen(c, i, what));
    expect(verdicts(seen(outcome(1, 1)))).toEqual([true, undefined, undefined]);
    expect(verdicts(seen(outcome(2, 1)))).toEqual([undefined, false, undefined]);
  });
});

describe("The third column", () => {
  const view = (cpu?: CpuRuns) =>
    outcomesContent({ name: "x.s", answer: answer(), ...(cpu && { cpu }) }).text;

  test("is there once something was seen; before there is a button", () => {
    expect(view()).toContain('data-action="run-cpu"');
    expect(view()).not.toContain("this CPU</th>");
    expect(view({ running: true })).toContain('data-action="stop-cpu"');
    expect(view({ running: true, seen: seen(outcome(1, 9)) })).toContain("this CPU</th>");
  });

  test("greys what was not seen and shows an alarm for what is forbidden", () => {
    const text = view({ running: false, seen: seen(outcome(1, 9), outcome(7, 3)) });
    expect(text).toMatch(/class="alarm"><td class="value">7</);
    expect(text).toMatch(/class="missed"><td class="value">2</);
    expect(text).toMatch(/<p class="alarm" role="alert">/);
    expect(view({ running: false, seen: seen(outcome(1, 9)) })).not.toContain('role="alert"');
  });

  test("has a button for virtual processors where there are any, and says when they were used", () => {
    const text = (offersKvm: boolean, cpu?: CpuRuns) =>
      outcomesContent({ name: "x.s", answer: answer(), offersKvm, ...(cpu && { cpu }) }).text;
    expect(text(false)).not.toContain('data-backend="kvm"');
    expect(text(true)).toContain('data-backend="kvm"');
    const over = { backend: "kvm", cpus: [0, 1], notes: [] } as const;
    expect(text(true, { running: false, seen: { ...seen(outcome(1, 9)), over } })).toContain(
      "CPUs 0, 1, with KVM",
    );
  });

  test("says why there is none", () => {
    expect(view({ running: false, error: "there is no C compiler" })).toContain("there is no C compiler");
  });

  test("is not offered for a state in the middle of a session", () => {
    expect(outcomesContent({ name: "x.s", from: "0", answer: answer() }).text).not.toContain("run-cpu");
  });

  test("is text in the messages of tests", () => {
    expect(seenText(answer(), seen(outcome(1, 9), outcome(7, 3)))).toBe(
      [
        "12 runs on this CPU",
        "",
        "x       SC      TSO  this CPU",
        "7  forbids  forbids         3  FORBIDDEN, and seen",
        "1   allows   allows         9",
        "2   allows   allows         0",
      ].join("\n"),
    );
  });
});

describe("The runs of a view", () => {
  const wanted = { text: TEXT, name: "x.s", values: {}, runs: 10, backend: "threads" } as const;

  /** Shows one run, and ends when it is told to. */
  const patient: Processor = {
    hindrance: () => undefined,
    run: async (_, { onProgress, signal } = {}) => {
      onProgress?.(seen(outcome(1, 1)));
      if (!signal?.aborted) await new Promise((resolve) => signal?.addEventListener("abort", resolve));
      return seen(outcome(1, 2));
    },
  };

  test("show what was seen until they were stopped", async () => {
    const shown: CpuRuns[] = [];
    const runner = createCpuRunner(patient, (runs) => shown.push(runs));
    const run = runner.start(wanted);
    runner.stop();
    await run;
    expect(shown.map((s) => [s.running, s.seen?.runs])).toEqual([
      [true, undefined],
      [true, 1],
      [false, 2],
    ]);
  });

  test("show nothing any more once they are dropped", async () => {
    const shown: CpuRuns[] = [];
    const runner = createCpuRunner(patient, (runs) => shown.push(runs));
    const run = runner.start(wanted);
    runner.drop();
    await run;
    expect(shown.at(-1)).toMatchObject({ running: true });
  });
});
