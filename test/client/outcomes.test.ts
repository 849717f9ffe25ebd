import { describe, expect, test } from "vitest";
import { outcomesContent } from "../../client/explore/outcomes/content.ts";
import { findChecks } from "../../client/explore/tests/find.ts";
import { answerText } from "../../client/explore/tests/table.ts";
import { failuresText, summaryOf } from "../../client/explore/words.ts";
import { html } from "../../client/page/html.ts";
import type { Answer } from "../../core/explore/answer.ts";
import { answering, type Question } from "../../core/explore/question.ts";
import { STORE_BUFFERING } from "../support/programs.ts";

const SB = `#@ ~exists (0:ax = 0 /\\ 1:ax = 0)
#@ run -a bx=0,bx=1
${STORE_BUFFERING}`;

function answer(text: string, more: Partial<Question> = {}): Answer {
  const limits = { bufferCapacity: 8, maxStates: 100_000, maxBytes: 2 ** 26 };
  const work = answering({ text, name: "sb.s", values: {}, models: ["sc", "tso"], ...limits, ...more });
  for (;;) {
    const { done, value } = work.next();
    if (!done) continue;
    if ("error" in value) throw new Error(value.error);
    return value;
  }
}

describe("The summary", () => {
  test("compares TSO with SC", () => {
    expect(summaryOf(answer(SB))).toBe("TSO: 4 outcomes (SC: 3), 1 new");
    expect(summaryOf(answer(".var x\nmov $1, x\nhalt\n"))).toBe("TSO: 1 outcome (SC: 1)");
    expect(summaryOf(answer(SB, { models: ["sc"] }))).toBe("SC: 3 outcomes");
  });

  test("claims no more than was seen", () => {
    const growing = ".var x\n.top\nmov x, %ax\nadd $1, %ax\nmov %ax, x\ntest $9, %ax\njne .top\nhalt\n";
    expect(summaryOf(answer(growing, { maxStates: 10 }))).toMatch(
      /^TSO: at least \d+ outcomes \(SC: at least \d+\)/,
    );
  });

  test("counts the checks that fail", () => {
    expect(failuresText(answer(SB))).toBe("1 check fails");
    expect(failuresText(answer(SB, { models: ["sc"] }))).toBeUndefined();
  });
});

describe("The table as text", () => {
  test("has a column a location and a model, and the verdicts", () => {
    expect(answerText(answer(SB))).toBe(
      [
        "TSO: 4 outcomes (SC: 3), 1 new",
        "",
        "x  y  0:ax  1:ax  SC  TSO",
        "1  1     0     0   -    1",
        "1  1     0     1   1    1",
        "1  1     1     0   1    1",
        "1  1     1     1   1    1",
        "",
        "~exists (0:ax = 0 /\\ 1:ax = 0): fails under TSO, holds under SC",
      ].join("\n"),
    );
  });
});

describe("The view of outcomes", () => {
  const view = (more: Partial<Question> = {}) =>
    outcomesContent({ name: "sb.s", answer: answer(SB, more) }).text;

  test("has a row an outcome, whose buttons carry its witness and say so to a screen reader", () => {
    expect(view().match(/data-row/g)).toHaveLength(4);
    expect(view()).toMatch(
      /<button data-action="debug" data-key="Enter" data-model="sc" data-schedule="[^"]+" data-length="\d+" aria-label="Debug witness of x=1 y=1 0:ax=0 1:ax=1"/,
    );
  });

  test("says why an outcome is TSO's alone", () => {
    expect(view()).toContain(
      "Only TSO: leaves SC at step 7: T0 reads y while its store to x is still in its buffer",
    );
    expect(view({ models: ["tso"] })).not.toContain("Only TSO");
  });

  test("marks what breaks a check", () => {
    expect(view().match(/breaks the condition/g)).toHaveLength(1);
  });

  test("shows progress with a way to stop, and errors", () => {
    const progress = { model: "tso", states: 26_000, transitions: 1, depth: 31, bytes: 2 ** 20 } as const;
    const { text } = outcomesContent({ name: "sb.s", progress });
    expect(text).toContain("TSO: 26,000 states, depth 31, 1 MB");
    expect(text).toContain('data-action="stop"');
    expect(outcomesContent({ name: "sb.s", error: "sb.s has errors" }).text).toContain("sb.s has errors");
  });

  test("lets no text become markup", () => {
    const { text } = outcomesContent({ name: "<script>", error: "a & b" });
    expect(text).not.toContain("<script>");
    expect(text).toContain("&lt;script&gt;");
    expect(text).toContain("a &amp; b");
    expect(html`<p title="${'"x"'}">${["<", html`<b>${1}</b>`]}${undefined}${false}</p>`.text).toBe(
      '<p title="&quot;x&quot;">&lt;<b>1</b></p>',
    );
  });
});

describe("The tests of a file", () => {
  test("are its checks", () => {
    expect(findChecks(`${SB}#@ mutex .second .end\n`, false).map((c) => c.text)).toEqual([
      "~exists (0:ax = 0 /\\ 1:ax = 0)",
      "mutex .second .end",
    ]);
  });

  test("are none where there is nothing to check, or where the file is another assembler's", () => {
    expect(findChecks(".main\nhalt\n", false)).toEqual([]);
    expect(findChecks("\t.text\n\t.globl main\nmain:\n\tmovl $0, %eax\n\tret\n", false)).toEqual([]);
  });

  test("are in a litmus test its condition, written or not", () => {
    const litmus = "X86 A\n{ x=0; }\n P0         ;\n MOV [x],$1 ;\n";
    const [check] = findChecks(`${litmus}exists\n  (x=1)\n`, true);
    expect(check!.text).toBe("exists (x=1)");
    expect(findChecks(litmus, true).map((c) => c.text)).toEqual(["forall (true)"]);
  });
});
