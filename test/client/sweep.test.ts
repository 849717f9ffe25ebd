import { describe, expect, test } from "vitest";
import { sweepContent } from "../../client/sweep/content.ts";
import { type SweepResult, sweepIntervals } from "../../client/sweep/sweep.ts";

const RACE = `#@ run -t 2
#@ forall (count = 2)
.var count
mov count, %ax
add $1, %ax
mov %ax, count
halt
`;

function swept(text: string, intervals: readonly number[]): SweepResult | { readonly error: string } {
  const work = sweepIntervals(text, "race.s", intervals);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

describe("A sweep over interrupt intervals", () => {
  test("puts together the intervals that lead to the same end", () => {
    expect(swept(RACE, [1, 2, 3, 4, 9])).toMatchObject({
      locations: ["count"],
      checks: ["forall (count = 2)"],
      ends: [
        { intervals: [1, 2], values: ["1"], verdicts: ["fails"], instructions: [8, 8] },
        { intervals: [3, 4, 9], values: ["2"], verdicts: ["holds"], instructions: [8, 8] },
      ],
    });
  });

  test("shows cells that the program names by their numbers", () => {
    expect(swept("mov $7, 2000\nhalt\n", [1])).toMatchObject({
      locations: ["[2000]"],
      ends: [{ values: ["7"] }],
    });
  });

  test("tells why a run comes to no end", () => {
    expect(swept(".top\nj .top\n", [1])).toMatchObject({ ends: [{ trouble: "given up" }] });
    expect(swept(".var x\nmov $1, x\n", [1])).toMatchObject({
      ends: [{ trouble: expect.stringContaining("past") }],
    });
  });

  test.each([
    ["The program has errors.", "move $1, %ax\n"],
    ["A check of the program has errors.", `#@ forall (x = 1)\n${RACE}`],
    ["by hand (-P)", `#@ run -P 01\n${RACE}`],
    ["interrupt interval", `#@ run -i 0\n${RACE}`],
  ])("says what is in its way: %s", (words, text) => {
    expect(swept(text, [1])).toMatchObject({ error: expect.stringContaining(words) });
  });
});

describe("The view of a sweep", () => {
  const view = (intervals: readonly number[]): string =>
    sweepContent({ name: "race.s", intervals, result: swept(RACE, intervals) as SweepResult }).text;

  test("has a row an end, whose button debugs the first of its intervals and says so to a screen reader", () => {
    expect(view([1, 2, 3]).match(/data-row/g)).toHaveLength(2);
    expect(view([1, 2, 3])).toContain(
      'data-action="debug" data-key="Enter" data-interval="3" aria-label="Debug the run with interval 3"',
    );
  });

  test("says whether a check holds, in words too", () => {
    expect(view([1])).toContain('<span class="unseen">fails</span>');
  });
});
