import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { append, createLog } from "../../core/schedule/log.ts";
import { createRandom } from "../../core/schedule/mt19937.ts";
import { formatSchedule, parseSchedule } from "../../core/schedule/text.ts";

describe("random numbers", () => {
  const draws = (seed: number): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 5 }, () => Math.floor(random() * 50) + 1);
  };

  it("are Python's for the same seed", () => {
    expect(draws(0)).toEqual([43, 38, 22, 13, 26]);
    expect(draws(1)).toEqual([7, 43, 39, 13, 25]);
  });

  it("take a negative seed as its absolute value", () => {
    expect(draws(-1)).toEqual(draws(1));
  });
});

describe("a schedule's text", () => {
  it("is read and written", () => {
    const { log } = parseSchedule("0*2 1 0! 1!*3");
    expect(Array.from(log.words.subarray(0, log.length))).toEqual([0, 0, 2, 1, 3, 3, 3]);
    expect(formatSchedule(log)).toBe("0*2 1 0! 1!*3");
  });

  it("comes back as it was, for any schedule", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (words) => {
        const log = createLog();
        for (const word of words) append(log, word);
        const again = parseSchedule(formatSchedule(log)).log;
        expect(Array.from(again.words.subarray(0, again.length))).toEqual(words);
      }),
    );
  });

  it.each(["x", "0*", "!0", "0!!", "-1", "99999", "0*99999999999", "0*2*3"])(
    "refuses %s with a message",
    (text) => {
      expect(parseSchedule(`0 ${text}`).diagnostics).toMatchObject([{ range: { start: 2 } }]);
    },
  );
});
