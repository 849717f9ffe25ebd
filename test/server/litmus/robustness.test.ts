import fc from "fast-check";
import { describe, test } from "vitest";
import { readLitmus } from "../../../server/litmus/document.ts";
import { toPosition } from "../../../server/positions.ts";
import { requests } from "./ask.ts";
import { URI } from "./fixture.ts";
import { arbitraryText, examples } from "./texts.ts";

function ask(text: string, offset: number): void {
  const document = readLitmus(URI, text);
  const position = toPosition(document.lines, Math.min(offset, text.length));
  for (const request of Object.values(requests)) JSON.stringify(request(document, position));
}

describe("the server has an answer about a litmus test", () => {
  test("to everything about every beginning of every example", () => {
    for (const text of examples) {
      for (let length = 0; length <= text.length; length++) ask(text.slice(0, length), length);
    }
  }, 120_000);

  test("to everything at every place of every example", () => {
    for (const text of examples) {
      const document = readLitmus(URI, text);
      for (let offset = 0; offset <= text.length; offset++) {
        for (const request of Object.values(requests)) request(document, toPosition(document.lines, offset));
      }
    }
  }, 120_000);

  test("to everything anywhere in any text", () => {
    fc.assert(fc.property(arbitraryText, fc.nat(300), ask));
  });

  /** Noise of a length, by what it is. */
  const hostile = (size: number): Readonly<Record<string, string>> => ({
    "one word": "x".repeat(size),
    "a long first line": `X86 T ${"a ".repeat(size / 2)}`,
    braces: `X86 T\n${"{".repeat(size)}`,
    blanks: `X86 T\n{}\n${" ".repeat(size)}`,
    words: `X86 T\n{}\n P0 ;\n ${"ab ".repeat(size / 3)}`,
    commas: `X86 T\n{}\n P0 ;\n MOV ${",".repeat(size)}`,
    digits: `X86 T\n{}\n P0 ;\n MOV EAX,$${"9".repeat(size)} ;`,
    comments: `X86 T\n{}\n P0 ;\n ${"(* a *) ".repeat(size / 8)}`,
    rows: `X86 T\n{}\n P0 ;\n${" NOP ; ".repeat(size / 7)}`,
    labels: `X86 T\n{}\n P0 ;\n${"L0: ".repeat(size / 4)} ;`,
    registers: `X86 T\n{}\n P0 ;\n${Array.from({ length: size / 20 }, (_, i) => `MOV %r${i},$1;`).join("\n")}`,
    "labels of rows": `X86 T\n{}\n P0 ;\n${Array.from({ length: size / 20 }, (_, i) => `L${i}: JE K${i};`).join("\n")}`,
    cells: `X86 T\n{}\n P0 ;\n${"|".repeat(size)} ;`,
    items: `X86 T\n{ ${"x=1; ".repeat(size / 5)} }\n P0 ;\n NOP ;`,
    "a deep condition": `X86 T\n{}\n P0 ;\n NOP ;\nexists ${"(".repeat(size)}`,
    "a long condition": `X86 T\n{ x=1; }\n P0 ;\n NOP ;\nexists (x=1${" /\\ x=1".repeat(size / 7)})`,
  });

  const askAll = (text: string): void => {
    const document = readLitmus(URI, text);
    const position = toPosition(document.lines, text.length - 1);
    for (const request of Object.values(requests)) request(document, position);
  };

  test.each(Object.keys(hostile(0)))(
    "to everything about half a megabyte of noise: %s",
    (name) => askAll(hostile(500_000)[name]!),
    20_000,
  );

  test.each(["one word", "a long first line", "commas", "rows"])(
    "to everything about 10 MB on one line: %s",
    (name) => askAll(hostile(10_000_000)[name]!),
    20_000,
  );
});
