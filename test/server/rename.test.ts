import { describe, expect, test } from "vitest";
import { prepareRename, rename } from "../../server/features/rename.ts";
import { applyEdits, fixture, URI } from "./fixture.ts";

function renamed(marked: string, name: string): string {
  const { document, cursor } = fixture(marked);
  const result = rename(document, cursor, name);
  if ("refusal" in result) return result.refusal;
  return applyEdits(document, result.changes![URI]!);
}

test("a variable is renamed everywhere, `#@` lines included", () => {
  expect(renamed("#@ run -Mcount -t 2\n.var co┃unt\nmov count, %ax\nmov %ax, count", "sum")).toBe(
    "#@ run -Msum -t 2\n.var sum\nmov sum, %ax\nmov %ax, sum",
  );
});

test("conditions are `#@` lines, too", () => {
  expect(renamed("#@ exists (0:ax = 1 /\\ [x] = y) \n.var x┃\n.var y", "z")).toBe(
    "#@ exists (0:ax = 1 /\\ [z] = y) \n.var z\n.var y",
  );
  expect(renamed("#@ forall(y + 1 = x)\n.var x┃\n.var y", "z")).toBe("#@ forall(y + 1 = z)\n.var z\n.var y");
});

test("a label is renamed everywhere, and may be written without its dot", () => {
  expect(renamed("#@ mutex .in .out\n.i┃n\nnop\n.out\nj .in", ".enter")).toBe(
    "#@ mutex .enter .out\n.enter\nnop\n.out\nj .enter",
  );
  expect(renamed(".t┃op\nj .top", "loop")).toBe(".loop\nj .loop");
});

describe("renaming is refused", () => {
  test("for registers and for what is no name", () => {
    const register = fixture("mov $1, %a┃x");
    expect(prepareRename(register.document, register.cursor)).toHaveProperty("refusal");
    const mnemonic = fixture("ha┃lt");
    expect(prepareRename(mnemonic.document, mnemonic.cursor)).toHaveProperty("refusal");
  });

  test("where the new name is taken", () => {
    expect(renamed(".var a┃\n.var b", "b")).toMatch(/already/);
    expect(renamed(".var a┃", "ax")).toMatch(/register/);
  });

  test("where the new name could not be used", () => {
    for (const name of ["_x", "2x", "a b", "a,b", ""]) expect(renamed(".var a┃", name)).toMatch(/cannot/);
    for (const name of [".", ".a b", ".var", ".a#"]) expect(renamed(".to┃p", name)).toMatch(/cannot/);
  });
});

test("what would be renamed is the whole name", () => {
  const { document, cursor, ranges } = fixture(".var count\nmov «co┃unt», %ax");
  expect(prepareRename(document, cursor)).toEqual({ range: ranges[0], placeholder: "count" });
});
