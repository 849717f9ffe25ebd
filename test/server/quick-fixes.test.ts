import { describe, expect, test } from "vitest";
import { WARNINGS } from "../../core/analysis/warnings.ts";
import { readDocument } from "../../server/document.ts";
import { diagnostics } from "../../server/features/diagnostics.ts";
import { quickFixes } from "../../server/features/quick-fixes/quick-fixes.ts";
import { applyEdits, fixture, URI } from "./fixture.ts";

const titles = (marked: string): string[] => {
  const { document, cursor } = fixture(marked);
  return quickFixes(document, { start: cursor, end: cursor }, { warnings: {} }).map((a) => a.title);
};

/** The text after the fix whose title contains the words. */
function fixed(marked: string, title: string): string {
  const { document, cursor } = fixture(marked);
  const actions = quickFixes(document, { start: cursor, end: cursor }, { warnings: {} });
  const action = actions.find((a) => a.title.includes(title));
  if (!action) throw new Error(`no fix "${title}" among: ${actions.map((a) => a.title).join(", ")}`);
  return applyEdits(document, action.edit!.changes![URI]!);
}

describe("what was probably meant is offered", () => {
  test("for mnemonics, labels, variables, registers and `#@` lines", () => {
    expect(fixed("m┃vo $1, %ax", "`mov`")).toBe("mov $1, %ax");
    expect(fixed("┃jmp .a\n.a", "`j`")).toBe("j .a\n.a");
    expect(fixed(".acquire\nj .aquire┃", "`.acquire`")).toBe(".acquire\nj .acquire");
    expect(fixed(".var count\nmov conut┃, %ax", "`count`")).toBe(".var count\nmov count, %ax");
    expect(fixed("mov $1, %eax┃", "`%ax`")).toBe("mov $1, %ax");
    expect(fixed("#@ exsts┃ (0:ax = 1)", "`exists`")).toBe("#@ exists (0:ax = 1)");
  });

  test("and is preferred, so that one key applies it", () => {
    const { document, cursor } = fixture("m┃vo $1, %ax");
    expect(quickFixes(document, { start: cursor, end: cursor }, { warnings: {} })[0]?.isPreferred).toBe(true);
  });

  test("for the address of a variable its name", () => {
    expect(fixed(".var x\nmov 10┃0, %ax\nmov %ax, x\nhalt", "`x`")).toBe(
      ".var x\nmov x, %ax\nmov %ax, x\nhalt",
    );
  });
});

describe("a missing name is declared", () => {
  test("a variable behind the others, or before the code", () => {
    expect(fixed(".var a\nmov b┃, %ax", "Declare")).toBe(".var a\n.var b\nmov b, %ax");
    expect(fixed("# hello\n\nmov b┃, %ax", "Declare")).toBe("# hello\n\n.var b\nmov b, %ax");
  });

  test("a label at the end, with the line ends of the text", () => {
    expect(fixed("nop\r\nj .x┃", "Put the label")).toBe("nop\r\nj .x\r\n.x\r\n");
    expect(fixed("j .x┃\n", "Put the label")).toBe("j .x\n.x\n");
  });
});

describe("the kind of an operand is changed where that makes the instruction right", () => {
  test("by adding or dropping the `$`", () => {
    expect(fixed("add ┃5, %ax", "`$5`")).toBe("add $5, %ax");
    expect(fixed("lea $1┃00, %ax", "`100`")).toBe("lea 100, %ax");
    expect(titles("mov 5┃, %ax").filter((t) => t.includes("`$5`"))).toEqual([]);
    expect(fixed(".var x\nmov $x┃, %ax", "`x`")).toBe(".var x\nmov x, %ax");
    expect(fixed("mov $ax┃, %bx", "`%ax`")).toBe("mov %ax, %bx");
  });

  test("by adding the `%` or the dot", () => {
    expect(fixed("add $1, ┃ax", "`%ax`")).toBe("add $1, %ax");
    expect(fixed(".top\nj ┃top", "`.top`")).toBe(".top\nj .top");
  });
});

describe("a register that nothing uses is gone through", () => {
  test("to move from memory to memory", () => {
    expect(fixed(".var a\n.var b\n  mov a┃, b\n  mov $1, %ax", "through")).toBe(
      ".var a\n.var b\n  mov a, %bx\n  mov %bx, b\n  mov $1, %ax",
    );
  });

  test("to push what a variable holds", () => {
    expect(fixed(".var a\npush┃ a\nhalt", "through")).toBe(".var a\nmov a, %ax\npush %ax\nhalt");
  });

  test("and nothing is offered where all are used", () => {
    const all = "#@ run -a ax=1:bx=1:cx=1:dx=1\n.var a\nadd %ex, %fx\n";
    expect(titles(`${all}mov a┃, a`)).toEqual([]);
  });
});

describe("what has no effect is removed", () => {
  test("labels and variables with their lines", () => {
    expect(fixed("nop\n.a┃\nhalt", "Remove")).toBe("nop\nhalt");
    expect(fixed(".var x┃ # why\nhalt", "Remove")).toBe("halt");
    expect(
      fixed(".var x\n.var x┃\nmov x, %ax\nhalt".replace("x┃", "x").replace(".var x", ".var x┃"), "Remove"),
    ).toBe(".var x\nmov x, %ax\nhalt");
  });

  test("but no variable before others whose addresses the program writes as numbers", () => {
    const offered = titles(".var x┃\n.var y 2\nmov y, %ax\nmov 108, %bx\nhalt");
    expect(offered.filter((title) => title.startsWith("Remove"))).toEqual([]);
  });

  test("unreachable instructions, but not the comments and labels between them", () => {
    expect(fixed("halt\nnop┃\n# keep\n.a\nj .a", "Remove the code")).toBe("halt\n# keep\n.a");
  });
});

describe("instructions are inserted", () => {
  test("`halt` at the end, or behind the labels there", () => {
    expect(fixed("  nop┃ # last", "halt")).toBe("  nop # last\n  halt");
    expect(fixed("  j .end┃\n  halt\n.end\n", "halt")).toBe("  j .end\n  halt\n.end\n  halt\n");
  });

  test("`mfence` before the load, and Explore is one click away", () => {
    const text = ".var x\n.var y\n  mov $1, x\n  mov y┃, %ax\n  halt";
    expect(fixed(text, "mfence")).toBe(".var x\n.var y\n  mov $1, x\n  mfence\n  mov y, %ax\n  halt");
    expect(titles(text)).toContain("Explore what the reordering can do");
  });
});

test("a lock is taken with `xchg`", () => {
  expect(
    fixed(
      ".var flag\n.acquire\n  mov flag┃, %ax\n  test $0, %ax\n  jne .acquire\n  mov $1, flag\n  halt",
      "xchg",
    ),
  ).toBe(".var flag\n.acquire\n  mov $1, %ax\n  xchg %ax, flag\n  test $0, %ax\n  jne .acquire\n  halt");
});

test("the layout that x86.py wants is mended", () => {
  expect(fixed("  .top┃\nj .top", "first column")).toBe(".top\nj .top");
  expect(fixed(".top ha┃lt", "line of its own")).toBe(".top\n    halt");
  expect(fixed("nop # a #┃ b", "second")).toBe("nop # a  b");
});

describe("a warning is silenced", () => {
  test("in a new comment or at the end of the one there", () => {
    expect(fixed(".var x\npush x┃\nhalt", "Silence")).toBe(".var x\npush x  # allow(push-address)\nhalt");
    expect(fixed(".var x\npush x┃ # why\nhalt", "Silence")).toBe(
      ".var x\npush x # why allow(push-address)\nhalt",
    );
  });

  test("above a `#@` line, which has no room for a comment", () => {
    expect(fixed("#@ exists ([20┃00] = 1)\nhalt", "Silence")).toBe(
      "# allow(untouched-cell)\n#@ exists ([2000] = 1)\nhalt",
    );
  });

  test("and is gone afterwards, whichever it was", () => {
    const texts = [
      ".var x\n.var x\n.a\nnop\n.a\nje .b\nmov x, %ax\npush x\nmov 2001, %ax\nmov 100, %bx\nmov $1, 1000\ncall .c\n.b\nret\n.c\nj .c",
      ".var x\n.var y\n.var f\n.l\nmov f, %ax\ntest $0, %ax\njne .l\nmov $1, f\nmov $1, x\nmov y, %ax\n.u\nnop",
    ];
    const seen = new Set<string>();
    for (const text of texts) {
      let document = readDocument(URI, text);
      for (let rounds = 0; rounds < 60; rounds++) {
        const [problem] = diagnostics(document, { warnings: {} });
        if (!problem) break;
        seen.add(String(problem.code));
        const action = quickFixes(document, problem.range, { warnings: {} }).find(
          (a) => a.title === `Silence \`${problem.code}\` here`,
        );
        document = readDocument(URI, applyEdits(document, action!.edit!.changes![URI]!));
      }
      expect(diagnostics(document, { warnings: {} })).toEqual([]);
    }
    expect(seen.size).toBeGreaterThanOrEqual(WARNINGS.length - 5);
  });
});
