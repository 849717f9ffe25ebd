import { describe, expect, it } from "vitest";
import { parseOptions } from "../../core/options/parse.ts";
import { RUN_OPTIONS } from "../../core/options/run.ts";

const values = (...words: string[]) => {
  const parsed = parseOptions(RUN_OPTIONS, words);
  return parsed.error ?? parsed.values;
};

describe("options are read as optparse reads them", () => {
  it.each([
    [["-i3"], { interrupt: 3 }],
    [["-i", "3"], { interrupt: 3 }],
    [["--interrupt=3"], { interrupt: 3 }],
    [["--int", "3"], { interrupt: 3 }],
    [["-cSi3"], { compute: true, printstats: true, interrupt: 3 }],
    [["-i", "3", "-i", "4"], { interrupt: 4 }],
    [["-i", "-3"], { interrupt: -3 }],
    [["-i", "0x10"], { interrupt: 16 }],
    [["-i", "010"], { interrupt: 8 }],
    [["-i", "0b11"], { interrupt: 3 }],
    [["-M", "-4"], { memtrace: "-4" }],
    [["--", "-c"], {}],
    [["word", "-c"], { compute: true }],
  ])("%j", (words, expected) => {
    expect(values(...words)).toEqual(expected);
  });

  it.each([
    [["-z"], "there is no option -z"],
    [["--thraeds", "3"], "there is no option --thraeds: did you mean `--threads`?"],
    [["--p", "1"], "--p is ambiguous: --printstats, --procsched, --program"],
    [["-t"], "-t needs a value"],
    [["--compute=1"], "--compute takes no value"],
    [["-i", "x"], "-i needs a whole number, not `x`"],
    [["-i", "08"], "-i needs a whole number, not `08`"],
    [["-i", "2.5"], "-i needs a whole number, not `2.5`"],
  ])("%j is wrong usage", (words, expected) => {
    expect(values(...words)).toBe(expected);
  });
});
