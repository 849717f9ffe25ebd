import fc from "fast-check";
import { describe, test } from "vitest";
import { readDocument } from "../../server/document.ts";
import { toPosition } from "../../server/positions.ts";
import { requests } from "./ask.ts";
import { URI } from "./fixture.ts";
import { arbitraryText, examples } from "./texts.ts";

/** All answers about a text at an offset, as they go over the wire. */
function answers(text: string, offset: number): string {
  const document = readDocument(URI, text);
  const position = toPosition(document.lines, Math.min(offset, text.length));
  return JSON.stringify(Object.entries(requests).map(([name, ask]) => [name, ask(document, position)]));
}

describe("the server has an answer", () => {
  test("to everything about every beginning of every example", () => {
    for (const text of examples) {
      for (let length = 0; length <= text.length; length++) answers(text.slice(0, length), length);
    }
  }, 120_000);

  test("to everything anywhere in any text", () => {
    fc.assert(
      fc.property(arbitraryText, fc.nat(300), (text, offset) => {
        answers(text, offset);
      }),
    );
  });

  test("to everything about binary noise", () => {
    const noise = fc.uint8Array({ maxLength: 2000 }).map((bytes) => new TextDecoder("latin1").decode(bytes));
    fc.assert(
      fc.property(noise, fc.nat(2000), (text, offset) => {
        answers(text, offset);
      }),
      { numRuns: 30 },
    );
  });

  const SIZE = 10_000_000;
  const hostile: Readonly<Record<string, string>> = {
    "one word": "x".repeat(SIZE),
    blanks: " ".repeat(SIZE),
    words: "ab ".repeat(SIZE / 3),
    commas: `mov ${",".repeat(SIZE)}`,
    parentheses: `mov ${"(".repeat(SIZE)}`,
    digits: `mov $${"9".repeat(SIZE)}, %ax`,
    "a comment": `#${"a.s ".repeat(SIZE / 4)}`,
    "a condition": `#@ exists ${"(".repeat(SIZE)}`,
    "a long condition": `#@ exists (x=1${" /\\ x=1".repeat(SIZE / 7)})`,
    flags: `#@ run ${"-t 2 ".repeat(SIZE / 5)}`,
    "a label": `.${"a".repeat(SIZE)}`,
    "a declaration": `.var ${"a ".repeat(SIZE / 2)}`,
  };

  test.each(Object.keys(hostile))(
    "to everything about 10 MB on one line: %s",
    (name) => {
      const text = hostile[name]!;
      const document = readDocument(URI, text);
      const position = toPosition(document.lines, text.length - 1);
      for (const ask of Object.values(requests)) ask(document, position);
    },
    20_000,
  );
});

describe("a text of very many lines is read", () => {
  const LINES = 150_000;
  test.each(["#@ x\n", "push x\n", ".a\nnop\nj .a\n"])(
    "%j, over and over",
    (line) => {
      readDocument(URI, line.repeat(LINES / line.split("\n").length));
    },
    20_000,
  );
});
