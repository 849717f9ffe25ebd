import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FormattingOptions } from "vscode-languageserver";
import { readDocument } from "../../server/document.ts";
import { formatDocument, formatOnType, formatRange } from "../../server/features/formatting.ts";
import { programText } from "../support/programs.ts";
import { applyEdits, URI } from "./fixture.ts";
import { arbitraryText, dressed } from "./texts.ts";

const SPACES: FormattingOptions = { tabSize: 4, insertSpaces: true };
const TABS: FormattingOptions = { tabSize: 8, insertSpaces: false };

function formatted(text: string, options = SPACES): string {
  const document = readDocument(URI, text);
  return applyEdits(document, formatDocument(document, options));
}

describe("formatting", () => {
  test("puts labels into the first column, indents instructions, aligns operands and comments", () => {
    expect(
      formatted(
        "  .var   count  2 # cells\n.top\nmov    count ,%ax#load\n\tfetchadd %ax,4( %bx )   # add\nhalt # end\n",
      ),
    ).toBe(
      [
        ".var count 2              # cells",
        ".top",
        "    mov      count, %ax   #load",
        "    fetchadd %ax, 4(%bx)  # add",
        "    halt                  # end",
        "",
      ].join("\n"),
    );
  });

  test("aligns among neighbours only: a blank line begins anew", () => {
    expect(formatted("j .a\nfetchadd %ax, 8\n\nj .a")).toBe(
      "    j        .a\n    fetchadd %ax, 8\n\n    j .a",
    );
  });

  test("leaves comments that stand alone where they are, and `#@` lines in the first column", () => {
    expect(formatted("# a  \n      # b\n  #@ run -t 2\nnop")).toBe("# a\n      # b\n#@ run -t 2\n    nop");
  });

  test("leaves what it does not understand as it is", () => {
    expect(formatted("mvo   a ,  b")).toBe("    mvo   a ,  b");
    expect(formatted("mov  a   b,%ax")).toBe("    mov  a   b,%ax");
  });

  test("keeps line ends, also mixed ones", () => {
    expect(formatted("nop\r\nnop\rnop\n")).toBe("    nop\r\n    nop\r    nop\n");
  });

  test("indents with tabs where the editor does", () => {
    expect(formatted("nop # a\n.x # b", TABS)).toBe("\tnop  # a\n.x           # b");
  });
});

test("a range is formatted without touching other lines", () => {
  const document = readDocument(URI, "nop\nnop\nnop");
  const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  expect(applyEdits(document, formatRange(document, range, SPACES))).toBe("nop\n    nop\nnop");
});

test("on Enter the line that was left is formatted", () => {
  const document = readDocument(URI, "nop\nmov  $1,%ax\n");
  expect(applyEdits(document, formatOnType(document, { line: 2, character: 0 }, SPACES))).toBe(
    "nop\n    mov $1, %ax\n",
  );
  expect(formatOnType(document, { line: 0, character: 0 }, SPACES)).toEqual([]);
});

/** All of a program but where its text stands and how many blanks are in it. */
function meaning(text: string) {
  const program = readDocument(URI, text).assembly.program;
  if (!program) return undefined;
  const { instructions, labels, variables, code, checks, loadAddress } = program;
  return {
    code,
    loadAddress,
    instructions: instructions.map((i) => i.text.replace(/\s+/g, "")),
    labels: labels.map(({ name, target }) => ({ name, target })),
    variables: variables.map(({ name, address, count }) => ({ name, address, count })),
    checks: checks.map(({ kind, body }) => ({ kind, body: text.slice(body.start, body.end) })),
  };
}

test("formatting never changes the program", () => {
  fc.assert(
    fc.property(dressed(programText), fc.constantFrom(SPACES, TABS), (text, options) => {
      const before = meaning(text);
      expect(before).toBeDefined();
      expect(meaning(formatted(text, options))).toEqual(before);
    }),
  );
});

test("formatting twice is formatting once, for any text", () => {
  fc.assert(
    fc.property(arbitraryText, fc.constantFrom(SPACES, TABS), (text, options) => {
      const once = formatted(text, options);
      expect(formatted(once, options)).toBe(once);
    }),
  );
});
