import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WARNINGS } from "../../core/analysis/warnings.ts";
import { diagnostics } from "../../server/features/diagnostics.ts";
import { fixture, mark } from "./fixture.ts";

/** The text with `«…»` around everything that has the code. */
function marked(code: string, text: string): string {
  const { document } = fixture(text);
  const found = diagnostics(document, { warnings: {} }).filter((d) => d.code === code);
  return mark(
    document,
    found.map((d) => d.range),
  );
}

/** Expects the warning at the ranges that the text marks, and nowhere else. */
const expectAt = (code: string, text: string): void => expect(marked(code, text)).toBe(text);

const expectNone = (code: string, text: string): void => expectAt(code, text);

const LOCK = ".var flag\n.acquire\n«mov flag, %ax»\ntest $0, %ax\njne .acquire\nmov $1, flag\nhalt";

const unmarked = (text: string): string => text.replace(/[«»]/g, "");

describe("names", () => {
  test("a name that is declared again is reported where it does not count", () => {
    expectAt("duplicate-label", "«.a»\nnop\n.a\nj .a");
    expectAt("duplicate-variable", ".var «x»\n.var «x» 2\n.var x\nmov x, %ax\nhalt");
  });

  test("labels and variables that nothing uses are reported", () => {
    expectAt("unused-label", "nop\n«.a»\nnop\n.b\nj .b");
    expectAt("unused-variable", ".var «x»\n.var y\nmov y, %ax\nhalt");
  });

  test("the label of the first instruction, `#@` lines and addresses count as uses", () => {
    expectNone("unused-label", "#@ mutex .a .b\n.main\nnop\n.a\nnop\n.b\nhalt");
    expectNone("unused-variable", "#@ exists (x = 1)\n.var x\n.var y 2\nmov 108, %ax\nhalt");
  });
});

describe("ways through the program", () => {
  test("code that no thread comes to is reported in one piece", () => {
    expectAt("unreachable-code", "j .end\n«nop\nnop»\n.end\nhalt\n«nop»");
  });

  test("a routine is reached by its call, and what follows the call by its `ret`", () => {
    expectNone("unreachable-code", "call .f\nhalt\n.f\nret");
    expectAt("unreachable-code", "call .f\n«nop»\n.f\nhalt");
  });

  test("a program that goes on behind its last instruction is reported", () => {
    expectAt("falls-off-end", "nop\n«nop»");
    expectAt("falls-off-end", "«j .end»\nhalt\n.end");
    expectAt("falls-off-end", ".top\ntest $0, %ax\n«je .top»");
    expectNone("falls-off-end", "nop\nhalt");
  });

  test("a program without a reachable `halt` is reported", () => {
    expectAt("no-halt", ".top\nnop\n«j .top»");
    expectNone("no-halt", ".top\ntest $1, %ax\nje .top\nhalt");
  });

  test("a loop that nothing leads out of is reported at its end", () => {
    expectAt("endless-loop", "test $0, %ax\nje .end\n.top\nnop\n«j .top»\n.end\nhalt");
    expectAt("endless-loop", ".top\n«j .top»");
    expectNone("endless-loop", ".top\ntest $0, %ax\nje .top\nhalt");
  });

  test("a conditional jump that no `test` comes before is reported", () => {
    expectAt("jump-before-test", ".top\n«jne .top»\ntest $0, %ax\nje .end\nnop\n.end\nhalt");
    expectNone("jump-before-test", ".top\njne .end\ntest $0, %ax\nj .top\n.end\nhalt");
    expectNone("jump-before-test", "call .f\nje .end\n.end\nhalt\n.f\ntest $0, %ax\nret");
    expectNone("jump-before-test", ".var m\ncmpxchg %bx, m\njne .end\n.end\nhalt");
  });

  test("a call of code without a `ret` is reported", () => {
    expectAt("call-without-ret", "«call .f»\nhalt\n.f\nhalt");
    expectNone("call-without-ret", "call .f\nhalt\n.f\ncall .g\nret\n.g\nret");
  });
});

describe("the stack", () => {
  test("a routine that leaves something on it is reported at its `ret`", () => {
    expectAt("unbalanced-stack", "call .f\nhalt\n.f\npush %ax\n«ret»");
    expectNone("unbalanced-stack", "call .f\nhalt\n.f\npush %ax\npop %ax\nret");
  });

  test("each way counts", () => {
    expectAt("unbalanced-stack", "call .f\nhalt\n.f\ntest $0, %ax\nje .out\npush %ax\n.out\n«ret»");
  });

  test("a loop that pushes more than it pops is reported where it comes back", () => {
    expectAt("unbalanced-stack", ".top\n«push %ax»\ntest $0, %ax\nje .top\nhalt");
  });

  test("a `pop` of nothing and a `ret` without a call are reported", () => {
    expectAt("unbalanced-stack", "«pop %ax»\nhalt");
    expectAt("unbalanced-stack", "«ret»");
    expectAt("unbalanced-stack", "call .f\nhalt\n.f\n«pop %ax»\nret");
  });

  test("moving `%sp` by a constant counts as cells, and by anything else ends the judgement", () => {
    expectNone("unbalanced-stack", "call .f\nhalt\n.f\nsub $8, %sp\npop %ax\npop\nret");
    expectAt("unbalanced-stack", "call .f\nhalt\n.f\nsub $8, %sp\npop\n«ret»");
    expectNone("unbalanced-stack", "call .f\nhalt\n.f\nmov %sp, %bp\npush %ax\nmov %bp, %sp\nret");
  });
});

describe("memory", () => {
  test("a store to the address of an instruction is reported, wherever the program is loaded", () => {
    expectAt("store-into-code", "«mov $1, 1001»\nhalt");
    expectAt("store-into-code", "#@ run -L 2000\n«mov $1, 2001»\nhalt");
    expectNone("store-into-code", "#@ run -L 2000\nmov $1, 1001\nhalt");
  });

  test("a cell that is read and never written is reported once", () => {
    expectAt("never-written", ".var x\n«mov x, %ax»\nmov x, %bx\nhalt");
    expectNone("never-written", ".var x\nmov x, %ax\nmov %ax, 100\nhalt");
    expectNone("never-written", ".var x\nlea x, %bx\nmov $1, 0(%bx)\nmov x, %ax\nhalt");
  });

  test("`push` of a memory operand is reported", () => {
    expectAt("push-address", ".var x\n«push x»\nhalt");
  });

  test("addresses between cells and addresses of variables are reported", () => {
    expectAt("unaligned-address", "mov «2001», %ax\nmov 2000, %ax\nhalt");
    expectAt("overlaps-variable", ".var x 2\nmov «100», %ax\nmov «104», %ax\nmov 108, %ax\nhalt");
  });
});

describe("checks", () => {
  test("a check of a cell that is nobody's is reported, unless an instruction might come to it", () => {
    expectAt("untouched-cell", "#@ exists ([2000] = 1 /\\ «[2004]» = 1)\nmov $1, 2000\nhalt");
    expectAt("untouched-cell", ".var x\n#@ always («[99999999]» = 0 /\\ [100] = 0)\nmov x, %ax\nhalt");
    expectNone("untouched-cell", "#@ exists ([2004] = 1)\nmov $1, 4(%bx)\nhalt");
    expectNone("untouched-cell", "#@ exists ([996] = 1)\npush %ax\nhalt");
  });
});

describe("locks and reordering", () => {
  test("load, test and store of one cell is reported as a lock at its load", () => {
    expectAt("plain-lock", LOCK);
    expectAt("plain-lock", LOCK.replace("jne .acquire", "je .free\nhalt\n.free"));
  });

  test("it is no lock with `xchg`, in a computation, or when a single thread runs", () => {
    expectNone("plain-lock", ".var m\n.top\nmov $1, %ax\nxchg %ax, m\ntest $0, %ax\njne .top\nhalt");
    expectNone(
      "plain-lock",
      ".var n\nmov n, %ax\ntest $9, %ax\njgt .end\nadd $1, %ax\nmov %ax, n\n.end\nhalt",
    );
    expectNone("plain-lock", `#@ run -t 1\n${unmarked(LOCK)}`);
  });

  test("a load that can overtake a store to another cell is reported, as information", () => {
    const text = ".var x\n.var y\nmov $1, x\n«mov y, %ax»\nhalt";
    expectAt("may-reorder", text);
    const [found] = diagnostics(fixture(text).document, { warnings: {} }).filter(
      (d) => d.code === "may-reorder",
    );
    expect(found?.severity).toBe(3);
    expect(found?.relatedInformation?.[0]?.location.range.start.line).toBe(2);
  });

  test("also round a loop, and where one of the cells is computed", () => {
    expectAt(
      "may-reorder",
      ".var x\n.var y\n.top\n«mov y, %ax»\ntest $0, %ax\nje .end\nmov $1, x\nj .top\n.end\nhalt",
    );
    expectAt("may-reorder", ".var turn\nmov $1, 0(%fx,%bx,4)\nmov %cx, turn\n«mov 0(%fx,%cx,4), %ax»\nhalt");
  });

  test("a fence, a locked instruction, the same cell, and the stack keep the order", () => {
    const between = (middle: string) => `.var x\n.var y\nmov $1, x\n${middle}\nmov y, %ax\nhalt`;
    expectNone("may-reorder", between("mfence"));
    expectNone("may-reorder", between("xchg %bx, y"));
    expectNone("may-reorder", ".var x\nmov $1, x\nmov x, %ax\nhalt");
    expectNone("may-reorder", ".var x\npush %ax\nmov x, %ax\npop %bx\nhalt");
  });
});

describe("what is shown", () => {
  test("a comment on the line or right above silences a warning, and no other", () => {
    expectNone("push-address", ".var x\npush x # on purpose, allow(push-address)\nhalt");
    expectNone("push-address", ".var x\n# allow(never-written, push-address)\npush x\nhalt");
    expectAt("push-address", ".var x\n«push x» # allow(never-written)\n«push x»\nhalt");
  });

  test("a comment silences an unknown `#@` line", () => {
    expectNone("unknown-directive", "# allow(unknown-directive)\n#@ grade 7\nhalt");
    expectNone("unknown-directive", "#@ grade 7 allow(unknown-directive)\nhalt");
  });

  test("a setting changes the severity or switches a warning off", () => {
    const { document } = fixture(".var x\npush x\nhalt");
    const severities = (warnings: Record<string, "error" | "off">) =>
      diagnostics(document, { warnings })
        .filter((d) => d.code === "push-address")
        .map((d) => d.severity);
    expect(severities({})).toEqual([2]);
    expect(severities({ "push-address": "error" })).toEqual([1]);
    expect(severities({ "push-address": "off" })).toEqual([]);
  });

  test("a warning links to its section of the documentation", () => {
    const { document } = fixture("nop");
    const [found] = diagnostics(document, { warnings: {}, documentation: "file:///docs/warnings.md" });
    expect(found?.codeDescription?.href).toBe("file:///docs/warnings.md#falls-off-end");
  });

  test("all errors come at once", () => {
    const { document } = fixture("#@ exists (y = 1)\nmvo $1, %ax\nj .nowhere\nmov count, %zx\nhalt");
    expect(
      diagnostics(document, { warnings: {} })
        .map((d) => d.code)
        .toSorted(),
    ).toEqual(["bad-check", "unknown-instruction", "unknown-label", "unknown-register", "unknown-variable"]);
  });

  test("ways through the program are judged where a line with an error is not on them", () => {
    expectAt("unreachable-code", "mvo\nj .end\n«nop\nnop»\n.end\nhalt\n«nop»");
    expectAt("jump-before-test", "«jne .end»\nmvo\n.end\nhalt");
    expectAt("falls-off-end", "mvo\nnop\n«nop»");
    expectAt("endless-loop", "mvo\n.top\nnop\n«j .top»");
    expectAt("no-halt", ".top\nnop\nj .top\n«mvo»");
    expectAt("call-without-ret", "mvo\n«call .f»\nhalt\n.f\nhalt");
    expectAt("plain-lock", `mvo\n${LOCK}`);
    expectAt("may-reorder", ".var x\n.var y\nmvo\nmov $1, x\n«mov y, %ax»\nhalt");
    expectAt("unbalanced-stack", "call .f\nmvo\nhalt\n.f\npush %ax\n«ret»");
  });

  test("a line with an error may come to be what a way lacks", () => {
    expectNone("unreachable-code", "jj .a\nhalt\n.a\nhalt");
    expectNone("unreachable-code", "j .a\nhalt\nnop\nhalt");
    expectNone("unreachable-code", "call .a\nhalt\na:\nret");
    expectNone("jump-before-test", "tset $0, %ax\njne .end\n.end\nhalt");
    expectNone("jump-before-test", "call .f\njne .end\n.end\nhalt\n.f\ntset $0, %ax\nret");
    expectNone("falls-off-end", "nop\nhal");
    expectNone("no-halt", ".top\nnop\njen .end\nj .top\n.end\nhatl");
    expectNone("endless-loop", ".top\ntset $0, %ax\nj .top");
    expectNone("call-without-ret", "call .f\nhalt\n.f\nret1");
    expectNone("plain-lock", unmarked(LOCK).replace("test $0, %ax", "tset $0, %ax"));
    expectNone("may-reorder", ".var x\n.var y\nmov $1, x\nmfenec\nmov y, %ax\nhalt");
    expectNone("unbalanced-stack", "call .f\nhalt\n.f\npush %ax\npo %ax\nret");
    expectNone("untouched-cell", "#@ exists ([2000] = 1)\nmvo $1, 2000\nhalt");
  });

  test("ways are not judged where an instruction stands behind a label", () => {
    expectNone("falls-off-end", "nop\n.end halt");
  });

  test("a program of one thread needs no locks, and one whose run line has an error may be one", () => {
    expectNone("plain-lock", `#@ run -t 1\n${unmarked(LOCK)}`);
    expectNone("plain-lock", `#@ run -t\n${unmarked(LOCK)}`);
    expectNone("bad-check", "#@ run -t 4 -\n#@ exists (3:ax = 1)\nhalt");
  });

  test("what a line or a name tells by itself is judged while there are errors, too", () => {
    expectAt("unused-variable", ".var «x»\n.var y\nmov y, %ax\nmov %zx, %ax");
    expectAt("unused-label", "nop\n«.a»\nmov %zx, %ax");
    expectAt("duplicate-variable", ".var «x»\n.var x\nmov %zx, %ax");
    expectAt("push-address", ".var x\n«push x»\nmov %zx, %ax");
    expectAt("store-into-code", "«mov $1, 1001»\nnop\nmov %zx, %ax");
    expectAt("never-written", ".var x\n«mov x, %ax»\nmov %zx, %ax");
  });

  test("a cell that a line with an error may come to write is not called unwritten", () => {
    expectNone("never-written", ".var x\nmov x, %ax\nmov %zx, x");
    expectNone("never-written", ".var count\nmov count, %ax\nmov $1, cuont");
    expectNone("never-written", "mov 2000, %ax\nmvo $1, 2000");
    expectNone("never-written", "mov 2000, %ax\nmvo $1, (%bx)");
  });

  test("a name that a line with an error holds, or may have meant, is not called unused", () => {
    expectNone("unused-variable", ".var count\nmov cuont, %ax\nhalt");
    expectNone("unused-variable", ".var count\nmov count %ax\nhalt");
    expectNone("unused-label", "nop\n.top\nj .tpo");
  });

  test("of thousands of problems the first thousand are shown, and how many more there are", () => {
    const { document } = fixture("x\n".repeat(1500));
    const shown = diagnostics(document, { warnings: {} });
    expect(shown).toHaveLength(1001);
    expect(shown.at(-1)?.message).toBe("500 more problems are not shown");
  });

  test("fading text is tagged as unnecessary", () => {
    const { document } = fixture("halt\nnop");
    expect(diagnostics(document, { warnings: {} })[0]).toMatchObject({ code: "unreachable-code", tags: [1] });
  });
});

test("a `#@` line that says nothing sensible is an error where the mistake is", () => {
  const program = "nop\n.in\nnop\n.out\nhalt";
  expectAt("bad-check", `#@ mutex .in «.ou»\n${program}`);
  expectAt("bad-check", `#@ exists («x» = 1)\n${program}`);
  expectAt("bad-check", `#@ exists («2»:ax = 1)\n${program}`);
  expectAt("bad-run-line", `#@ run «-t zwei»\n${program}`);
  expectAt("unknown-directive", `#@ «exits» (0:ax = 1)\n${program}`);
  expect(fixture(`#@ exists (0:ax = \n${program}`).document.errors).toHaveLength(1);
});

test("every kind of warning has a name of its own", () => {
  expect(new Set(WARNINGS.map((w) => w.code)).size).toBe(WARNINGS.length);
});

const WAYS = new Set([
  "unreachable-code",
  "jump-before-test",
  "falls-off-end",
  "no-halt",
  "endless-loop",
  "plain-lock",
  "may-reorder",
  "call-without-ret",
  "unbalanced-stack",
]);

/** What is said of ways through a program: each kind of warning with each instruction that it stands at, but for one line. */
function waysWarnings(text: string, except: number): string[] {
  const { document } = fixture(text);
  const isJudged = (line: number) => line !== except && !document.lines.lineText(line).startsWith(".");
  return diagnostics(document, { warnings: {} })
    .filter(({ code }) => WAYS.has(String(code)))
    .flatMap(({ code, range: { start, end } }) =>
      Array.from({ length: end.line - start.line + 1 }, (_, i) => start.line + i)
        .filter(isJudged)
        .map((line) => `${code} ${line}`),
    );
}

const instruction = fc.constantFrom(
  ..."mov $1, x|mov x, %ax|mov %ax, y|mov y, %bx|xchg %ax, x|mfence|test $0, %ax|je .a|jne .b|jgt .c|call .c|call .b|push %ax|pop %bx|sub $4, %sp|nop".split(
    "|",
  ),
);
const end = fc.constantFrom("nop", "nop", "j .a", "j .b", "j .c", "ret", "halt");

/** Programs in which everything leads everywhere: a part before each of three labels and one behind them. */
const tangles = fc
  .array(fc.tuple(fc.array(instruction, { maxLength: 5 }), end), { minLength: 4, maxLength: 4 })
  .map((parts) => [
    ".var x",
    ".var y",
    ...parts.flatMap(([part, last], i) => [...part, last, [".a", ".b", ".c"][i] ?? "halt"]),
  ]);

const isOfStack = (warning: string): boolean => warning.startsWith("unbalanced-stack");

test("a program with one broken line has no warning about ways that the whole program does not have", () => {
  fc.assert(
    fc.property(tangles, fc.nat(40), fc.nat(6), fc.constantFrom("", "x"), (lines, at, length, more) => {
      const broken = at % lines.length;
      const text = lines.map((line, i) => (i === broken ? line.slice(0, length) + more : line)).join("\n");
      const whole = new Set(waysWarnings(lines.join("\n"), broken));
      // What is wrong with code that no thread comes to shows as soon as a thread may come to it.
      fc.pre(fixture(text).document.errors.length > 0 && ![...whole].some((w) => w.startsWith("unreach")));
      // Of several things that are wrong with a stack only the first is told.
      const isKnown = (warning: string) =>
        whole.has(warning) || (isOfStack(warning) && [...whole].some(isOfStack));
      expect(waysWarnings(text, broken).filter((warning) => !isKnown(warning))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
