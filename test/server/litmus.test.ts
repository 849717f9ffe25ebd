import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Position, TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { inRoot } from "../../scripts/lib.mjs";
import { diagnostics } from "../../server/features/diagnostics.ts";
import { completeLitmus } from "../../server/features/litmus/completion.ts";
import { litmusHover } from "../../server/features/litmus/hover.ts";
import {
  litmusDefinition,
  litmusHighlights,
  litmusReferences,
  litmusRename,
  prepareLitmusRename,
} from "../../server/features/litmus/names.ts";
import { litmusSymbols } from "../../server/features/litmus/symbols.ts";
import { spellingFixes } from "../../server/features/quick-fixes/quick-fixes.ts";
import { type LitmusDocument, readLitmus } from "../../server/litmus-document.ts";
import { toPosition } from "../../server/positions.ts";

const URI = "file:///programs/SB.litmus";

const SB = `X86 SB
{ x=0; y=0; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 MOV EAX,[y] | MOV EAX,[x] ;
exists (0:EAX=0 /\\ 1:EAX=0 /\\ x=1)
`;

/** The test with the cursor before the first occurrence of a text behind another one. */
function at(text: string, ...path: string[]): { document: LitmusDocument; cursor: Position } {
  const document = readLitmus(URI, text);
  const offset = path.reduce((from, piece) => text.indexOf(piece, from + 1), -1);
  return { document, cursor: toPosition(document.lines, offset) };
}

const apply = (text: string, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create(URI, "litmus", 1, text), [...edits]);

test("a correct test has no diagnostics", () => {
  expect(diagnostics(readLitmus(URI, SB), { warnings: {} })).toEqual([]);
});

test("a misspelt instruction is reported, and the right one offered", () => {
  const text = SB.replace("MOV [x],$1", "MVO [x],$1");
  const document = readLitmus(URI, text);
  const [problem] = diagnostics(document, { warnings: {} });
  expect(problem?.range.start).toEqual({ line: 3, character: 1 });
  const [fix] = spellingFixes(document, problem!.range, { warnings: {} });
  expect(apply(text, fix!.edit!.changes![URI]!).toLowerCase()).toBe(SB.toLowerCase());
});

describe("hovering", () => {
  const hoverText = (...path: string[]) => {
    const { document, cursor } = at(SB, ...path);
    return JSON.stringify(litmusHover(document, cursor)?.contents ?? "");
  };

  test("over an instruction tells what it does to the store buffer", () => {
    expect(hoverText("MOV [x]")).toContain("goes into the thread's store buffer");
    expect(hoverText("MOV EAX")).toContain("forwarding");
  });

  test("over variables and registers tells what they are", () => {
    expect(hoverText("{", "x")).toContain("shared by all threads");
    expect(hoverText("P0", "EAX")).toContain("every thread has its own");
    expect(hoverText("}")).toBe('""');
  });
});

describe("variables", () => {
  test("are found in the initial state, the code and the condition", () => {
    const { document, cursor } = at(SB, "[x]", "x");
    expect(litmusReferences(document, cursor).map((l) => l.range.start.line)).toEqual([1, 3, 4, 5]);
    expect(litmusDefinition(document, cursor).map((l) => l.range.start.line)).toEqual([1]);
    expect(litmusHighlights(document, cursor)).toHaveLength(4);
  });

  test("are renamed everywhere", () => {
    const { document, cursor } = at(SB, "[x]", "x");
    const result = litmusRename(document, cursor, "flag");
    if ("refusal" in result) throw new Error(result.refusal);
    expect(apply(SB, result.changes![URI]!)).toBe(SB.replace(/\bx\b/g, "flag"));
  });

  test("are not renamed to registers, other variables and nonsense; nothing else is renamed", () => {
    const { document, cursor } = at(SB, "[x]", "x");
    for (const name of ["y", "EAX", "rax", "1x", ""]) {
      expect(litmusRename(document, cursor, name)).toHaveProperty("refusal");
    }
    expect(prepareLitmusRename(document, { line: 0, character: 0 })).toHaveProperty("refusal");
  });
});

test("the outline shows the parts of the test", () => {
  expect(litmusSymbols(readLitmus(URI, SB)).map((s) => s.name)).toEqual([
    "SB",
    "initial state",
    "P0",
    "P1",
    "exists (0:EAX=0 /\\ 1:EAX=0 /\\ x=1)",
  ]);
});

test("cells are completed with mnemonics, operands and conditions with variables and registers", () => {
  const labels = ({ document, cursor }: ReturnType<typeof at>) =>
    completeLitmus(document, cursor).map((i) => i.label);
  expect(labels(at(SB, "P0", "MOV"))).toContain("MFENCE");
  expect(labels(at(SB, "| MOV [y]", "MOV"))).toContain("MFENCE");
  expect(labels(at(SB, "[x]", "x"))).toEqual(expect.arrayContaining(["x", "y", "EAX"]));
  expect(labels(at(SB, "exists", "x=1"))).toContain("x");
});

test("there is an answer to everything about every beginning of every example, and about noise", () => {
  const askAll = (text: string, offset: number) => {
    const document = readLitmus(URI, text);
    const position = toPosition(document.lines, offset);
    diagnostics(document, { warnings: {} });
    litmusHover(document, position);
    litmusReferences(document, position);
    litmusRename(document, position, "z");
    litmusSymbols(document);
    completeLitmus(document, position);
  };
  const folder = inRoot("examples");
  const names = readdirSync(folder).filter((name) => name.endsWith(".litmus"));
  expect(names).not.toEqual([]);
  for (const name of names) {
    const text = readFileSync(inRoot("examples", name), "utf8");
    for (let length = 0; length <= text.length; length++) askAll(text.slice(0, length), length);
  }
  const piece = fc.constantFrom(
    ..."X86 SB { } x = 0 ; P0 | MOV , [ ] $1 EAX exists ( ) /\\ 1: \n".split(" "),
    " ",
  );
  fc.assert(fc.property(fc.array(piece), fc.nat(80), (pieces, offset) => askAll(pieces.join(""), offset)));
});
