import { describe, expect, test } from "vitest";
import { DocumentHighlightKind, type Position } from "vscode-languageserver";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "../../server/features/call-hierarchy.ts";
import { documentLinks } from "../../server/features/document-links.ts";
import { foldingRanges } from "../../server/features/folding.ts";
import { definition, highlights, references } from "../../server/features/navigation.ts";
import { selectionRanges } from "../../server/features/selection-ranges.ts";
import { documentSymbols } from "../../server/features/symbols.ts";
import { fixture, mark } from "./fixture.ts";

test("the definition of a label is where it stands", () => {
  const marked = "«.top»\nnop\nj .t┃op";
  const { document, cursor, ranges } = fixture(marked);
  expect(definition(document, cursor).map((l) => l.range)).toEqual(ranges);
});

test("of two declarations the last, which counts, comes first", () => {
  const { document, cursor } = fixture(".var a\n.var a\nmov a┃, %ax");
  expect(definition(document, cursor).map((l) => l.range.start.line)).toEqual([1, 0]);
});

test("references are all uses, those in `#@` lines included", () => {
  const marked =
    "#@ run -M «count»,2000\n#@ mutex .in .out\n.var «count»\nmov «co┃unt», %ax\nmov %ax, «count»\n.in\n.out";
  const { document, cursor, ranges } = fixture(marked);
  const found = (includeDeclaration: boolean) => references(document, cursor, { includeDeclaration });
  expect(found(true).map((l) => l.range)).toEqual(ranges);
  expect(found(false)).toHaveLength(3);
});

test("labels in `mutex` lines are references", () => {
  const { document, cursor, ranges } = fixture("#@ mutex «.in» .out\n«.i┃n»\n.out");
  expect(references(document, cursor, { includeDeclaration: true }).map((l) => l.range)).toEqual(ranges);
});

test("highlights tell writes from reads", () => {
  const { document, cursor } = fixture(".var c┃\nmov c, %ax\nmov %ax, c\nfetchadd %ax, c");
  const { Text, Read, Write } = DocumentHighlightKind;
  expect(highlights(document, cursor).map((h) => h.kind)).toEqual([Text, Read, Write, Write]);
});

test("the outline shows variables, labels with their code, and checks", () => {
  const { document } = fixture("#@ exists (x = 1)\n.var x\n.var a 4\n.top\nnop\nhalt\n\n# end\n.end\n");
  expect(
    documentSymbols(document).map((s) => [s.name, s.detail, s.range.start.line, s.range.end.line]),
  ).toEqual([
    ["#@ exists", "(x = 1)", 0, 0],
    ["x", undefined, 1, 1],
    ["a", "4 cells", 2, 2],
    [".top", undefined, 3, 5],
    [".end", undefined, 8, 8],
  ]);
});

test("label regions and comments fold", () => {
  const { document } = fixture("# one\n# two\n.top\nnop\nnop\n\n.end\nhalt\n# three\n# four");
  expect(foldingRanges(document).map((r) => [r.startLine, r.endLine, r.kind])).toEqual([
    [2, 4, undefined],
    [6, 7, undefined],
    [0, 1, "comment"],
    [8, 9, "comment"],
  ]);
});

test("selections grow from the word to the text", () => {
  const { document, cursor } = fixture(".top\n  mov 4(%b┃x), %ax # c\n  halt");
  const texts: string[] = [];
  for (
    let range = selectionRanges(document, [cursor])[0];
    range && texts.length < 20;
    range = range.parent as typeof range
  ) {
    const offset = ({ line, character }: Position) => document.lines.offset({ line, column: character });
    texts.push(document.text.slice(offset(range.range.start), offset(range.range.end)));
  }
  expect(texts).toEqual([
    "%bx",
    "4(%bx)",
    "4(%bx), %ax",
    "mov 4(%bx), %ax",
    "  mov 4(%bx), %ax # c",
    ".top\n  mov 4(%bx), %ax # c\n  halt",
  ]);
});

test("addresses and neighbouring programs in comments are links", () => {
  const { document } = fixture("# see «https://example.org/a?b=1», and «flag.s».\nmov $1, %ax # x.se");
  const links = documentLinks(document);
  expect(
    mark(
      document,
      links.map((l) => l.range),
    ),
  ).toBe("# see «https://example.org/a?b=1», and «flag.s».\nmov $1, %ax # x.se");
  expect(links.map((l) => l.target)).toEqual(["https://example.org/a?b=1", "file:///programs/flag.s"]);
});

describe("the call hierarchy", () => {
  const { document, cursor } = fixture(
    "call .outer\nhalt\n.outer\ncall .inner\ncall .inner\nret\n.in┃ner\nnop\nret\n",
  );
  const [inner] = prepareCallHierarchy(document, cursor)!;

  test("knows who calls a routine, and from where", () => {
    const [call, ...more] = incomingCalls(document, inner!);
    expect(more).toEqual([]);
    expect(call?.from.name).toBe(".outer");
    expect(call?.fromRanges.map((r) => r.start.line)).toEqual([3, 4]);
    expect(incomingCalls(document, call!.from).map((c) => c.from.name)).toEqual(["start of the program"]);
  });

  test("knows what a routine calls", () => {
    const [outer] = incomingCalls(document, inner!);
    expect(outgoingCalls(document, outer!.from).map((c) => c.to.name)).toEqual([".inner"]);
    expect(outgoingCalls(document, inner!)).toEqual([]);
  });
});
