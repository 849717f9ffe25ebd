import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { inRoot } from "../../../scripts/lib.mjs";

/** The tests of `examples/`, and two that use more of the format. */
export const examples: readonly string[] = [
  ...readdirSync(inRoot("examples"))
    .filter((name) => name.endsWith(".litmus"))
    .map((name) => readFileSync(inRoot("examples", name), "utf8")),
  'X86_64 locks\n"two locks"\nCycle=Fre\n{ int64_t x=1; int64_t 0:rax=5; int64_t t[2]={1,-1}; 1:rbx=x; }\n P0 | P1 ;\n' +
    " L0: movq (x),%rax | lock cmpxchgq (x),%rcx (* take *) ;\n jne L0 | movq $1,8(%rbx) ;\n" +
    "locations [x; 0:rax; t[1];]\nfilter (x=1)\nforall (0:rax=1 \\/ not (x=2 => t[0]=1))\n",
  "X86 observed\n{ x; int *p=&x; 0:EBX=x; }\nP0;L:;LOCK; INC [EBX];XCHG EAX,[x];JNE L;\nobserved x=1; 0:EAX=0; and x=2; p=x;\n",
];

const piece = fc.oneof(
  fc.constantFrom(
    ..."X86 X86_64 SB { } x=0; x y 0:EAX=1; int64_t *p=&x t[2]={1,2} P0 P1 | ; | ; MOV ADD LOCK INC XCHG JNE L0 L0: [x] [EBX] EAX %rax (%rbx) $1 , movq cmpxchgl MFENCE locations [ ] filter exists ~exists forall final observed ( ) (* *) /\\ \\/ => not = <> true".split(
      " ",
    ),
  ),
  fc.constantFrom(" ", "  ", "\t", "\n", "\n", "\r\n", "\r", " | ", " ;\n", "\u00a0", "\uFEFF", "😀"),
  fc.string({ maxLength: 4 }),
);

const noise = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

/** Texts that look like tests in places, and like noise in others. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  noise,
  noise.map((text) => `X86 T\n{ x=0; }\n P0 | P1 ;\n${text}`),
  noise.map((text) => `X86_64 T\n{ x=0; }\n P0 ;\n${text}`),
);

const blank = fc.constantFrom("", " ", "   ", "\t", "\n", "\r\n  ", " (* why | ; *) ");

/** The same tests with other blanks and with comments around the marks of the code. */
export const dressed = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(texts, fc.array(blank, { minLength: 1, maxLength: 13 })).map(([text, blanks]) => {
    const begin = text.indexOf("P0", text.indexOf("}"));
    let used = 0;
    const next = () => blanks[used++ % blanks.length]!;
    const code = text.slice(begin).replace(/[|;,](?![^([]*[)\]])/g, (mark) => `${next()}${mark}${next()}`);
    return text.slice(0, begin) + code;
  });
