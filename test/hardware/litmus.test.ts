import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { emitTest } from "../../hardware/emit.ts";
import { compareWithModels, isAlarm, runOnHardware } from "../../hardware/index.ts";
import { hindrance } from "./hindrance.ts";
import { litmusOf, litmusOrRefusals } from "./litmus.ts";
import { briefly } from "./support.ts";
import { tso } from "./tso.ts";

const emitted = (text: string): string => {
  const { start, layout, locations } = litmusOf(text);
  return emitTest(start, layout, locations);
};

/** The assembly of thread 0 of a test with one thread, in one line. */
function assembly(architecture: string, initial: string, ...rows: readonly string[]): string {
  const text = `${architecture} T\n{ ${initial} }\n P0 ;\n${rows.map((row) => ` ${row} ;\n`).join("")}`;
  const [, body = ""] = /"thread0_first:\\n"\n([\s\S]*?) {2}"thread0_end:/.exec(emitted(text))!;
  return [...body.matchAll(/"\s*(.*?)\\n"/g)].map((match) => match[1]!.replace(/\s+/g, " ")).join("; ");
}

describe("A litmus test as code of the processor", () => {
  test("is as in its golden file", async () => {
    const text = `X86 Example
{ x=1; 1:EBX=2; }
 P0         | P1             ;
 MOV [x],$2 | XCHG [y],EBX   ;
 MFENCE     | CMP [x],$1     ;
 MOV EAX,[y]| JE L0          ;
            | LOCK INC [y]   ;
            | L0: MOV EAX,[x];
exists (0:EAX=0 /\\ 1:EAX=1)
`;
    await expect(emitted(text)).toMatchFileSnapshot("golden/example.litmus.c");
  });

  test.each([
    ["X86", "MOV [x],$1", "movl $1, (%rdi)"],
    ["X86", "MOV EAX,[x]", "movq $0, %rax; movl (%rdi), %eax"],
    ["X86", "INC [x]", "incl (%rdi)"],
    ["X86", "LOCK ADD [x],$3", "lock addl $3, (%rdi)"],
    ["X86", "XCHG EAX,[x]", "movq $0, %rax; xchgl %eax, (%rdi)"],
    ["X86_64", "movq $1,(x)", "movq $1, (%rdi)"],
    ["X86_64", "movb (x),%al", "movq $0, %rax; movzbl (%rdi), %eax"],
    ["X86_64", "lock cmpxchgl (x),%ebx", "movq $0, %rax; movq $0, %rbx; lock cmpxchgl %ebx, (%rdi)"],
    ["X86_64", "mfence", "mfence"],
    ["X86_64", "sfence", "sfence"],
  ])("%s: %s becomes %s", (architecture, instruction, expected) => {
    expect(assembly(architecture, "x=0;", instruction)).toBe(expected);
  });

  test("jumps on ZF as it is, and on herd's SF as it is kept in a register", () => {
    expect(assembly("X86", "x=0;", "CMP [x],$1", "JE L", "MOV [x],$2", "L: MOV [x],$3")).toContain(
      "cmpl $1, (%rdi); je .Lthread0_",
    );
    expect(assembly("X86_64", "x=0;", "cmpl $1,(x)", "jgt L", "movl $2,(x)", "L: movl $3,(x)")).toContain(
      "cmovgel %r13d, %r14d",
    );
  });

  test.each([
    ["X86_64", "clflush (x)", "`clflush` works past the caches"],
    ["X86_64", "movntil %eax,(x)", "`movntil` works past the caches"],
    ["X86", "MOV [x],$5000000000", "5000000000 has more than 32 bits"],
    ["X86", "MOV [x],$1073741824", "1073741824 stands for an address there"],
  ])("%s: %s is refused: %s", (architecture, instruction, message) => {
    const test = litmusOrRefusals(`${architecture} T\n{ x=0; }\n P0 ;\n ${instruction} ;\n`);
    expect(test && "refused" in test ? test.refused[0]!.message : "").toContain(message);
  });

  test("with more registers than the processor can spare is refused where there is one too many", () => {
    const rows = Array.from({ length: 8 }, (_, i) => ` movq (x),%r${i + 8} ;\n`);
    const text = `X86_64 T\n{ }\n P0 ;\n${rows.join("")}`;
    const test = litmusOrRefusals(text);
    const ranges = test && "refused" in test ? test.refused.map(({ range }) => range) : [];
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(["movq (x),%r14"]);
  });
});

/** One in so many of the recorded tests, each so many times: the whole suite has to be short. The goal is every test, 100,000 times. */
const EVERY = Number(process.env["INTERLEAVE_EVERY"] ?? 6);
const RUNS = Number(process.env["INTERLEAVE_RUNS"] ?? 5_000);
const TEMPLATES = "../shared/goldens/litmus/templates";

const reason = hindrance("threads") ?? (existsSync(TEMPLATES) ? undefined : `${TEMPLATES} is not there`);
if (reason !== undefined) test.skip(`recorded litmus tests on the processor: ${reason}`);

const files = reason === undefined ? readdirSync(TEMPLATES).filter((name) => name.endsWith(".litmus")) : [];

for (const file of files.filter((_, i) => i % EVERY === 0)) {
  const found = litmusOrRefusals(readFileSync(path.join(TEMPLATES, file), "utf8"));
  if (!found) test.skip(`${file}: has an exchange of two memory cells, which is several programs`);
  else if ("refused" in found) test.skip(`${file}: ${found.refused[0]!.message}`);
  else {
    test(`${file} shows nothing on the processor that TSO forbids`, { timeout: 60_000 }, async () => {
      const result = await runOnHardware(found, briefly("threads", { runs: RUNS }));
      expect(result).toMatchObject({ faulty: 0, stuck: 0 });
      expect(compareWithModels(result, [tso(found)]).filter(isAlarm)).toEqual([]);
    });
  }
}
