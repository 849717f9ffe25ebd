import { describe, expect, test } from "vitest";
import { complete } from "../../server/features/completion/complete.ts";
import { placeOf, resolve } from "../../server/features/completion/resolve.ts";
import { applyEdits, fixture, URI } from "./fixture.ts";

function offers(marked: string): string[] {
  const { document, cursor } = fixture(marked);
  const items = complete(document, cursor);
  return items.toSorted((a, b) => a.sortText!.localeCompare(b.sortText!)).map((i) => i.label);
}

/** What stands in the text after choosing the first item with the label. */
function choose(marked: string, label: string): string {
  const { document, cursor } = fixture(marked);
  const item = complete(document, cursor).find((i) => i.label === label)!;
  return applyEdits(document, [item.textEdit as never]);
}

describe("at the start of a line", () => {
  test("mnemonics are offered, with all their forms", () => {
    const { document, cursor } = fixture("┃");
    const forms = complete(document, cursor).filter((i) => i.label === "mov");
    expect(forms.map((i) => i.labelDetails?.detail)).toContain(" $5, %ax");
    expect(forms).toHaveLength(5);
  });

  test("a form is a snippet whose places offer the names of the program", () => {
    const { document, cursor } = fixture(".var count\n.var flag\nxc┃");
    const item = complete(document, cursor).find((i) => i.label === "xchg");
    expect(item?.textEdit?.newText).toContain(`, \${2|count,flag|}`);
  });

  test("what the program uses most comes first", () => {
    expect(offers("yield\nyield\n┃")[0]).toBe("yield");
  });

  test("behind a dot there are `.var` and the labels that are still missing", () => {
    expect(offers("j .done\n.┃")).toEqual([".var", ".done"]);
  });
});

describe("operands", () => {
  test("only kinds that the instruction takes at this place are offered", () => {
    const program = ".var count\n.top\n";
    expect(offers(`${program}j ┃`)).toEqual([".top"]);
    expect(offers(`${program}xchg ┃`)).toContain("%ax");
    expect(offers(`${program}xchg ┃`)).not.toContain("count");
    expect(offers(`${program}xchg %ax, ┃`)).toContain("count");
    expect(offers(`${program}xchg %ax, ┃`)).not.toContain("%ax");
    expect(offers(`${program}add count┃`)).not.toContain("count");
  });

  test("what stands before decides what can follow", () => {
    expect(offers(".var count\nmov count, ┃")).not.toContain("count");
    expect(offers(".var count\nmov count, ┃")).toContain("%ax");
    expect(offers(".var count\nmov $1, ┃")).toContain("count");
    expect(offers("mov $1, ┃")).not.toContain("$1");
  });

  test("inside parentheses there are registers, and for `mov` a scale", () => {
    expect(offers("mov 4(┃")).toContain("%bx");
    expect(offers("mov 4(%bx,%cx,┃")).toEqual(["4", "1", "8"]);
    expect(offers("xchg %ax, 4(%bx,┃")).toEqual([]);
  });

  test("variables used more often come first", () => {
    expect(offers(".var a\n.var b\nmov b, %ax\nmov ┃")[0]).toBe("b");
  });

  test("a chosen item takes the place of the whole word", () => {
    expect(choose("mov $1, %┃a", "%ax")).toBe("mov $1, %ax");
    expect(choose(".top\nj .t┃o", ".top")).toBe(".top\nj .top");
    expect(choose("mov 4(%b┃), %ax", "%bx")).toBe("mov 4(%bx), %ax");
  });

  test("nothing is offered in comments, behind unknown instructions and behind the last operand", () => {
    expect(offers("nop # ┃")).toEqual([]);
    expect(offers("jmp ┃")).toEqual([]);
    expect(offers("add $1, %ax, ┃")).toEqual([]);
    expect(offers("halt ┃")).toEqual([]);
  });
});

describe("`#@` lines", () => {
  test("keywords", () => {
    expect(offers("#@ ┃")).toEqual(["run", "exists", "~exists", "forall", "always", "mutex"]);
  });

  test("flags of `run`, and what they take", () => {
    expect(offers("#@ run ┃")).toContain("-t");
    expect(offers("#@ run ┃")).not.toContain("-p");
    expect(offers("#@ run -t 2 --model ┃")).toEqual(["sc", "tso"]);
    expect(offers("#@ run -a ┃")).toContain("bx=");
    expect(offers(".var count\n#@ run -M ┃")).toEqual(["count"]);
    expect(offers("#@ run -R ax,┃")).toContain("bx");
  });

  test("labels of `mutex`", () => {
    expect(offers(".in\n.out\n#@ mutex ┃")).toEqual([".in", ".out"]);
  });

  test("variables, registers and operators of conditions", () => {
    expect(offers(".var count\n#@ exists (┃")).toEqual(["count", "0:ax", "/\\", "\\/", "not"]);
    expect(offers("#@ exists (0:┃")).toContain("ax");
    expect(offers("#@ exists (0:┃")).not.toContain("zero");
  });
});

test("documentation is worked out when an item is looked at", () => {
  const { document, cursor } = fixture(".var count\nmov ┃");
  const items = complete(document, cursor);
  const item = items.find((i) => i.label === "count")!;
  expect(item.documentation).toBeUndefined();
  const resolved = resolve(item, document);
  expect(resolved.documentation).toMatchObject({ value: expect.stringContaining("address 100") });
  expect(placeOf(item)).toBe(URI);
  expect(resolve(item, undefined).documentation).toBeUndefined();
});
