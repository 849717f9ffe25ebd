import { describe, expect, test } from "vitest";
import { DocumentHighlightKind } from "vscode-languageserver";
import { highlights, references } from "../../../server/features/navigation.ts";
import { definition } from "../../../server/litmus/definition.ts";
import { foldingRanges } from "../../../server/litmus/folding.ts";
import { prepareRename, rename } from "../../../server/litmus/rename.ts";
import { selectionRanges } from "../../../server/litmus/selection-ranges.ts";
import { litmusTokens } from "../../../server/litmus/semantic-tokens.ts";
import { documentSymbols } from "../../../server/litmus/symbols.ts";
import { mark } from "../fixture.ts";
import { applyEdits, fixture, URI, x86, x86_64 } from "./fixture.ts";

const MP = `X86 MP
{ «x»=0; 0:EBX=«x»; }
 P0         | P1          ;
 MOV [«┃x»],$1 | L: MOV EAX,[«x»] ;
            | JNE L       ;
locations [«x»;]
exists (1:EAX=0 /\\ «x»=1)
`;

/** The marked places are what the request finds. */
function expectMarked(
  marked: string,
  find: (f: ReturnType<typeof fixture>) => readonly { range: never }[],
): void {
  const f = fixture(marked);
  const found = find(f).map((place) => place.range);
  expect(mark(f.document, found)).toBe(marked.replace("┃", ""));
}

const allReferences = ({ document, cursor }: ReturnType<typeof fixture>) =>
  references(document, cursor, { includeDeclaration: true }) as never[];

describe("every place is found", () => {
  test("of a variable, in the initial state, the code and the conditions", () => {
    expectMarked(MP, allReferences);
  });

  test("of a label or a register on its own thread", () => {
    expectMarked("X86 T\n{}\n P0 | P1 ;\n «L┃»: JNE «L» | L: NOP ;\n", allReferences);
    expectMarked(
      "X86 T\n{«0:EAX»=1;}\n P0 | P1 ;\n MOV «E┃AX»,$1 | MOV EAX,$1 ;\nexists (0:«EAX»=1)".replace(
        "«0:EAX»",
        "0:«EAX»",
      ),
      allReferences,
    );
  });

  test("of a register of X86_64 by any of its names", () => {
    expectMarked(x86_64("movl $1,«%e┃ax» ;\n movq «%rax»,(x) ;", "exists (0:«rax»=1)"), allReferences);
  });
});

test("the definition is in the initial state, or at the label; writes are told from reads", () => {
  const { document, cursor } = fixture(x86("MOV [x┃],$1 ;\n MOV EAX,[x] ;"));
  expect(definition(document, cursor).map((l) => l.range.start.line)).toEqual([1]);
  const { Write, Read, Text } = DocumentHighlightKind;
  expect(highlights(document, cursor).map((h) => h.kind)).toEqual([Text, Write, Read, Read]);
  const jump = fixture(x86("NOP ;\n L: NOP ;\n JNE L┃ ;"));
  expect(definition(jump.document, jump.cursor).map((l) => l.range.start.line)).toEqual([4]);
});

describe("renaming", () => {
  const renamed = (marked: string, name: string): string => {
    const { document, cursor } = fixture(marked);
    const result = rename(document, cursor, name);
    return "refusal" in result ? result.refusal : applyEdits(document, result.changes![URI]!);
  };

  test("changes every place", () => {
    expect(renamed(MP, "flag")).toBe(MP.replace("┃", "").replace(/«x»/g, "flag"));
    expect(renamed(x86("┃L: NOP ;\n JNE L ;"), "top")).toBe(x86("top: NOP ;\n JNE top ;"));
  });

  test("of a register keeps sizes and percent signs", () => {
    expect(renamed(x86_64("movl $1,%e┃ax ;\n movq %rax,(x) ;", "exists (0:rax=1)"), "r8")).toBe(
      x86_64("movl $1,%r8d ;\n movq %r8,(x) ;", "exists (0:r8=1)"),
    );
    expect(renamed(x86("MOV E┃AX,$1 ;"), "ecx")).toBe(x86("MOV ECX,$1 ;"));
  });

  test("refuses what would change the test", () => {
    expect(renamed(x86("MOV [┃x],$1 ;"), "EAX")).toContain("register");
    expect(renamed(x86("MOV [┃x],$1 ;\n MOV [y],$1 ;"), "y")).toContain("already");
    expect(renamed(x86("MOV [┃x],$1 ;"), "1x")).toContain("cannot be");
    expect(renamed(x86("┃L: NOP ;"), "exists")).toContain("cannot be");
    expect(renamed(x86("MOV E┃AX,EBX ;"), "EBX")).toContain("already");
    expect(renamed(x86("MOV E┃AX,$1 ;\n CMPXCHG [x],EBX ;"), "ECX")).toContain("without naming it");
    const { document, cursor } = fixture(x86("N┃OP ;"));
    expect(prepareRename(document, cursor)).toHaveProperty("refusal");
  });
});

test("the outline shows the initial state, the threads with their labels, and the conditions", () => {
  const { document } = fixture(
    "X86 T\n{ x=0; 0:EAX=1; }\n P0 | P1 ;\n NOP | L: NOP ;\nfilter (x=0)\nforall (x=1)",
  );
  const symbols = documentSymbols(document);
  expect(symbols.map((s) => [s.name, s.detail])).toEqual([
    ["x", "0"],
    ["0:EAX", "1"],
    ["P0", undefined],
    ["P1", undefined],
    ["filter", "(x=0)"],
    ["forall", "(x=1)"],
  ]);
  expect(symbols[3]?.children?.map((s) => s.name)).toEqual(["L"]);
});

test("the initial state, the code and comments fold", () => {
  const { document } = fixture("X86 T\n{ x=0;\n}\n P0 ;\n NOP ;\n NOP ;\n(* a\n b *)\nexists (x=0)");
  expect(foldingRanges(document).map((r) => [r.startLine, r.endLine])).toEqual([
    [1, 2],
    [3, 5],
    [6, 7],
  ]);
});

test("selections grow from a name to the text", () => {
  const { document, cursor } = fixture(x86("MOV [┃x],$1 ;"));
  const texts: string[] = [];
  for (let step = selectionRanges(document, [cursor])[0]; step; step = step.parent!) {
    texts.push(/«(.*)»/s.exec(mark(document, [step.range]))![1]!);
  }
  expect(texts.slice(0, 4)).toEqual(["x", "[x]", "MOV [x],$1", "MOV [x],$1 "]);
});

test("tokens tell variables, labels and registers", () => {
  const { document } = fixture(x86("L: MOV [x],EAX ;"));
  // Five numbers each; the fourth is the type.
  expect(litmusTokens(document).filter((_, i) => i % 5 === 3)).toEqual([1, 0, 1, 2, 1]);
});
