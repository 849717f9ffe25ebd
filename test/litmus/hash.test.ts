import { describe, expect, it } from "vitest";
import { printCondition } from "../../core/condition/print.ts";
import { litmusHash } from "../../core/litmus/hash.ts";
import { parseLitmus } from "../../core/litmus/parse.ts";
import { goldens, goldensAreMissing } from "../herd/goldens.ts";

const test = (code: string, condition: string): string => `X86 T\n{ x=0; }\n${code}\n${condition}\n`;

describe("a test's hash", () => {
  const hash = (text: string) => litmusHash(parseLitmus(text));
  const code = " P0 ;\n MOV [x],$1 ;";

  it("does not depend on name, layout, quantifier or the shape of the condition", () => {
    const one = hash(test(code, "exists (x=1)"));
    expect(hash(test(" P0 ;\n mov [x],1 (* a store *) ;", "forall (x=2 \\/ x=3)"))).toBe(one);
    expect(hash(test(code, "~exists (x=1)").replace("X86 T", 'X86 Other "with a doc"'))).toBe(one);
  });

  it("depends on the initial state, the code and the observed locations", () => {
    const one = hash(test(code, "exists (x=1)"));
    expect(hash(test(code, "exists (x=1)").replace("x=0", "x=2"))).not.toBe(one);
    expect(hash(test(" P0 ;\n MOV [x],$2 ;", "exists (x=1)"))).not.toBe(one);
    expect(hash(test(code, "locations [0:EAX;] exists (x=1)"))).not.toBe(one);
  });

  it("is what the metadata says, if they do", () => {
    expect(hash("X86 T\nHash=0123\n{}\n P0 ;\n MOV [x],$1 ;\n")).toBe("0123");
  });
});

describe.skipIf(goldensAreMissing)("as herd7 recorded (skipped where ../shared is absent)", () => {
  for (const corpus of ["templates", "diy"] as const) {
    it(`every test of ${corpus} parses without a complaint, with herd's hash and condition line`, () => {
      const wrong = goldens(corpus, "tso").flatMap(({ file, text, hash, condition }) => {
        const tree = parseLitmus(text);
        const printed = tree.condition ? printCondition(tree.condition.condition) : "forall (true)";
        const good = tree.diagnostics.length === 0 && litmusHash(tree) === hash && printed === condition;
        return good ? [] : [{ file, printed, diagnostics: tree.diagnostics }];
      });
      expect(wrong).toEqual([]);
    });
  }
});
