import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellsOf } from "../../../core/litmus/cells-of.ts";
import { litmusHash } from "../../../core/litmus/hash.ts";
import { parseLitmus } from "../../../core/litmus/parse.ts";
import type { LitmusTree } from "../../../core/litmus/tree.ts";
import { atOnce } from "../../../core/text/steps.ts";
import { readLitmus } from "../../../server/litmus/document.ts";
import { formatDocument, formatOnType, formatRange } from "../../../server/litmus/formatting.ts";
import { goldens, goldensAreMissing } from "../../herd/goldens.ts";
import { applyEdits, fixture, URI } from "./fixture.ts";
import { arbitraryText, dressed, examples } from "./texts.ts";

function formatted(text: string): string {
  const document = readLitmus(URI, text);
  return applyEdits(document, atOnce(formatDocument(document)));
}

const test86 = (code: string): string => `X86 T\n{}\n${code}\nexists (x=1)\n`;

describe("formatting", () => {
  test("puts the cells into columns", () => {
    expect(formatted(test86("P0 |P1;\nMOV [x] , $1|LOCK; INC [x];\n L:MFENCE| ;\n|JNE   L;"))).toBe(
      test86(
        [
          " P0         | P1            ;",
          " MOV [x],$1 | LOCK; INC [x] ;",
          " L: MFENCE  |               ;",
          "            | JNE L         ;",
        ].join("\n"),
      ),
    );
  });

  test("gives every row a line, with the line ends of the text", () => {
    expect(formatted("X86 T\r\n{} P0;MFENCE;NOP;\r\n")).toBe(
      "X86 T\r\n{}\r\n P0     ;\r\n MFENCE ;\r\n NOP    ;\r\n",
    );
  });

  test("keeps comments, and rows that have some inside", () => {
    const text = test86(" P0 (* a *) ;\n(* b *)\n MOV [x],$1;(* c *)\n  NOP ; (* d *) NOP;");
    expect(formatted(text)).toBe(
      test86(" P0 (* a *) ;\n(* b *)\n MOV [x],$1 ;(* c *)\n NOP        ; (* d *) NOP        ;"),
    );
  });

  test("keeps what it does not understand as it is, and in its column", () => {
    expect(formatted(test86("P0|P1;\nMVO  x ,1|NOP;"))).toBe(
      test86(" P0        | P1  ;\n MVO  x ,1 | NOP ;"),
    );
  });

  test("touches nothing outside of the code", () => {
    const text = "X86   T\n{ x = 0 ;y=0;}\n P0 ;\n NOP ;\nexists  ( x=0 )\n";
    expect(formatted(text)).toBe("X86   T\n{ x = 0 ;y=0;}\n P0  ;\n NOP ;\nexists  ( x=0 )\n");
  });

  test("the examples are laid out already", () => {
    const { document } = fixture(examples[0]!);
    expect(atOnce(formatDocument(document))).toEqual([]);
  });
});

test("a range is formatted without touching other rows", () => {
  const { document, ranges } = fixture(test86("P0;\n«MOV [x],$1;»\nNOP;"));
  expect(applyEdits(document, atOnce(formatRange(document, ranges[0]!)))).toBe(
    test86("P0;\n MOV [x],$1 ;\nNOP;"),
  );
});

test("on Enter behind a row all columns follow it", () => {
  const { document, cursor } = fixture(test86(" P0 | P1 ;\n MOV [x],$1 | NOP;\n┃"));
  expect(applyEdits(document, atOnce(formatOnType(document, cursor)))).toBe(
    test86(" P0         | P1  ;\n MOV [x],$1 | NOP ;\n"),
  );
  const elsewhere = fixture("X86 T\n┃{}");
  expect(atOnce(formatOnType(elsewhere.document, elsewhere.cursor))).toEqual([]);
});

/** A tree without its places, and the texts of its comments. */
function meaning({ text, lines: _, comments, rows, ...tree }: LitmusTree) {
  const nodes = JSON.stringify({ ...tree, rows: rows.map(cellsOf) }, (_key, value) => {
    if (typeof value === "bigint") return String(value);
    const isRange = typeof value === "object" && value !== null && Object.keys(value).join() === "start,end";
    return isRange ? "somewhere" : value;
  });
  return { nodes, comments: comments.map(({ start, end }) => text.slice(start, end)) };
}

function expectSameTest(text: string): void {
  const [before, after] = [parseLitmus(text), parseLitmus(formatted(text))];
  expect(meaning(after)).toEqual(meaning(before));
  expect(litmusHash(after)).toBe(litmusHash(before));
}

test("formatting never changes the test", () => {
  fc.assert(fc.property(dressed(fc.constantFrom(...examples)), expectSameTest));
});

test.skipIf(goldensAreMissing)("formatting never changes a recorded test", () => {
  for (const { text } of [...goldens("templates", "sc"), ...goldens("diy", "sc")]) expectSameTest(text);
});

test("formatting twice is formatting once, for any text", () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryText, dressed(fc.constantFrom(...examples))), (text) => {
      const once = formatted(text);
      expect(formatted(once)).toBe(once);
    }),
  );
});
