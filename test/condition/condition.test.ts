import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileProposition } from "../../core/condition/evaluate.ts";
import { parseProposition } from "../../core/condition/parse.ts";
import { printProposition } from "../../core/condition/print.ts";
import type { Location, Proposition } from "../../core/condition/tree.ts";
import { createWideIntegers } from "../../core/machine/wide.ts";

const parse = (text: string, dialect: "asm" | "litmus" = "litmus") =>
  parseProposition(text, { start: 0, end: text.length }, dialect);
const reprint = (text: string) => printProposition(parse(text).proposition!);

/** Evaluates a condition of a `.s` program over named values. */
function holds(text: string, values: Record<string, number>, dialect: "asm" | "litmus" = "asm"): boolean {
  const { proposition, diagnostics } = parse(text, dialect);
  expect(diagnostics).toEqual([]);
  const name = (l: Location) =>
    l.kind === "register" ? `${l.thread}:${l.name}` : l.kind === "address" ? `[${l.address}]` : l.name;
  return compileProposition<typeof values>(proposition!, {
    location: (location) => (state) => state[name(location)] ?? 0,
    address: () => 4096,
    wide: createWideIntegers(),
  })(values);
}

describe("a condition", () => {
  it("binds weaker in the order not, =>, /\\, \\/", () => {
    expect(reprint("x=1 /\\ y=1 => z=1 \\/ w=1")).toBe("[x]=1 /\\ ([y]=1 => [z]=1) \\/ [w]=1");
    expect(reprint("not x=1 /\\ y=1")).toBe("not ([x]=1) /\\ [y]=1");
    expect(reprint("(x=1 \\/ y=1) /\\ z=1")).toBe("([x]=1 \\/ [y]=1) /\\ [z]=1");
  });

  it("is printed as herd prints it", () => {
    expect(reprint("P0:EAX==0x10 /\\ ~ (y != 2)")).toBe("0:EAX=16 /\\ not (not ([y]=2))");
    expect(reprint("p=x /\\ 0:EAX=1:EBX /\\ t[1]=-3")).toBe("[p]=x /\\ 0:EAX=1:EBX /\\ t[1]=-3");
    expect(reprint("((true)) /\\ false")).toBe("true /\\ false");
    expect(reprint("(x=0 => y=0) => (z=0 => w=0)")).toBe("([x]=0 => [y]=0) => [z]=0 => [w]=0");
  });

  it("compares numbers, registers, variables, cells and sums", () => {
    const state = { count: 2, other: 3, "[2000]": 7, "0:ax": 1 };
    expect(holds("count = 2 /\\ 0:ax=1 /\\ [2000]=7", state)).toBe(true);
    expect(holds("count + other <= 5 /\\ count < other /\\ other <> count", state)).toBe(true);
    expect(holds("0:ax + 1 = count", state)).toBe(true);
    expect(holds("count > 2 \\/ other >= 4", state)).toBe(false);
    expect(holds("count = 3 => other = 0", state)).toBe(true);
  });

  it("takes a cell that is not mapped as equal to nothing, and as neither less nor greater", () => {
    const state = { "[9000]": Number.NaN, "[9004]": Number.NaN };
    for (const other of ["0", "[9004]", "[9000]", "[9004] + 1"]) {
      for (const comparison of ["=", "<", "<=", ">", ">="]) {
        expect(holds(`[9000] ${comparison} ${other}`, state)).toBe(false);
        expect(holds(`[9000] + 1 ${comparison} ${other}`, state)).toBe(false);
      }
      expect(holds(`[9000] <> ${other}`, state)).toBe(true);
    }
  });

  it("takes a name on the right as a value in `.s` and as an address in litmus tests", () => {
    expect(holds("x = y", { x: 5, y: 5 })).toBe(true);
    expect(holds("x = y", { x: 5, y: 5 }, "litmus")).toBe(false);
    expect(holds("x = y", { x: 4096 }, "litmus")).toBe(true);
    expect(holds("[x] = [y]", { x: 5, y: 5 }, "litmus")).toBe(true);
  });

  it("says what is missing, where", () => {
    const complaint = (text: string) => {
      const { range, message } = parse(text, "asm").diagnostics[0]!;
      return `${range.start}: ${message}`;
    };
    expect(complaint("(x = 1")).toBe("6: `)` is missing here, but the condition ends");
    expect(complaint("x = 1 and y = 2")).toBe(
      "6: the condition should end here: did you mean `/\\`?; parts are joined by `/\\` or `\\/`",
    );
    expect(complaint("x")).toContain("1: a comparison is missing here");
    expect(complaint("")).toContain("0: a location is missing here");
    expect(complaint("(".repeat(5000))).toContain("nested too deeply");
  });

  it("means the same after printing and parsing again", () => {
    const atom: fc.Arbitrary<string> = fc.constantFrom("x=0", "x=1", "y=0", "0:a=1", "true", "false");
    const text = fc.letrec<{ p: string }>((tie) => ({
      p: fc.oneof(
        { maxDepth: 5 },
        atom,
        fc
          .tuple(tie("p"), fc.constantFrom("/\\", "\\/", "=>"), tie("p"))
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        fc
          .tuple(tie("p"), fc.constantFrom("/\\", "\\/", "=>"), tie("p"))
          .map(([a, op, b]) => `${a} ${op} ${b}`),
        tie("p").map((p) => `not (${p})`),
      ),
    })).p;
    const bit = fc.integer({ min: 0, max: 1 });
    fc.assert(
      fc.property(text, bit, bit, bit, (t, x, y, a) => {
        const state = { x, y, "0:a": a };
        expect(holds(reprint(t), state, "litmus")).toBe(holds(t, state, "litmus"));
      }),
    );
  });

  it("never throws, whatever the text", () => {
    fc.assert(fc.property(fc.string(), (t) => void (parse(t).proposition as Proposition | undefined)));
  });
});
