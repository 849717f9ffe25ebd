import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assemble } from "../../core/asm/assemble.ts";
import { parse } from "../../core/asm/parse.ts";
import { INSTRUCTIONS } from "../../core/isa/instruction-set.ts";
import { formatDiagnostic } from "../../core/text/diagnostic.ts";
import { programText } from "../support/programs.ts";

/** The messages of a text, each with the source it points at. */
const complaints = (text: string): string[] =>
  assemble(parse(text)).diagnostics.map((d) => `${text.slice(d.range.start, d.range.end)} | ${d.message}`);

describe("the parser of the .s dialect", () => {
  it.each([
    ["mov count, 2000", "count, 2000 | `mov` cannot move memory to memory; go through a register"],
    ["mov %ax, $1", "the second operand of `mov` is where the value goes"],
    ["mov .top, %ax", "`mov` cannot move a label"],
    ["mov %ax", "`mov` takes two operands, divided by a comma"],
    ["j .c\n.a\n.c:\nhalt", ".c | unknown label `.c`: did you mean `.c:` or `.a`?"],
    ["#@", "this `#@` line says nothing; there are run, exists"],
    ["mov $1, %gx", "%gx | `%gx` is not a register: did you mean"],
    ["mov $1, %eax", "%eax | `%eax` is not a register: did you mean `%ax`?"],
    ["mov $0x10, %ax", "$0x10 | numbers are decimal here: `$16`"],
    ["mov $, %ax", "$ | `$` must be followed by a decimal number"],
    ["mov 0x10, %ax", "0x10 | `0x10` is not a decimal address: did you mean `16`?"],
    ["mov count(%ax), %bx", "a variable takes no offset or index"],
    ["mov 4(%ax,%bx,2,2), %cx", "an address has at most a base, an index and a scale"],
    ["mov 4(%ax, %bx", "the parenthesis is not closed"],
    ["mov 4((%ax)), %bx", "one pair of parentheses at most"],
    ["mov 4(%ax)junk, %bx", "nothing may follow the closing parenthesis"],
    ["lea 8(%ax,%bx,4), %cx", "only `mov` understands an index"],
    ["xchg %ax, 4(%bx,%cx,8)", "only `mov` understands an index"],
    ["add count, %ax", "`add` works on registers only; load the value with `mov` first"],
    ["xchg count, %ax", "`xchg` takes the register first and the memory operand second"],
    ["xchg %ax", "`xchg` takes two operands"],
    ["j 1000", "`j` goes to a label, which begins with a dot"],
    ["j .tpo", ".tpo | unknown label `.tpo`: did you mean `.top`?"],
    ["mov cuont, %ax", "cuont | no variable is declared with the name `cuont`: did you mean `count`?"],
    ["mvo $1, %ax", "mvo | unknown instruction `mvo`: did you mean `mov`?"],
    ["jmp .top", "jmp | there is no `jmp` here; use `j`"],
    ["MOV $1, %ax", "MOV | instructions are written in lower case: `mov`"],
    ["mov $5 %ax", "$5 %ax | operands are divided by a comma"],
    ["mov 4 (%ax) 2000", "nothing may follow the closing parenthesis"],
    ["mov $5, ax", "ax | no variable is declared with the name `ax`; the register is written `%ax`"],
    [
      "mov count[1], %ax",
      "count[1] | no variable is declared with the name `count[1]`; a variable takes no index",
    ],
    ["mov [2000], %ax", "[2000] | memory is written without brackets: `2000`"],
    ["mov [%bx], %ax", "[%bx] | memory is written without brackets: `(%bx)`"],
    ["add 1, %ax", "1, %ax | `add` takes no memory, and 1 is an address: the number is written `$1`"],
    ["jne top", "top | `jne` goes to a label, which begins with a dot: `jne .top`"],
    ["halt ; the end", "; | a comment begins with `#`"],
    ["// the end", "// | a comment begins with `#`"],
    ["add $1, %ax; add $2, %bx", "; | a comment begins with `#`, and each instruction has a line of its own"],
    [
      "lock xchg %ax, 2000",
      "lock | there is no `lock` prefix: `xchg`, `fetchadd` and `cmpxchg` are always locked",
    ],
    ["var total", "var | there is no `var` here; use `.var`"],
    [".total 0", "0 | a label stands alone on its line; a variable is declared with `.var`: `.var total`"],
    ["loop:", "labels begin with a dot and have no colon: `.loop`"],
    [".top halt", "halt | a label stands alone on its line"],
    ["  .top", "a label must begin in the first column"],
    ["halt now", "now | `halt` takes no operands"],
    ["nop # one # two", "# | only one `#` is allowed in a line"],
    [".var", ".var | `.var` needs a name"],
    [".var a x", "x | the number of cells must be a whole number"],
    [".var a 1 2", "2 | `.var` takes a name and a number of cells, nothing else"],
    ["mdump count", "`mdump` takes an address in digits"],
    ["push $1", "`push` cannot have these operands"],
  ])("explains %s", (line, message) => {
    expect(complaints(`.var count\n.top\n${line}\nhalt\n`).join("\n")).toContain(message);
  });

  it("reports every error of a text, not only the first", () => {
    expect(complaints("mvo $1, %ax\nmov %ax\nj .nowhere\n")).toHaveLength(3);
  });

  it("complains of a byte order mark once", () => {
    expect(complaints("\uFEFF.main\nhalt")).toEqual([
      "\uFEFF | the file begins with a byte order mark; save it as UTF-8 without one",
    ]);
  });

  it("refuses variables that reach the code", () => {
    expect(complaints(".var a 224\nhalt\n")).toEqual([]);
    expect(complaints(".var a 225\nhalt\n").join()).toContain("the variables end at address 1000");
  });

  it("points with a caret at the place", () => {
    const text = ".main\n\tmov $1, %gx\n";
    const tree = parse(text);
    expect(formatDiagnostic("f.s", tree.lines, tree.diagnostics[0]!)).toMatch(
      /^f\.s:2:10: error: .*\n\tmov \$1, %gx\n\t {8}\^\^\^$/,
    );
  });

  it("points at the place behind characters of two columns, and of none", () => {
    const tree = parse(".漢😀é, e\u0301 x");
    const place = { code: "", severity: "error", message: "", range: { start: 10, end: 11 } } as const;
    expect(formatDiagnostic("f.s", tree.lines, place).split("\n")[2]).toBe(`${" ".repeat(10)}^`);
  });

  it("gives every line a node with its exact range, whatever the line ends", () => {
    const { nodes, text } = parse("a\r\nb\rc\nd");
    expect(nodes.map((n) => text.slice(n.range.start, n.range.end))).toEqual(["a", "b", "c", "d"]);
  });

  it("reads the parts of an address", () => {
    const [line] = parse("mov -8(%bp,%cx,4), %ax").nodes;
    expect(line?.kind === "instruction" && line.operands[0]).toMatchObject({
      kind: "memory",
      displacement: "-8",
      base: { register: 8 },
      index: { register: 3 },
      scale: 4,
    });
  });

  it("reads #@ lines", () => {
    const [run, check] = parse("#@ run -t 2 -a bx=1\n#@exists(0:ax = 1)  ").nodes;
    expect(run).toMatchObject({
      kind: "directive",
      keyword: { text: "run" },
      body: { text: "-t 2 -a bx=1" },
    });
    expect(check).toMatchObject({
      kind: "directive",
      keyword: { text: "exists" },
      body: { text: "(0:ax = 1)" },
    });
  });

  it("never throws and covers the whole text, for any text", () => {
    const noise = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(..." \t\n\r#@$%().,-:mov12xj"), maxLength: 300 }),
    );
    fc.assert(
      fc.property(noise, (text) => {
        const { nodes, diagnostics } = assembleAll(text);
        expect(nodes[0]!.range.start).toBe(0);
        expect(nodes.at(-1)!.range.end).toBe(text.length);
        for (const d of diagnostics) {
          expect(d.range.start).toBeGreaterThanOrEqual(0);
          expect(d.range.end).toBeLessThanOrEqual(text.length);
          expect(d.range.start).toBeLessThanOrEqual(d.range.end);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("accepts the programs that the other tests make", () => {
    fc.assert(
      fc.property(programText, (text) => {
        expect(complaints(text)).toEqual([]);
      }),
    );
  });

  it("takes time linear in the text: noise of 10 MB does not hang it", () => {
    const line = "(".repeat(5_000_000) + ",".repeat(5_000_000);
    expect(parse(`mov ${line}`).diagnostics.length).toBeGreaterThan(0);
    expect(parse("qqq\n".repeat(1_000_000)).diagnostics).toHaveLength(1_000_000);
  });
});

describe("the instruction table", () => {
  it("has every mnemonic once, and a form for each", () => {
    const names = INSTRUCTIONS.map((i) => i.mnemonic);
    expect(new Set(names).size).toBe(names.length);
    expect(INSTRUCTIONS.every((i) => i.forms.length > 0 && i.summary.length > 0)).toBe(true);
  });
});

function assembleAll(text: string) {
  const tree = parse(text);
  return { nodes: tree.nodes, diagnostics: assemble(tree).diagnostics };
}
