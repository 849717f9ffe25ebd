import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf } from "../../core/litmus/cells-of.ts";
import { lowerLitmus } from "../../core/litmus/lower.ts";
import { parseLitmus, parseLitmusInSteps } from "../../core/litmus/parse.ts";
import type { LitmusTree } from "../../core/litmus/tree.ts";
import { atOnce } from "../../core/text/steps.ts";
import { arbitraryText, examples } from "../server/litmus/texts.ts";

const SB = `X86 SB
"Fre PodWR Fre PodWR"
Cycle=Fre PodWR
{ x=0; 0:EBX=y; int *p=&x; }
 P0          | P1          ;
 MOV [x],$1  | MOV [y],$1  ;
 L: MOV EAX,[y] | LOCK; INC [x] ;
locations [x; 0:EAX;]
exists (0:EAX=0 /\\ 1:EAX=0)
`;

const messages = (text: string) =>
  parseLitmus(text).diagnostics.map((d) => `${text.slice(d.range.start, d.range.end)}: ${d.message}`);
const x86 = (row: string, rest = "exists (x=1)") => `X86 T\n{}\n P0 ;\n ${row} ;\n${rest}\n`;

describe("a litmus test", () => {
  it("keeps the place of everything", () => {
    const tree = parseLitmus(SB);
    const at = (r: { start: number; end: number } | undefined) => r && SB.slice(r.start, r.end);
    expect(tree.diagnostics).toEqual([]);
    expect([tree.dialect, at(tree.name?.range), at(tree.doc?.range)]).toEqual([
      "x86",
      "SB",
      '"Fre PodWR Fre PodWR"',
    ]);
    expect(tree.metadata.map((m) => [at(m.key.range), at(m.value.range)])).toEqual([["Cycle", "Fre PodWR"]]);
    expect(tree.initial.map((i) => at(i.range))).toEqual(["x=0", "0:EBX=y", "int *p=&x"]);
    expect(tree.header?.threads.map((t) => at(t.range))).toEqual(["P0", "P1"]);
    const cells = tree.rows.map((row) => cellsOf(row).map((cell) => at(cell.range)));
    expect(cells).toEqual([
      ["MOV [x],$1", "MOV [y],$1"],
      ["L: MOV EAX,[y]", "LOCK; INC [x]"],
    ]);
    const [left, right] = cellsOf(tree.rows[1]!);
    expect(left?.labels.map((l) => at(l.range))).toEqual(["L"]);
    expect(left?.instruction?.operands.map((o) => at(o.range))).toEqual(["EAX", "[y]"]);
    expect([at(right?.instruction?.lock), at(right?.instruction?.mnemonic.range)]).toEqual(["LOCK", "INC"]);
    expect(at(tree.condition?.condition.range)).toBe("exists (0:EAX=0 /\\ 1:EAX=0)");
  });

  it("says what is wrong, where, and what was meant", () => {
    expect(messages(x86("MOVE [x],$1"))).toEqual([
      "MOVE: unknown instruction `MOVE`: did you mean `MOV` or `MOVB` or `MOVW`?",
    ]);
    expect(messages(x86("MOV [x],eax"))).toEqual(["eax: registers are written in upper case here: `EAX`"]);
    expect(messages(x86("MOV x,$1"))).toEqual([
      "x: there is no register `x`; if it is a variable, write `[x]`",
    ]);
    expect(messages(x86("MOV [x],$0x10"))).toEqual(["$0x10: numbers in code are decimal: `$16`"]);
    expect(messages(x86("LOCK MOV [x],$1"))).toEqual([
      "LOCK: `MOV` cannot be locked; `xchg` stores in a locked step",
    ]);
    expect(messages(x86("MOV [x],$1 | MFENCE"))).toEqual([
      "MOV [x],$1 | MFENCE: this row has 2 cells for 1 thread: cells are divided by `|` and may be empty",
    ]);
    expect(messages(x86("MFENCE", "(x=1)"))).toEqual([
      "(: a condition begins with `exists`, `~exists` or `forall`",
    ]);
    expect(messages(x86("MFENCE", "exists (x=1 && y=1)"))).toEqual([
      "&&: `)` is missing here: did you mean `/\\`?",
    ]);
    expect(messages(x86("MFENCE", "exists (x=1 -> y=1)"))).toEqual([
      "->: `)` is missing here: did you mean `=>`?",
    ]);
    expect(messages("x86 T\n{}\n")).toEqual(["x86: tests for `x86` cannot be run here: did you mean `X86`?"]);
    expect(messages("ARM T\n{}\n")).toEqual([
      "ARM: tests for `ARM` cannot be run here; there are X86 and X86_64",
    ]);
    expect(messages("#@ run -t 2\nhalt\n")).toEqual([
      "#@: a litmus test begins with its architecture and its name: `X86 SB`",
    ]);
    expect(messages("X86 T\n P0 ;\n")).toEqual([
      "X86 T: the initial state is missing: `{ x=0; }` or `{}` follows the first lines",
    ]);
    expect(messages("X86 T\n{}\n P0 | P2 ;\n | ;\n")).toEqual(["P2: thread 1 is called `P1`, not `P2`"]);
  });

  it("tells people who know other syntaxes what tests write instead", () => {
    expect(messages(x86("MOV $1,EAX"))).toEqual([
      "$1: `mov` cannot write to a number: X86 tests write the destination first, as in `MOV EAX,$1`",
    ]);
    expect(messages(x86("JB L0"))).toEqual([
      "JB: `JB` cannot be executed here: it compares without signs, which herd's flags cannot tell; use JG, JGE, JL or JLE",
    ]);
    expect(messages("X86_64 T\n{}\n P0 ;\n mov x,%eax ;\n")).toEqual([
      "x: there is no register `x`; if it is a variable, write `(x)`",
    ]);
    expect(messages(x86("MFENCE", "not exists (x=1)"))).toEqual([
      "not: herd writes `~exists`, not `not exists`",
    ]);
    expect(messages(x86("MFENCE", "exists (true)\nlocations [x;]"))).toEqual([
      "locations: `locations` comes earlier: the order is locations, filter, condition",
    ]);
  });

  it("says once, at its place, what is left unfinished", () => {
    expect(messages("X86 T\n{}\n P0 | P1 ;\n LOCK | NOP ;\n")).toEqual([
      "LOCK: an instruction is missing here",
    ]);
    expect(messages("X86 T\n{ x=1;\n P0 ;\n MFENCE ;\nexists (x=1)\n")).toEqual([
      "{: the initial state has no end: `}` is missing",
    ]);
    const open = x86("MFENCE", "exists (0:EAX=1\n\n");
    const [diagnostic] = parseLitmus(open).diagnostics;
    expect(open.slice(0, diagnostic!.range.start)).toMatch(/exists \(0:EAX=1$/);
  });

  it("finds every forgotten semicolon at the end of its line", () => {
    const text =
      "X86 T\n{}\n P0 | P1\n MFENCE | NOP\n\n LOCK INC [x] | MOV [x],\n MFENCE | NOP\nexists (x=1)\n";
    expect(messages(text)).toEqual([
      "1: a row ends with `;`",
      "P: a row ends with `;`",
      ",: a row ends with `;`",
      ": an operand is missing here",
      "P: a row ends with `;`",
    ]);
    expect(messages("X86 T\n{}\n P0\n|\nP1 ;\n MOV\n[x],$1 |\n NOP ;\n")).toEqual([]);
  });

  it("tells what divides threads, items and the parts of a condition, where a comma stands", () => {
    expect(messages("X86 T\n{ x=0, y=0; }\n P0, P1 ;\n | ;\nlocations [x, y]")).toEqual([
      ",: items are divided by `;`, not by `,`",
      "P0, P1: the threads' names are divided by `|`",
      ",: locations are divided by `;`, not by `,`",
    ]);
    expect(messages(x86("MFENCE", "exists (x=1, y=1)"))).toEqual([
      ",: the parts of a condition are joined by `/\\` or `\\/`",
    ]);
  });

  it("never cuts a character in two", () => {
    expect(messages(x86("MFENCE", "exists (😀=1)"))).toEqual([
      "😀: a location is missing here, such as `0:EAX` or `x`, not `😀`",
    ]);
  });

  it("begins its initial state at the first brace that is in no doc string and no metadata, also in the first line", () => {
    const braces = (text: string) => {
      const { initialRange, diagnostics } = parseLitmus(text);
      return [text.slice(initialRange!.start, initialRange!.end), ...diagnostics];
    };
    const rest = "\n P0 ;\n MFENCE ;\n";
    expect(braces(`X86 T "{" { x=1; }${rest}`)).toEqual(["{ x=1; }"]);
    expect(braces(`X86 T\n"a {doc} string"\nOrig={y=1}\n{ x=1; }${rest}`)).toEqual(["{ x=1; }"]);
  });

  it("reports every mistake, not only the first", () => {
    const text = "X86 T\n{ x==; y=1; }\n P0 | P1 ;\n FOO | MOV EAX, ;\n MOV [x | BAR ;\nexists (0:=1)\n";
    expect(parseLitmus(text).diagnostics.map((d) => d.code)).toEqual([
      "bad-initial-state",
      "unknown-instruction",
      "missing-operand",
      "bad-memory-operand",
      "unknown-instruction",
      "bad-condition",
    ]);
  });

  it("reports a missing operand and does not lower the instruction", () => {
    for (const row of ["MOV [x]", "XADD EAX", "CMPXCHG [x]", "INC", "JE", "SETNB"]) {
      expect(lowerLitmus(parseLitmus(x86(row))).diagnostics.map((d) => d.code)).toContain("operand-count");
    }
  });

  it("never throws, whatever the text, and ranges lie inside the text", () => {
    const piece = fc.constantFrom(
      ..."X86 SB|X86_64|\n|{|}| P0 | P1 ;\n|;| MOV [x],$1 |LOCK;|(*|*)|exists|(|)|/\\|not |0:EAX|=|locations [|]|filter |L0:|,|%|[|t[2]={1,2}|\0|é".split(
        "|",
      ),
      "|",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 60 }).map((p) => p.join("")),
    );
    fc.assert(
      fc.property(text, (t) => {
        const { diagnostics } = lowerLitmus(parseLitmus(t));
        for (const { range } of diagnostics) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThanOrEqual(t.length);
          expect(range.start).toBeLessThanOrEqual(range.end);
        }
      }),
      { numRuns: 1000 },
    );
  });

  /** Parses a text with the help of an earlier version of it; what comes of it must not depend on that. */
  function reparsed(text: string, earlier: LitmusTree): LitmusTree {
    const tree = atOnce(parseLitmusInSteps(text, earlier));
    const fresh = parseLitmus(text);
    expect(tree).toEqual(fresh);
    return tree;
  }

  it("is after every edit what it would be if it were read afresh", () => {
    const edit = fc.record({ from: fc.nat(400), length: fc.nat(30), text: arbitraryText });
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.array(edit, { maxLength: 5 }), (opened, edits) => {
        let tree = parseLitmus(opened);
        for (const { from, length, text } of edits) {
          tree = reparsed(tree.text.slice(0, from) + text + tree.text.slice(from + length), tree);
        }
      }),
    );
  });

  it("is that, too, where there are more unknown words than suggestions", () => {
    const rows = (n: number, word: string) => Array(n).fill(` ${word} [x],$1 ;\n`).join("");
    const text = (known: number) => x86(`NOP ;\n${rows(known, "MOV")}${rows(400 - known, "MOVE")} NOP`);
    let tree = parseLitmus(text(0));
    for (const known of [150, 250, 390, 100]) tree = reparsed(text(known), tree);
  });

  it("reads rows that it knows no second time, wherever they stand", () => {
    const before = parseLitmus(x86("MOV [x],$1 ;\n MFENCE"));
    const after = reparsed(x86("NOP ;\n MOV [x],$1 ;\n MFENCE", "exists (x=2)"), before);
    expect(after.rows.slice(1).map((row) => row.content)).toEqual(before.rows.map((row) => row.content));
    expect(after.rows[2]!.content).toBe(before.rows[1]!.content);
    const other = reparsed(x86("MOV [x],$1 ;\n MFENCE").replace("X86", "X86_64"), before);
    expect(other.rows[0]!.content).not.toBe(before.rows[0]!.content);
  });

  it("has at most a million characters", () => {
    const rows = (n: number) => x86(`NOP${" ".repeat(n)}`);
    expect(messages(rows(990_000))).toEqual([]);
    expect(messages(rows(1_000_000))).toEqual([
      "X: a test has at most 1,000,000 characters; this one has 1,000,035, and is not read",
    ]);
  });

  it("takes time linear in the text", () => {
    const noise = ["(*", "|", ";", "{", "exists (", "lock ", "MOV [x],$1 ;\n", "~", "P0:", "0:EAX=1 /\\ "];
    for (const word of noise) {
      const text = `X86 T\n{}\n P0 ;\n${word.repeat(20_000)}`;
      const began = performance.now();
      parseLitmus(text);
      parseLitmus(text.replace(" P0 ;", `${word.repeat(10_000)} P0 ;`));
      expect(performance.now() - began).toBeLessThan(3000);
    }
  });
});
