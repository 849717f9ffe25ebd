import { TextDocument } from "vscode-languageserver-textdocument";
import { indexLitmusNames } from "../core/litmus/names.ts";
import { atOnce } from "../core/text/steps.ts";
import { readDocument } from "../server/document.ts";
import { codeLenses } from "../server/features/code-lens.ts";
import { complete } from "../server/features/completion/complete.ts";
import { diagnostics } from "../server/features/diagnostics.ts";
import { foldingRanges } from "../server/features/folding.ts";
import { formatDocument } from "../server/features/formatting.ts";
import { inlayHints } from "../server/features/inlay-hints.ts";
import { references } from "../server/features/navigation.ts";
import { semanticTokens } from "../server/features/semantic-tokens.ts";
import { documentSymbols } from "../server/features/symbols.ts";
import { type LitmusDocument, readLitmus, readLitmusInSteps } from "../server/litmus/document.ts";
import * as litmus from "../server/litmus/features.ts";
import { litmusTokens } from "../server/litmus/semantic-tokens.ts";
import { DEFAULT_SETTINGS } from "../server/settings.ts";
import type { Benchmark } from "./harness.ts";

const LINES = 5000;
const SECTION = [
  "# takes the lock, counts, gives it back",
  ".var count#",
  ".acquire#",
  "  mov $1, %ax",
  "  xchg %ax, mutex",
  "  test $0, %ax",
  "  jne .acquire#",
  "  mov count#, %dx   # one more",
  "  add $1, %dx",
  "  mov %dx, count#",
  "  mov 4(%fx,%cx,4), %ax",
  "  mov $0, mutex",
  "  call .routine",
  "",
];

/**
 * Many locks in a row and a routine at the end: 5,000 lines with names, warnings and all kinds of operands. The code lies behind all the
 * variables, so that there is no error and every warning is looked for.
 */
function longProgram(): string {
  const lines = ["#@ run -t 2 -L 4000", ".var mutex"];
  for (let i = 0; lines.length + SECTION.length + 4 <= LINES; i++) {
    lines.push(...SECTION.map((line) => (line.startsWith("#") ? line : line.replaceAll(/(\w)#/g, `$1${i}`))));
  }
  lines.push("  halt", ".routine", "  push %ax", "  pop %ax", "  ret");
  return lines.join("\n");
}

const TEXT = longProgram();
const URI = "file:///long.s";

const middle = { line: LINES / 2, character: 4 };
const everything = { start: { line: 0, character: 0 }, end: { line: LINES, character: 0 } };

/** So many keystrokes are one run: few are too short for the clock of user CPU time. */
const KEYSTROKES = 10;

/** The edit that a keystroke makes, and all that is worked out before its diagnostics can be shown. */
function keystroke(key: string): void {
  const text = TextDocument.create(URI, "interleave-asm", 1, TEXT);
  const edit = { range: { start: middle, end: middle }, text: key };
  diagnostics(readDocument(URI, TextDocument.update(text, [edit], 2).getText()), { warnings: {} });
}

const keystrokes = (name: string, key: string): Benchmark => ({
  name: `server: ${name}`,
  amount: KEYSTROKES,
  unit: "answers",
  run: () => {
    for (let i = 0; i < KEYSTROKES; i++) keystroke(key);
  },
});

/** One request on a document that was read before. */
const requestOn =
  <D>(document: D, requests: number) =>
  (name: string, work: (document: D) => unknown): Benchmark => ({
    name: `server: ${name}`,
    amount: requests,
    unit: "answers",
    run: () => {
      for (let i = 0; i < requests; i++) work(document);
    },
  });

/** A test of as many rows, each with an instruction of each of four threads, of which hardly any two are the same. */
function longTest(): string {
  const instructions = (i: number) => [
    `MOV [x${i % 9}],$${i}`,
    i % 10 === 0 ? `L${i}: JNE L${i}` : `MOV EAX,[x${i % 8}]`,
    `XADD [x${i % 7}],EBX`,
    `CMP ECX,$${i}`,
  ];
  const rows = Array.from({ length: LINES - 4 }, (_, i) => ` ${instructions(i).join(" | ")} ;`);
  return ["X86 Long", "{ x0=1; }", " P0 | P1 | P2 | P3 ;", ...rows, "exists (x0=2)"].join("\n");
}

const TEST = longTest();

/** Keystrokes in a test, each of which finds the version before it read: one key, and the next takes it back. */
const testKeystrokes = (name: string, key: string): Benchmark => {
  let document = readLitmus("file:///long.litmus", TEST);
  let text = TextDocument.create(document.uri, "litmus", 0, TEST);
  const typed = { start: middle, end: { ...middle, character: middle.character + 1 } };
  const edits = [
    { range: { start: middle, end: middle }, text: key },
    { range: typed, text: "" },
  ];
  return {
    name: `server: ${name}`,
    amount: KEYSTROKES,
    unit: "answers",
    run: () => {
      for (let i = 0; i < KEYSTROKES; i++) {
        text = TextDocument.update(text, [edits[i % 2]!], text.version + 1);
        document = atOnce(readLitmusInSteps(document.uri, text.getText(), document));
        diagnostics(document, { warnings: {} });
      }
    },
  };
};

const request = requestOn(readDocument(URI, TEXT), 500);
const testRequest = requestOn<LitmusDocument>(readLitmus("file:///long.litmus", TEST), 50);

export default [
  keystrokes("diagnostics after a keystroke in 5,000 lines", " "),
  keystrokes("diagnostics after a keystroke that is an error in 5,000 lines", "?"),
  request("completion in 5,000 lines", (document) => complete(document, middle)),
  request("semantic tokens of 5,000 lines", semanticTokens),
  request("formatting 5,000 lines", (document) =>
    formatDocument(document, { tabSize: 4, insertSpaces: true }),
  ),
  request("symbols of 5,000 lines", documentSymbols),
  request("folding of 5,000 lines", foldingRanges),
  request("code lenses of 5,000 lines", codeLenses),
  request("all inlay hints of 5,000 lines", (document) =>
    inlayHints(document, everything, { ...DEFAULT_SETTINGS.inlayHints, addresses: true, variables: true }),
  ),
  request("references of the most used name", (document) =>
    references(document, { line: 1, character: 6 }, { includeDeclaration: true }),
  ),
  testKeystrokes("diagnostics after a keystroke in a test of 20,000 instructions", " "),
  testKeystrokes("diagnostics after a keystroke that makes an error there, or mends it", "?"),
  testRequest("the places of all names there", ({ tree }) => indexLitmusNames(tree)),
  testRequest("completion there", (document) => litmus.complete(document, middle)),
  testRequest("semantic tokens there", litmusTokens),
  testRequest("formatting there", (document) => atOnce(litmus.formatDocument(document))),
  testRequest("symbols there", litmus.documentSymbols),
  testRequest("all inlay hints there", (document) =>
    litmus.inlayHints(document, everything, DEFAULT_SETTINGS.inlayHints),
  ),
];
