import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExpression } from "../../debugger/expressions/parse.ts";
import { UserError } from "../../debugger/user-error.ts";
import { launch, type TestClient } from "./client.ts";

const PROGRAM = `#@ run --model tso -a ax=12:bx=100,ax=7
.var count
.var flag 2
.main
mov $5, count
mov $6, 4(%bx)
halt
`;

/** Thread 0 has taken two steps: its stores to count and flag wait. */
function program(): TestClient {
  const client = launch(PROGRAM);
  client.request("next", { threadId: 1 });
  client.request("next", { threadId: 1 });
  return client;
}

const value = (client: TestClient, expression: string): string =>
  client.request<{ result: string }>("evaluate", { expression, context: "watch" }).result;

describe("an expression", () => {
  it.each([
    ["ax", "12"],
    ["%ax", "12"],
    ["T1:ax", "7"],
    ["T1:%ax + ax", "19"],
    ["pc", "1002"],
    ["T1:pc = .main", "true"],
    ["tid", "0"],
    ["count", "0"],
    ["T0:count", "5"],
    ["[100]", "0"],
    ["T0:[100]", "5"],
    ["[count+4]", "0"],
    ["T0:[count+4]", "6"],
    ["4(%bx)", "0"],
    ["(%bx)", "0"],
    ["T0:(%bx)", "5"],
    ["flag", "[0, 0]"],
    ["sb", "count ← 5, flag ← 6"],
    ["sb(T1)", "empty"],
    ["1 + 2 * 3 - 4", "3"],
    ["7 / 2", "3"],
    ["-7 % 4", "-3"],
    ["ax % 5", "2"],
    ["2 < 3 and not 3 < 2", "true"],
    ["1 = 2 or 3 <> 3", "false"],
    ["ax,x", "0xc"],
    ["0 - ax,b", "-0b1100"],
    ["0xff,d", "255"],
    ["9007199254740991 * 9007199254740991", "81129638414606663681390495662081"],
  ])("%s is %s", (expression, expected) => {
    expect(value(program(), expression)).toBe(expected);
  });

  it.each([
    ["", "there is no expression"],
    ["ax +", "the expression ends where"],
    ["ax bx", "`bx` at column 4 is not understood"],
    ["foo", "there is no variable or register `foo`"],
    ["coutn", "did you mean `count`?"],
    ["%ay", "did you mean `ax`"],
    ["T9:ax", "there is no thread T9; the threads are T0 to T1"],
    ["[1000]", "address 1000 holds code"],
    ["[-1]", "outside of memory"],
    ["1 / 0", "division by zero"],
    ["sb + 1", "a store buffer is not a number"],
    ["(1 = 1) + 1", "a comparison is true or false"],
    ["ax,q", "`x`, `d` or `b`"],
    ["ax § 1", "`§` at column 4"],
  ])("%s is refused with words: %s", (expression, message) => {
    expect(program().fail("evaluate", { expression, context: "watch" })).toContain(message);
  });

  it("never takes long and never fails but with words, whatever is typed", () => {
    const word = fc.constantFrom(
      "(",
      ")",
      "[",
      "]",
      "%",
      "ax",
      "T0:",
      "-",
      "not ",
      "sb(",
      "1",
      ",",
      ".main",
      "💥",
      "=",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 300 }).map((w) => w.join("")),
        ),
        (text) => {
          try {
            parseExpression(text);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
    );
  });
});
