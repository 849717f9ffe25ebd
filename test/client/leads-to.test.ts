import { describe, expect, test } from "vitest";
import { leadsTo } from "../../client/explore/leads-to.ts";
import type { Question } from "../../core/explore/question.ts";
import type { StateDescription } from "../../core/machine/describe.ts";
import { createAdapter } from "../../debugger/session.ts";

const TEXT = "#@ run -t 2 --model tso\n.var x\nmov $1, x\nmov x, %ax\nhalt\n";

/** A debug session that stands at its entry; gives the body of each response. */
function debug() {
  const adapter = createAdapter();
  let seq = 0;
  const request = (command: string, args: object = {}): Record<string, unknown> => {
    const handle = (message: object) =>
      adapter.handle(message as never) as { readonly type: string; body?: object }[];
    const sent = handle({ type: "request", seq: ++seq, command, arguments: args });
    for (let last = sent; last.some((m) => m.type === "read" || m.type === "later"); ) {
      last = handle(last.some((m) => m.type === "read") ? { type: "answer", text: TEXT } : { type: "tick" });
      sent.push(...last);
    }
    return { ...sent.find((m) => m.type === "response")?.body };
  };
  request("initialize", { adapterID: "interleave" });
  request("launch", { program: "/test.s" });
  request("configurationDone");
  return request;
}

const leads = (request: ReturnType<typeof debug>): boolean => {
  const question: Question = {
    text: TEXT,
    name: "test.s",
    values: { model: "tso" },
    models: ["tso"],
    bufferCapacity: 8,
    maxStates: 1000,
    maxBytes: 2 ** 24,
    from: String(request("interleave/schedule")["text"]),
  };
  return leadsTo(question, request("interleave/state") as unknown as StateDescription);
};

describe("The schedule of a debug session leads to its state", () => {
  test("at the entry, after steps and after drains", () => {
    const request = debug();
    expect(leads(request)).toBe(true);
    request("next", { threadId: 1 });
    request("next", { threadId: 2 });
    expect(leads(request)).toBe(true);
    request("interleave/drain", { threadId: 1 });
    expect(leads(request)).toBe(true);
  });

  test("but not where a person has changed a value", () => {
    const request = debug();
    request("setExpression", { expression: "x", value: "7" });
    expect(leads(request)).toBe(false);
  });
});
