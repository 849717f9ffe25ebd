import { describe, expect, test } from "vitest";
import type { Answer } from "../../core/explore/answer.ts";
import { answering, type NoAnswer, type Question } from "../../core/explore/question.ts";
import { load } from "../../core/load/load.ts";
import { start } from "../../core/machine/state.ts";
import { step } from "../../core/machine/transition.ts";
import { transitionOf } from "../../core/schedule/log.ts";
import { parseSchedule } from "../../core/schedule/text.ts";
import { STORE_BUFFERING } from "../support/programs.ts";

const SB = `#@ run -t 2 -a bx=0,bx=1
#@ ~exists (0:ax = 0 /\\ 1:ax = 0)
${STORE_BUFFERING}`;

function ask(text: string, more: Partial<Question> = {}): Answer | NoAnswer {
  const work = answering({
    text,
    name: "test.s",
    values: {},
    models: ["sc", "tso"],
    bufferCapacity: 8,
    maxStates: 100_000,
    maxBytes: 2 ** 26,
    ...more,
  });
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

function answer(text: string, more: Partial<Question> = {}): Answer {
  const given = ask(text, more);
  if ("error" in given) throw new Error(given.error);
  return given;
}

describe("An answer", () => {
  test("compares the outcomes of SC and TSO, and says how a witness leaves SC", () => {
    const { locations, outcomes, models } = answer(SB);
    expect(locations).toEqual(["x", "y", "0:ax", "1:ax"]);
    expect(models.map((m) => m.outcomes)).toEqual([3, 4]);
    const [news] = outcomes;
    expect(news!.values).toEqual(["1", "1", "0", "0"]);
    expect(news!.byModel[0]).toBeNull();
    expect(news!.beyondSc).toMatch(
      /^step \d+: T\d reads [xy] while its store to [xy] is still in its buffer$/,
    );
    expect(outcomes.slice(1).map((o) => o.beyondSc)).toEqual([undefined, undefined, undefined]);
  });

  test("tells by check whether its condition holds in an outcome", () => {
    expect(answer(SB).outcomes.map((o) => o.holds)).toEqual([[true], [false], [false], [false]]);
  });

  test("judges by TSO where the text names no model, and by its own where it does", () => {
    expect(answer(SB).judge).toBe(1);
    expect(answer(SB.replace("-t 2", "-t 2 --model sc")).judge).toBe(0);
  });

  test("has a story for a check that fails under the model that judges", () => {
    const [check] = answer(SB).checks;
    expect(check!.verdicts.map((v) => v.holds)).toEqual([true, false]);
    expect(check!.story.map((h) => h.message)).toContain("T0 reads y = 0");
    expect(answer(SB, { models: ["sc"] }).checks[0]!.story).toEqual([]);
  });

  test("has for a fault the schedule to the state before it", () => {
    const [trouble] = answer("#@ run -t 1\nmov $1, %ax\nmov -8, %bx\nhalt\n", { models: ["sc"] }).troubles;
    expect(trouble).toMatchObject({ kind: "fault", witness: { schedule: "0", length: 1 } });
  });

  test("tells of states from which no run can end", () => {
    const text = "#@ run -t 1\n.var x\n.top\nmov x, %ax\nj .top\n";
    expect(answer(text, { models: ["sc"] }).troubles).toMatchObject([{ kind: "livelock" }]);
  });

  test("from a reached state has only what can still happen, with schedules from the very start", () => {
    const from = "0*5";
    const { outcomes } = answer(SB, { from, models: ["sc"] });
    expect(outcomes.map((o) => o.values.join(""))).toEqual(["1101"]);
    const { schedule, length } = outcomes[0]!.byModel[0]!.witness!;
    expect(schedule.startsWith(from)).toBe(true);
    const { program, configuration } = load(SB, { name: "", values: {}, runLine: true });
    const state = start(program!, configuration!.start);
    const { log } = parseSchedule(schedule);
    for (let i = 0; i < length; i++) expect(step(state, transitionOf(log.words[i]!))).toBeUndefined();
    expect([...state.halted]).toEqual([1, 1]);
  });

  test("can be sent from thread to thread", () => {
    expect(structuredClone(answer(SB))).toEqual(answer(SB));
  });
});

describe("Instead of an answer comes one sentence", () => {
  test("for a text with errors", () =>
    expect(ask("mov\n")).toHaveProperty("error", expect.stringMatching(/^test\.s, line 1: /)));

  test("for a check over what does not exist", () => {
    expect(ask("#@ forall (z = 1)\n.var x\nhalt\n")).toHaveProperty("error", expect.stringContaining("z"));
  });

  test("for a schedule that cannot be followed", () => {
    expect(ask(SB, { from: "0 0!", models: ["sc"] })).toEqual({
      error: "transition 2 of the schedule cannot be taken under SC",
    });
    expect(ask(SB, { from: "zero", models: ["sc"] })).toHaveProperty("error");
  });

  test("for no program at all", () => expect(ask("")).toBeDefined());
});

describe("The answer about a litmus test", () => {
  const MP = `X86 MP
{ x=0; y=0; }
 P0         | P1          ;
 MOV [x],$1 | MOV EAX,[y] ;
 MOV [y],$1 | MOV EBX,[x] ;
%filter
exists (1:EAX=1 /\\ 1:EBX=0)
`;
  const litmus = (filter = ""): Answer => answer(MP.replace("%filter\n", filter), { name: "MP.litmus" });

  test("has the locations and values that a report shows", () => {
    const { locations, outcomes, checks } = litmus();
    expect(locations).toEqual(["1:EAX", "1:EBX"]);
    expect(outcomes.map((o) => o.values.join(" "))).toEqual(["0 0", "0 1", "1 1"]);
    expect(checks).toMatchObject([
      { text: "exists (1:EAX=1 /\\ 1:EBX=0)", verdicts: [{ holds: false }, { holds: false }] },
    ]);
  });

  test("counts only what passes the filter, in the table and for the condition", () => {
    const { outcomes, checks } = litmus("filter (1:EAX=0)\n");
    expect(outcomes.map((o) => o.values.join(" "))).toEqual(["0 0", "0 1"]);
    expect(checks[0]!.verdicts[1]!.holds).toBe(false);
  });

  test("is one sentence where the test has errors", () => {
    expect(ask("X86 MP\n{}\n P0 ;\n FOO ;\n", { name: "MP.litmus" })).toHaveProperty(
      "error",
      expect.stringMatching(/^MP\.litmus, line 4: /),
    );
  });
});

/** A question that nothing but a person ends. */
const ENDLESS: Omit<Question, "text"> = {
  name: "test.s",
  values: {},
  models: ["sc"],
  bufferCapacity: 8,
  maxStates: 1e9,
  maxBytes: 2 ** 30,
};

test("An exploration that is told to stop says what it has found", () => {
  const growing = "#@ run -t 1\n.var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nj .top\n";
  const work = answering({ text: growing, ...ENDLESS });
  expect(work.next().value).toMatchObject({ model: "sc" });
  for (;;) {
    const { done, value } = work.next(true);
    if (!done) continue;
    expect((value as Answer).models[0]!.limit).toBe("cancelled");
    break;
  }
});

test("An exploration of thousands of threads can be ended soon", () => {
  const work = answering({
    text: "#@ run -t 5000\n.var x\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nhalt\n",
    ...ENDLESS,
  });
  work.next();
  work.next();
  const { done, value } = work.next(true);
  expect(done).toBe(true);
  expect(value).toMatchObject({ models: [{ limit: "cancelled", states: expect.any(Number) }] });
  expect((value as Answer).models[0]!.states).toBeLessThan(100);
});
