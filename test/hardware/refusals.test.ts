import { expect, test } from "vitest";
import { LineMap } from "../../core/text/range.ts";
import { testOrRefusals } from "./support.ts";

/** What is refused of a text: line and message of each error. */
function refused(text: string): string[] {
  const result = testOrRefusals(text);
  if (!("refused" in result)) return [];
  const lines = new LineMap(text);
  return result.refused.map((d) => `${lines.position(d.range.start).line + 1}: ${d.message}`);
}

test.each([
  [".var x\nrdump\nhalt", "2: `rdump` prints, so this cannot be run on the processor"],
  [".var x\nmov $1, x\nmdump 2000\nhalt", "3: `mdump` prints, so this cannot be run on the processor"],
  [
    ".var x\nmov $99999999999999999999, %ax\nhalt",
    "2: 99999999999999999999 has more than the 64 bits of a register, so this cannot be run on the processor",
  ],
  [
    ".var x\nmov $1, %zero\nhalt",
    "2: the hidden register `zero` is always 0 there, so this cannot be run on the processor",
  ],
  ["#@ run -t 65\n.var x\nhalt", "1: at most 64 threads run on the processor, not 65"],
  [
    "#@ run -L 90000\n.var x 2000\nhalt",
    "1: an outcome would consist of 2000 values; at most 1024 can be observed",
  ],
])("%j is refused: %s", (text, message) => {
  expect(refused(text)).toEqual([message]);
});

test("What is never executed is not refused", () => {
  expect(refused(".var x\nj .end\nrdump\n.end\nhalt")).toEqual([]);
});
