import { describe, expect, test } from "vitest";
import { hover } from "../../../server/litmus/hover.ts";
import { mark } from "../fixture.ts";
import { fixture, x86, x86_64 } from "./fixture.ts";

function hoverText(marked: string): string {
  const { document, cursor } = fixture(marked);
  const contents = hover(document, cursor)?.contents;
  return contents && typeof contents === "object" && "value" in contents ? contents.value : "";
}

describe("hovering over a mnemonic", () => {
  test("says what it does with its own operands, in the order of the dialect", () => {
    expect(hoverText(x86("M┃OV EAX,[x] ;"))).toContain("EAX ← [x]");
    expect(hoverText(x86_64("add┃l $1,(x) ;"))).toContain("(x) ← (x) + $1");
    expect(hoverText(x86_64("lock cmpx┃chgl (x),%ebx ;"))).toContain("if (x) = rax then (x) ← %ebx");
  });

  test("says what it does to memory and to the store buffer", () => {
    expect(hoverText(x86("M┃OV [x],$1 ;"))).toContain("goes into the thread's store buffer");
    expect(hoverText(x86("M┃OV EAX,[x] ;"))).toContain("(forwarding)");
    expect(hoverText(x86("I┃NC [x] ;"))).toMatch(/a load reads .*\n- a store goes/);
    expect(hoverText(x86("LOCK I┃NC [x] ;"))).toMatch(/atomic \(locked\)\n- waits until/);
    expect(hoverText(x86("XC┃HG EAX,[x] ;"))).toContain("reads and writes memory in one step");
    expect(hoverText(x86("X┃OR EAX,EAX ;"))).toContain("touches neither memory nor the store buffer");
  });

  test("shows all forms while the operands are not right yet", () => {
    expect(hoverText(x86("MO┃V ;"))).toContain("MOV [x],EAX");
    expect(hoverText(x86_64("mo┃v ;"))).toContain("mov %eax,(x)");
  });

  test("tells extensions from what herd knows, and what the lock prefix does", () => {
    expect(hoverText(x86("SU┃B EAX,$1 ;"))).toContain("not known to herd");
    expect(hoverText(x86("LO┃CK INC [x] ;"))).toContain("in one step");
  });
});

describe("hovering over a name", () => {
  test("of a variable shows its type, its first value, its readers and writers", () => {
    const text = hoverText("X86_64 T\n{ uint8_t x┃=5; 0:rbx=x; }\n P0 ;\n movb $1,(x) ;\n movb (x),%al ;\n");
    expect(text).toContain("8 bits, unsigned");
    expect(text).toContain("at first: `5`");
    expect(text).toContain("read: line 5");
    expect(text).toContain("written: line 4");
    expect(text).toContain("address taken: line 2");
  });

  test("of a register shows what its own thread does with it", () => {
    const text = hoverText("X86 T\n{ 0:EAX=5; }\n P0 | P1 ;\n MOV EA┃X,$1 | MOV [x],EAX ;\n");
    expect(text).toContain("register of P0");
    expect(text).toContain("at first: `5`");
    expect(text).toContain("written: line 4");
    expect(text).toContain("read: nowhere");
  });

  test("of a label shows who jumps there", () => {
    expect(hoverText(x86("L┃: NOP ;\n JNE L ;"))).toContain("jumps here: line 5");
  });
});

test("hovering over a number shows it in three bases, over a section's word what it asks", () => {
  expect(hoverText(x86("MOV EAX,$1┃0 ;"))).toMatch(/10.*0xa.*0b1010/s);
  expect(hoverText(x86("NOP ;", "~ex┃ists (x=1)"))).toContain("does no execution end");
});

test("the hovered range is exactly the word; there is none over nothing", () => {
  const { document, cursor } = fixture(x86("MOV EAX,[┃x] ;"));
  expect(mark(document, [hover(document, cursor)!.range!])).toContain("MOV EAX,[«x»] ;");
  expect(hoverText("X86┃ T\n{}\n P0 ;\n NOP ;\n")).toBe("");
  expect(hoverText(x86("NOP ; (* a com┃ment *)"))).toBe("");
});
