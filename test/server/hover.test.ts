import { describe, expect, test } from "vitest";
import { hover } from "../../server/features/hover.ts";
import { fixture, mark } from "./fixture.ts";

function hoverText(marked: string): string {
  const { document, cursor } = fixture(marked);
  const contents = hover(document, cursor)?.contents;
  return contents && typeof contents === "object" && "value" in contents ? contents.value : "";
}

describe("hovering over a mnemonic", () => {
  test("says what it does with its own operands", () => {
    expect(hoverText(".var count\nm┃ov count, %ax")).toContain("%ax ← [count]");
    expect(hoverText("a┃dd $1, %bx")).toContain("%bx ← %bx + $1");
  });

  test("says whether it is atomic and what it does to the store buffer", () => {
    expect(hoverText(".var m\nxc┃hg %ax, m")).toMatch(
      /atomic \(locked\): waits until .* store buffer is empty/,
    );
    expect(hoverText(".var m\nmo┃v %ax, m")).toContain("goes into the thread's store buffer");
    expect(hoverText(".var m\nmo┃v m, %ax")).toContain("(forwarding)");
    expect(hoverText("mf┃ence")).toContain("waits until the thread's store buffer is empty");
  });

  test("says what it does to the condition codes", () => {
    expect(hoverText("te┃st $0, %ax")).toContain("sets the condition codes");
    expect(hoverText(".a\njn┃e .a")).toContain("reads the condition codes");
  });

  test("tells x86.py's instructions from extensions", () => {
    expect(hoverText("ha┃lt")).toContain("x86.py");
    expect(hoverText(".var m\ncmpx┃chg %bx, m")).toContain("not known to x86.py");
  });

  test("shows all forms while the operands are not right yet", () => {
    expect(hoverText("mo┃v")).toContain("mov $5, %ax");
  });
});

describe("hovering over a number", () => {
  test("shows it in three bases", () => {
    expect(hoverText("mov $┃-10, %ax")).toMatch(/-10.*-0xa.*-0b1010/s);
  });

  test("names the variable at an address", () => {
    expect(hoverText(".var a 2\n.var b\nmov 10┃4, %ax")).toContain("`a+4`");
    expect(hoverText(".var a 2\n.var b\nmov $10┃8, %ax")).toContain("`b`");
  });

  test("names the instruction at an address, wherever the program is loaded", () => {
    expect(hoverText("#@ run -L 2000\nmov 200┃1, %ax\nhalt")).toContain("instruction `halt`");
  });

  test("of thousands of digits only counts them", () => {
    expect(hoverText(`mov $${"9".repeat(5000)}┃, %ax`)).toBe("a number of 5000 digits");
  });
});

test("hovering over a label shows its address and who jumps there", () => {
  const text = hoverText("nop\n.t┃op\nje .top\nj .top");
  expect(text).toContain("address 1001");
  expect(text).toContain("line 3, line 4");
  expect(hoverText(".to┃p\nhalt")).toContain("nothing jumps here");
});

test("hovering over a variable shows its address, size, readers and writers", () => {
  const text = hoverText(
    ".var a\n.var co┃unt 3\nmov count, %ax\nmov %ax, count\nxchg %ax, count\nlea count, %bx",
  );
  expect(text).toContain("address 104 (3 cells, 4 apart)");
  expect(text).toContain("read: line 3, line 5");
  expect(text).toContain("written: line 4, line 5");
  expect(text).toContain("address taken: line 6");
});

test("hovering over a register tells its role, also inside an address", () => {
  expect(hoverText("push %s┃p")).toContain("stack pointer");
  expect(hoverText("mov 4(%bx,%c┃x,4), %ax")).toContain("%cx");
});

test("hovering over `#@` keywords and `.var` explains them", () => {
  expect(hoverText("#@ mut┃ex .a .b")).toContain("at most one thread");
  expect(hoverText(".v┃ar x")).toContain("declares a variable");
});

test("the hovered range is exactly the word", () => {
  const { document, cursor } = fixture(".var count\nmov co┃unt, %ax");
  expect(mark(document, [hover(document, cursor)!.range!])).toBe(".var count\nmov «count», %ax");
});

test("there is no hover over nothing", () => {
  expect(hoverText("mov  ┃ ")).toBe("");
  expect(hoverText("# a com┃ment")).toBe("");
  expect(hoverText("j .no┃where")).toBe("");
});
