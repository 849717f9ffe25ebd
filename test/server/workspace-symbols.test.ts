import { describe, expect, test } from "vitest";
import { matching, namedInDocument, namedInText } from "../../server/features/workspace-symbols.ts";
import { fixture } from "./fixture.ts";

const names = (symbols: readonly { readonly name: string }[]) => symbols.map((s) => s.name);

describe("workspace symbols", () => {
  const PROGRAM = ".var turn_taker\n.acquire\nhalt\n";

  test("match letters in their order", () => {
    const found = namedInDocument(fixture(PROGRAM).document);
    expect(names(matching(found, "TT"))).toEqual(["turn_taker"]);
    expect(names(matching(found, ""))).toEqual(["turn_taker", ".acquire"]);
    expect(matching(found, "tq")).toEqual([]);
  });

  test("of a file that is not open are the same", () => {
    const { document } = fixture(PROGRAM);
    expect(namedInText(document.uri, PROGRAM)).toEqual(namedInDocument(document));
  });

  test("of a litmus test begin with its name", () => {
    expect(namedInText("file:///sb.litmus", "X86 SB\n{ }\n P0 ;\n NOP ;\nexists (x=0)\n")[0]).toMatchObject({
      name: "SB",
      location: { range: { start: { line: 0, character: 4 }, end: { line: 0, character: 6 } } },
    });
  });

  test("leave out what is written for another assembler", () => {
    expect(namedInText("file:///gnu.s", "\t.text\n\t.globl main\nmain:\n\tmovl $0, %eax\n\tret\n")).toEqual(
      [],
    );
  });
});
