import { describe, expect, test } from "vitest";
import { loadGrammar } from "./grammar.ts";

const tokens = await loadGrammar("litmus.tmLanguage.json");

const STORE_BUFFERING = `X86 SB "both loads see the old values"
Cycle=Fre PodWR Fre PodWR
{ x=0; int y=0; 0:EBX=5; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 (* here a store waits *)
 MFENCE      | L0: ;
 MOV EAX,[y] | JNE L0 ;
locations [x;]
exists (0:EAX=0 /\\ not 1:EAX=1)
`;

describe("The grammar of .litmus files", () => {
  const lines = tokens(STORE_BUFFERING);

  test("knows the first line: architecture, name, description", () => {
    expect(lines[0]).toEqual(
      expect.arrayContaining([
        ["X86", "storage.type.architecture"],
        ["SB", "entity.name.section"],
        ["both loads see the old values", "string.quoted.double"],
      ]),
    );
  });

  test("knows metadata", () => {
    expect(lines[1]).toEqual([
      ["Cycle", "entity.other.attribute-name"],
      ["=", "keyword.operator.assignment"],
      ["Fre PodWR Fre PodWR", "string.unquoted"],
    ]);
  });

  test("knows the initial state: locations, types, registers of threads", () => {
    expect(lines[2]).toEqual(
      expect.arrayContaining([
        ["x", "variable.other.location"],
        ["int", "storage.type"],
        ["0", "entity.name.type.thread"],
        ["EBX", "variable.language.register"],
        ["5", "constant.numeric"],
      ]),
    );
  });

  test("knows the header of the threads", () => {
    expect(lines[3]).toEqual([
      ["P0", "entity.name.type.thread"],
      ["|", "punctuation.separator.thread"],
      ["P1", "entity.name.type.thread"],
      [";", "source"],
    ]);
  });

  test("knows code: mnemonics, registers, locations, fences, jumps, labels", () => {
    expect(lines[4]?.slice(0, 4)).toEqual([
      ["MOV", "keyword.mnemonic"],
      ["[", "source"],
      ["x", "variable.other.location"],
      ["],", "source"],
    ]);
    expect(lines[6]).toEqual(
      expect.arrayContaining([
        ["MFENCE", "keyword.other.atomic"],
        ["L0", "entity.name.function.label"],
      ]),
    );
    expect(lines[7]).toEqual(
      expect.arrayContaining([
        ["EAX", "variable.language.register"],
        ["JNE", "keyword.control"],
      ]),
    );
    expect(tokens(" LOCK XADD [x],EAX | lock cmpxchgl (x),%ebx ;")[0]).toEqual(
      expect.arrayContaining([
        ["LOCK", "keyword.other.atomic"],
        ["XADD", "keyword.other.atomic"],
        ["cmpxchgl", "keyword.other.atomic"],
        ["%ebx", "variable.language.register"],
      ]),
    );
  });

  test("knows comments, nested and over several lines", () => {
    expect(lines[5]?.every(([, scope]) => scope === "comment.block")).toBe(true);
    expect(tokens("(* a (* b *)\n c *) MOV")[1]).toEqual([
      ["c", "comment.block"],
      ["*)", "comment.block"],
      ["MOV", "keyword.mnemonic"],
    ]);
  });

  test("knows conditions", () => {
    expect(lines[8]?.[0]).toEqual(["locations", "keyword.control.condition"]);
    expect(lines[9]).toEqual([
      ["exists", "keyword.control.condition"],
      ["(", "meta.condition"],
      ["0", "entity.name.type.thread"],
      [":", "punctuation.separator"],
      ["EAX", "variable.language.register"],
      ["=", "keyword.operator.comparison"],
      ["0", "constant.numeric"],
      ["/\\", "keyword.operator.logical"],
      ["not", "keyword.operator.logical"],
      ["1", "entity.name.type.thread"],
      [":", "punctuation.separator"],
      ["EAX", "variable.language.register"],
      ["=", "keyword.operator.comparison"],
      ["1", "constant.numeric"],
      [")", "meta.condition"],
    ]);
    expect(tokens("~exists (x=1)")[0]?.[0]).toEqual(["~exists", "keyword.control.condition"]);
  });
});
