import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { integerText } from "../../core/machine/wide.ts";
import { createHistogramReader } from "../../hardware/protocol.ts";
import { testOf } from "./support.ts";

const { program } = testOf(".var x\nhalt").start;

const OUTPUT = `outcome 3 1 0
outcome 5 0 1
so-far 8 0.250000
outcome 6 1 0
outcome 10 0 1
faulty 2
fault 2 1 7
stuck 1
place 1 0 4
end 19 0.500000 done
`;

const EXPECTED = [
  {
    outcomes: [
      { values: [0, 1], count: 5 },
      { values: [1, 0], count: 3 },
    ],
    ...{ faulty: 0, faults: [], stuck: 0, places: [], runs: 8, seconds: 0.25 },
  },
  {
    outcomes: [
      { values: [0, 1], count: 10 },
      { values: [1, 0], count: 6 },
    ],
    ...{ faulty: 2, faults: [{ thread: 1, operation: 7, count: 2 }] },
    ...{ stuck: 1, places: [{ thread: 0, operation: 4, count: 1 }] },
    ...{ runs: 19, seconds: 0.5, end: "done" },
  },
];

describe("The output of a test's process", () => {
  test("is read as histograms, with the outcomes in ascending order", () => {
    expect(createHistogramReader(program, 2).read(OUTPUT)).toEqual(EXPECTED);
  });

  test("may come in any pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(OUTPUT.length)), (cuts) => {
        const reader = createHistogramReader(program, 2);
        const places = [0, ...cuts.sort((a, b) => a - b), OUTPUT.length];
        const pieces = places.slice(1).map((end, i) => OUTPUT.slice(places[i], end));
        expect(pieces.flatMap((piece) => reader.read(piece))).toEqual(EXPECTED);
      }),
    );
  });

  test("keeps integers of 64 bits exact", () => {
    const [histogram] = createHistogramReader(program, 1).read(
      "outcome 1 -9223372036854775808\nso-far 1 1\n",
    );
    expect(integerText(program.wide, histogram!.outcomes[0]!.values[0]!)).toBe("-9223372036854775808");
  });

  test.each(["outcome 1", "outcome x 1 2", "end 1 2 later", "segmentation fault", ""])(
    "is refused where it says %j",
    (line) => {
      const reader = createHistogramReader(program, 2);
      expect(() => reader.read(`${line}\n`)).toThrow("unexpected output of the test");
    },
  );
});
