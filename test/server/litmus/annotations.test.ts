import { expect, test } from "vitest";
import { documentLinks } from "../../../server/features/document-links.ts";
import { inlayHints } from "../../../server/litmus/inlay-hints.ts";
import { inlineValues } from "../../../server/litmus/inline-values.ts";
import { DEFAULT_SETTINGS } from "../../../server/settings.ts";
import { createClient } from "../../debugger/client.ts";
import { mark } from "../fixture.ts";
import { fixture, x86, x86_64 } from "./fixture.ts";

test("links in comments go to the web and to tests beside this one", () => {
  const { document } = fixture(x86("NOP ; (* see other.litmus and https://example.org/x86 *)"));
  expect(documentLinks(document).map((l) => l.target)).toEqual([
    "file:///tests/other.litmus",
    "https://example.org/x86",
  ]);
});

test("inlay hints say where jumps go, unless they are switched off", () => {
  const marked = x86("L0: NOP ;\n JNE «L0» ;\n JMP «L1» ;\n JE L2 ;\n L1: NOP ;");
  const { document, ranges } = fixture(marked);
  const everything = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  const settings = DEFAULT_SETTINGS.inlayHints;
  const hints = inlayHints(document, everything, settings);
  expect(hints.map((h) => h.label)).toEqual(["↑ line 4", "↓ line 8"]);
  expect(hints.map((h) => h.position)).toEqual(ranges.map((r) => r.end));
  expect(inlayHints(document, { start: ranges[1]!.start, end: ranges[1]!.end }, settings)).toHaveLength(1);
  expect(inlayHints(document, everything, { ...settings, targets: false })).toEqual([]);
});

/** The inline values where a test written with `┃` stops. */
function valuesAt(marked: string) {
  const { document, cursor } = fixture(marked);
  const context = { frameId: 1, stoppedLocation: { start: cursor, end: cursor } };
  const values = inlineValues(document, context) as { range: never; expression: string }[];
  return {
    text: document.text,
    marked: mark(
      document,
      values.map((v) => v.range),
    ),
    expressions: values.map((v) => v.expression),
  };
}

test("inline values are those of the instruction at which the debugger stands, and of no other thread", () => {
  const header = "X86 T\n{ x=0; }\n P0 | P1 ;\n";
  const { marked, expressions } = valuesAt(`${header} MOV EAX,[x] | ┃MOV [x],EBX ;\n`);
  expect(marked).toBe(`${header} MOV EAX,[x] | MOV «[x]»,«EBX» ;\n`);
  expect(expressions).toEqual(["[x]", "EBX"]);
});

test.each([
  x86("┃MOV EAX,[x] ;"),
  x86("┃MOV [EBX],$1 ;").replace("{ ", "{ 0:EBX=x; "),
  x86_64("┃movl 0(%rbx),%eax ;").replace("{ ", "{ 0:rbx=x; "),
])("the debugger evaluates the expressions of inline values: %s", (test) => {
  const { text, expressions } = valuesAt(test);
  const client = createClient({ "/t.litmus": text });
  client.request("initialize");
  client.request("launch", { program: "/t.litmus" });
  client.request("configurationDone");
  const frames = client.request<{ stackFrames: { id: number }[] }>("stackTrace", { threadId: 1 });
  const frameId = frames.stackFrames[0]!.id;
  expect(expressions.length).toBeGreaterThan(0);
  for (const expression of expressions) {
    client.request("evaluate", { expression, frameId, context: "watch" });
  }
});
