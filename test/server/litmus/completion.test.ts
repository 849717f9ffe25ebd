import { describe, expect, test } from "vitest";
import { resolve } from "../../../server/features/completion/resolve.ts";
import { complete } from "../../../server/litmus/completion/complete.ts";
import { signatureHelp } from "../../../server/litmus/signature-help.ts";
import { applyEdits, fixture, x86, x86_64 } from "./fixture.ts";

const items = (marked: string) => {
  const { document, cursor } = fixture(marked);
  return complete(document, cursor);
};
const labels = (marked: string): string[] => [...new Set(items(marked).map((i) => i.label))];

describe("where a cell begins", () => {
  test("mnemonics are offered with their operands, as the person writes them", () => {
    const [first] = items(x86("M┃"));
    expect(first).toMatchObject({ label: "MOV", textEdit: { newText: `MOV \${1|[x]|},\\$\${2:1}` } });
    expect(labels(x86("m┃"))).toContain("mov");
    expect(labels(x86_64("┃"))).toContain("cmpxchg");
  });

  test("behind a lock prefix only what can be locked, behind labels everything", () => {
    expect(labels(x86("L0: LOCK ┃"))).toContain("INC");
    expect(labels(x86("L0: LOCK ┃"))).not.toContain("MOV");
    expect(labels(x86("L0: ┃"))).toEqual(expect.arrayContaining(["MOV", "LOCK"]));
  });

  test("a row can be a section instead", () => {
    expect(labels("X86 T\n{}\n P0 | P1 ;\n ┃")).toContain("exists");
    expect(labels("X86 T\n{}\n P0 | P1 ;\n NOP | ┃")).not.toContain("exists");
  });

  test("the documentation comes when an item is looked at", () => {
    const [first] = items(x86("M┃"));
    expect(JSON.stringify(resolve(first!, undefined).documentation)).toContain("copy a value");
  });
});

describe("operands are those that the instruction takes at this place", () => {
  test("in both orders", () => {
    expect(labels(x86("MOV ┃"))).toEqual(expect.arrayContaining(["[x]", "EAX"]));
    expect(labels(x86("MOV ┃"))).not.toContain("$1");
    expect(labels(x86("MOV [x],┃"))).toEqual(expect.arrayContaining(["$1", "EAX"]));
    expect(labels(x86("MOV [x],┃"))).not.toContain("[x]");
    expect(labels(x86_64("movq ┃"))).toEqual(expect.arrayContaining(["$1", "(x)", "%rax"]));
    expect(labels(x86_64("movq (x),┃"))).not.toContain("$1");
  });

  test("jumps go to the labels of the thread", () => {
    expect(labels("X86 T\n{}\n P0 | P1 ;\n L0: NOP | L1: NOP ;\n NOP | JNE ┃")).toEqual(["L1"]);
  });

  test("memory through registers that hold an address", () => {
    expect(labels("X86 T\n{ 0:EBX=x; }\n P0 ;\n MOV [┃")).toContain("[EBX]");
  });

  test("inside of brackets that the editor has closed, the whole operand is replaced", () => {
    const { document, cursor } = fixture(x86("MOV EAX,[┃] ;"));
    const found = complete(document, cursor).find((i) => i.label === "[x]")!;
    const edit = found.textEdit as { range: never; newText: string };
    expect(applyEdits(document, [edit])).toBe(x86("MOV EAX,[x] ;"));
  });
});

test("outside of the code places and values are offered", () => {
  const code = "}\n P0 | P1 ;\n MOV EAX,[x] | MOV [y],$1 ;\n";
  expect(labels(`X86 T\n{ ┃ ${code}`)).toEqual(expect.arrayContaining(["x", "y", "0:EAX", "int64_t"]));
  expect(labels(`X86 T\n{ 0:┃ ${code}`)).toContain("EBX");
  expect(labels(`X86 T\n{ 0:EBX=┃ ${code}`)).toEqual(["0", "1", "x", "y"]);
  expect(labels(`X86 T\n{ ${code}exists (┃`)).toEqual(expect.arrayContaining(["0:EAX", "x", "not"]));
  for (const condition of ["x=1 ", "(0:EAX=x ", "not (x=1) "]) {
    expect(labels(`X86 T\n{ ${code}exists (${condition}┃`)).toEqual(["/\\", "\\/", "=>"]);
  }
  expect(labels(`X86 T\n{ ${code}exists (x=1 /\\ ┃`)).toContain("0:EAX");
  expect(labels(`X86 T\n{ ${code}exists (0:┃`)).toEqual(expect.arrayContaining(["EAX", "ZF"]));
  expect(labels(`X86 T\n{ ${code}locations [x;] ┃`)).toContain("forall");
  expect(labels("X┃")).toEqual(["X86", "X86_64"]);
  expect(labels("X86 T\n{}\n P0 | ┃")).toEqual(["P1"]);
});

test("nothing is offered in comments", () => {
  expect(items(x86("NOP ; (* M┃ *)"))).toEqual([]);
});

test("signature help marks the operand that is being typed", () => {
  const { document, cursor } = fixture(x86_64("NOP ;\n movl $1,┃"));
  const help = signatureHelp(document, cursor)!;
  expect(help.signatures[help.activeSignature!]?.label).toBe("mov $1,(x)");
  expect(help.activeParameter).toBe(1);
});
