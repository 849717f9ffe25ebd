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

  const SIZE = 500_000;
  const hostile: Readonly<Record<string, string>> = {
    "one word": "x".repeat(SIZE),
    "a long first line": `X86 T ${"a ".repeat(SIZE / 2)}`,
    braces: `X86 T\n${"{".repeat(SIZE)}`,
    blanks: `X86 T\n{}\n${" ".repeat(SIZE)}`,
    words: `X86 T\n{}\n P0 ;\n ${"ab ".repeat(SIZE / 3)}`,
    commas: `X86 T\n{}\n P0 ;\n MOV ${",".repeat(SIZE)}`,
    digits: `X86 T\n{}\n P0 ;\n MOV EAX,$${"9".repeat(SIZE)} ;`,
    comments: `X86 T\n{}\n P0 ;\n ${"(* a *) ".repeat(SIZE / 8)}`,
    rows: `X86 T\n{}\n P0 ;\n${" NOP ; ".repeat(SIZE / 7)}`,
    labels: `X86 T\n{}\n P0 ;\n${"L0: ".repeat(SIZE / 4)} ;`,
    cells: `X86 T\n{}\n P0 ;\n${"|".repeat(SIZE)} ;`,
    items: `X86 T\n{ ${"x=1; ".repeat(SIZE / 5)} }\n P0 ;\n NOP ;`,
    "a deep condition": `X86 T\n{}\n P0 ;\n NOP ;\nexists ${"(".repeat(SIZE)}`,
    "a long condition": `X86 T\n{ x=1; }\n P0 ;\n NOP ;\nexists (x=1${" /\\ x=1".repeat(SIZE / 7)})`,
  };

  test.each(Object.keys(hostile))(
    "to everything about half a megabyte of noise: %s",
    (name) => {
      const text = hostile[name]!;
      const document = readLitmus(URI, text);
      const position = toPosition(document.lines, text.length - 1);
      for (const request of Object.values(requests)) request(document, position);
    },
    20_000,
  );
});
