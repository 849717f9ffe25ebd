import { describe, expect, it } from "vitest";
import { expressionAt } from "../../client/debug/expression-at.ts";

/** What is under the first letter of `part`. */
const under = (line: string, part: string) => expressionAt(line, line.indexOf(part))?.expression;

describe("a person who points into a program sees the value of", () => {
  it.each([
    ["mov 4(%bx), %ax # count", "%ax", "%ax"],
    ["mov 4(%bx), %ax # count", "4(", "4(%bx)"],
    ["mov 4(%bx), %ax # count", "%bx", "%bx"],
    ["mov -8(%bx,%cx,4), %ax", "-8", "-8(%bx,%cx,4)"],
    ["mov count, %ax", "count", "count"],
    ["jne .top", ".top", ".top"],
    ["mov 2000, %ax", "2000", "[2000]"],
    [" MOV EAX,[y] | MOV EAX,[x] ;", "x]", "x"],
  ])("%s at %s: %s", (line, part, expression) => {
    expect(under(line, part)).toBe(expression);
  });

  it.each([
    ["mov $1, x # y", "1"],
    ["mov $1, x # y", "y"],
    ["mov $-1, x", "1"],
    ["halt", " "],
  ])("nothing in %s at %s", (line, part) => {
    expect(under(line, part)).toBeUndefined();
  });

  it("knows where it stands", () => {
    expect(expressionAt("mov 4(%bx), %ax", 5)).toEqual({ start: 4, end: 10, expression: "4(%bx)" });
  });
});
