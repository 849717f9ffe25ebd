import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRanges, parseRanges } from "../../core/options/ranges.ts";

describe("Ranges of numbers", () => {
  it("are written as they are read", () => {
    expect(formatRanges([1, 2, 3, 6, 8, 9])).toBe("1-3, 6, 8-9");
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200), { minLength: 1 }), (numbers) => {
        const ascending = numbers.sort((a, b) => a - b);
        expect(parseRanges(formatRanges(ascending))).toEqual(ascending);
      }),
    );
  });

  it.each(["", "x", "1-", "-1", "1.5", "3-1", "0-100000", "1,,2"])("are refused in words: `%s`", (text) => {
    expect(parseRanges(text)).toEqual({ error: expect.any(String) });
  });
});
