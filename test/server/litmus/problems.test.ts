import { describe, expect, test } from "vitest";
import { diagnostics } from "../../../server/features/diagnostics.ts";
import { quickFixes } from "../../../server/litmus/quick-fixes.ts";
import { mark } from "../fixture.ts";
import { applyEdits, fixture, URI, x86, x86_64 } from "./fixture.ts";
import { examples } from "./texts.ts";

test("the examples have no problems", () => {
  for (const text of examples) {
    const { document } = fixture(text);
    expect(diagnostics(document, { warnings: {} })).toEqual([]);
  }
});

describe("problems are reported at their places, all at once", () => {
  test.each([
    ["unknown-instruction", x86("«MVO» [x],$1 ;")],
    ["unknown-register", x86_64("movl $1,«%aex» ;")],
    ["unknown-variable", x86("NOP ;", "exists (x=0 /\\ «y»=1)")],
    ["unknown-label", x86("JNE «L» ;")],
    ["unused-label", x86("«L»: NOP ;")],
    ["unused-variable", "X86 T\n{ «x»=0; }\n P0 ;\n NOP ;\n"],
  ])("%s", (code, marked) => {
    const { document } = fixture(marked);
    const found = diagnostics(document, { warnings: {} });
    expect(found.map((d) => d.code)).toEqual([code]);
    expect(mark(document, [found[0]!.range])).toBe(marked);
  });

  test("and a setting switches warnings off", () => {
    const { document } = fixture(x86("L: NOP ;"));
    expect(diagnostics(document, { warnings: { "unused-label": "off" } })).toEqual([]);
  });
});

test("a name in a row with an error is neither unknown elsewhere nor unused", () => {
  const codes = (text: string) => diagnostics(fixture(text).document, { warnings: {} }).map((d) => d.code);
  expect(codes("X86 T\n{ y=0; }\n P0 ;\n MVO [x],$1 ;\nexists (x=1)")).toEqual([
    "unknown-instruction",
    "unused-variable",
  ]);
  expect(codes("X86 T\n{ x=0; }\n P0 ;\n MVO [x],$1 ;\n")).toEqual(["unknown-instruction"]);
  expect(codes(x86("L: NOP ;\n JEN L ;"))).toEqual(["unknown-instruction"]);
});

test("a name in a condition, a comment or an initial state without an end may be in use", () => {
  const codes = (text: string) => diagnostics(fixture(text).document, { warnings: {} }).map((d) => d.code);
  const start = "X86 T\n{ x=0; }\n P0 ;\n NOP ;\n";
  expect(codes(`${start}exists (x=1 &&`)).toEqual(["bad-condition"]);
  expect(codes(`${start}(* exists (x=1)`)).toEqual(["open-comment"]);
  expect(codes("X86 T\n{ x=0;\n P0 ;\n MOV [x],$1 ;\n")).toEqual(["open-brace"]);
  expect(codes("X86 T\n{ x=0; p==x y; }\n P0 ;\n NOP ;\nexists (y=1)")).toEqual(["bad-initial-state"]);
});

test("a comment on the line, or right above it, silences a warning", () => {
  const codes = (rows: string) =>
    diagnostics(fixture(x86(rows)).document, { warnings: {} }).map((d) => d.code);
  expect(codes("L: NOP ; (* allow(unused-label) *)")).toEqual([]);
  expect(codes("(* not jumped to yet:\n    allow(unused-label) *)\n L: NOP ;")).toEqual([]);
  expect(codes("(* allow(unused-variable) *)\n L: NOP ;")).toEqual(["unused-label"]);
  expect(codes("JNE L ; (* allow(unknown-label) *)")).toEqual(["unknown-label"]);
});

describe("a quick fix", () => {
  const fixed = (marked: string, title: string): string => {
    const { document, cursor } = fixture(marked);
    const actions = quickFixes(document, { start: cursor, end: cursor }, { warnings: {} });
    const action = actions.find((a) => a.title.includes(title));
    if (!action) throw new Error(`no fix "${title}" among: ${actions.map((a) => a.title).join(", ")}`);
    return applyEdits(document, action.edit!.changes![URI]!);
  };

  test("offers what was probably meant", () => {
    expect(fixed(x86("MVO┃ [x],$1 ;"), "`MOV`")).toBe(x86("MOV [x],$1 ;"));
    expect(fixed(x86("MOV eax┃,$1 ;"), "`EAX`")).toBe(x86("MOV EAX,$1 ;"));
    expect(fixed(x86("MOV EAX,x┃ ;"), "`[x]`")).toBe(x86("MOV EAX,[x] ;"));
    expect(fixed(x86("NOP ;", "exists (x=1 &┃& x=0)"), "`/\\`")).toBe(x86("NOP ;", "exists (x=1 /\\ x=0)"));
    expect(fixed(x86("NOP ;", "┃(x=1)"), "exists")).toBe(x86("NOP ;", "exists (x=1)"));
  });

  test("declares what is missing", () => {
    expect(fixed(x86("NOP ;", "exists (flag┃=1)"), "initial value")).toBe(
      x86("NOP ;", "exists (flag=1)").replace("x=0;", "x=0; flag=0;"),
    );
    expect(fixed(x86("JNE L┃ ;"), "Put the label")).toBe(x86("JNE L ;\n L: ;"));
    expect(fixed("X86 T┃\n P0 ;\n NOP ;\n", "initial state")).toBe("X86 T\n{ }\n P0 ;\n NOP ;\n");
  });

  test("inserts missing marks", () => {
    expect(fixed(x86("NOP┃"), "`;`")).toBe(x86("NOP ;"));
    expect(fixed("X86 T\n{ x=0 y┃=0; }\n P0 ;\n NOP ;\n", "`;`")).toBe(
      "X86 T\n{ x=0 ;y=0; }\n P0 ;\n NOP ;\n",
    );
    expect(fixed("X86 T\n{}\n P0 | P1 ;\n NOP┃ ;\n", "empty cells")).toBe(
      "X86 T\n{}\n P0 | P1 ;\n NOP | ;\n",
    );
  });

  test("silences a warning where comments can stand, and no error", () => {
    expect(fixed(x86("NOP ;", "locations [x,┃ y]"), "Change to `;`")).toBe(x86("NOP ;", "locations [x; y]"));
    expect(fixed(x86("L┃: NOP ;"), "Silence")).toBe(x86("L: NOP ; (* allow(unused-label) *)"));
    const titles = (marked: string) => {
      const { document, cursor } = fixture(marked);
      return quickFixes(document, { start: cursor, end: cursor }, { warnings: {} }).map((a) => a.title);
    };
    expect(titles(x86("JNE L┃ ;")).join()).not.toContain("Silence");
    expect(titles("X86 T { x┃=0; } P0 ; NOP ;\nexists (0:EAX=0)").join()).not.toContain("Silence");
  });

  test("removes what has no effect or is not allowed", () => {
    expect(fixed(x86("LOCK┃ MOV [x],$1 ;"), "prefix")).toBe(x86("MOV [x],$1 ;"));
    expect(fixed(x86("L┃: NOP ;"), "Remove `L`")).toBe(x86("NOP ;"));
    expect(fixed("X86 T\n{ x=0; y┃=0; }\n P0 ;\n MOV [x],$1 ;\n", "Remove `y`")).toBe(
      "X86 T\n{ x=0; }\n P0 ;\n MOV [x],$1 ;\n",
    );
  });
});
