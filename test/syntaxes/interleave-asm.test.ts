import { describe, expect, test } from "vitest";
import { INSTRUCTIONS } from "../../core/isa/instruction-set.ts";
import { loadGrammar } from "./grammar.ts";

const tokens = await loadGrammar("interleave-asm.tmLanguage.json");
const line = (text: string) => tokens(text)[0]!;

describe("The grammar of .s files", () => {
  test.each(INSTRUCTIONS.map((i) => i.mnemonic))("knows %s", (mnemonic) => {
    expect(line(mnemonic)[0]?.[1]).toMatch(/^keyword\./);
    expect(line(`  ${mnemonic} # why`)[0]?.[1]).toMatch(/^keyword\./);
  });

  test("does not take the beginning of a word for a mnemonic", () => {
    expect(line("moved")[0]?.[1]).not.toMatch(/^keyword/);
    expect(line("jumps .top")[0]?.[1]).not.toMatch(/^keyword/);
  });

  test("tells atomic instructions and jumps from others", () => {
    expect(line("xchg %ax, mutex")[0]).toEqual(["xchg", "keyword.other.atomic"]);
    expect(line("jne .top")[0]).toEqual(["jne", "keyword.control"]);
    expect(line("mov $1, %ax")[0]).toEqual(["mov", "keyword.mnemonic"]);
  });

  test("colours every kind of operand", () => {
    expect(line("mov $-5, 8(%bx,%cx,4) # x")).toEqual([
      ["mov", "keyword.mnemonic"],
      ["$-5", "constant.numeric.immediate"],
      [",", "punctuation.separator"],
      ["8", "constant.numeric.address"],
      ["(", "punctuation.section.parens"],
      ["%", "punctuation.definition.register"],
      ["bx", "variable.language.register"],
      [",", "punctuation.separator"],
      ["%", "punctuation.definition.register"],
      ["cx", "variable.language.register"],
      [",", "punctuation.separator"],
      ["4", "constant.numeric.address"],
      [")", "punctuation.section.parens"],
      ["#", "punctuation.definition.comment"],
      ["x", "comment.line.number-sign"],
    ]);
    expect(line("mov count, %ax")[1]).toEqual(["count", "variable.other"]);
    expect(line("je .acquired")[1]).toEqual([".acquired", "entity.name.function.label"]);
  });

  test("leaves a register that does not exist uncoloured", () => {
    expect(line("mov %rax, %ax").map(([, scope]) => scope)).not.toContain("variable.language.register.rax");
    expect(line("mov %axx, count")).not.toContainEqual(["ax", "variable.language.register"]);
  });

  test("knows labels and declarations", () => {
    expect(line(".top")).toEqual([[".top", "entity.name.function.label"]]);
    expect(line(".var flag 2")).toEqual([
      [".var", "storage.type"],
      ["flag", "variable.other.declaration"],
      ["2", "constant.numeric"],
    ]);
    expect(line(".variable")).toEqual([[".variable", "entity.name.function.label"]]);
  });

  test("gives #@ lines a scope of their own", () => {
    expect(line("#@ forall (count = 2)")).toEqual([
      ["#@", "keyword.control.directive"],
      ["forall", "keyword.control.directive"],
      ["(", "meta.directive"],
      ["count", "variable.other"],
      ["=", "keyword.operator.comparison"],
      ["2", "constant.numeric"],
      [")", "meta.directive"],
    ]);
    expect(line("#@ ~exists (0:ax = 0 /\\ 1:ax = 0)").map(([text]) => text)).toEqual(
      expect.arrayContaining(["~exists", "0", "ax", "/\\"]),
    );
    expect(line("#@ run -t 2 -a bx=1 --model tso")).toEqual([
      ["#@", "keyword.control.directive"],
      ["run", "keyword.control.directive"],
      ["-t", "variable.parameter.flag"],
      ["2", "string.unquoted.argument"],
      ["-a", "variable.parameter.flag"],
      ["bx=1", "string.unquoted.argument"],
      ["--model", "variable.parameter.flag"],
      ["tso", "string.unquoted.argument"],
    ]);
    expect(line("#@ mutex .acquired .release")[2]).toEqual([".acquired", "entity.name.function.label"]);
    expect(line("# @ is an ordinary comment")[1]?.[1]).toBe("comment.line.number-sign");
  });

  test("ends a #@ line with the line", () => {
    expect(tokens("#@ run -t 2\nhalt")[1]).toEqual([["halt", "keyword.control"]]);
  });
});
