import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { inRoot } from "../../scripts/lib.mjs";

/** The programs of `examples/`. */
export const examples: readonly string[] = readdirSync(inRoot("examples"))
  .filter((name) => name.endsWith(".s"))
  .map((name) => readFileSync(inRoot("examples", name), "utf8"));

const piece = fc.oneof(
  fc.constantFrom(
    ..."mov add test xchg j jne call ret push pop halt lea mfence nop .var .top .x count flag %ax %bx %sp %zz $1 $-2 $0x1 4(%bx) 100 2001 ( ) , # #@ run exists forall mutex -t -M (x=1) ┃".split(
      " ",
    ),
  ),
  fc.constantFrom(" ", "  ", "\t", "\n", "\n", "\r\n", "\r", ", ", "\u00a0", "\uFEFF", "\u2028", "😀", "ß"),
  fc.string({ maxLength: 6 }),
);

/** Texts that look like programs in places, and like noise in others. */
export const arbitraryText: fc.Arbitrary<string> = fc
  .array(piece, { maxLength: 60 })
  .map((pieces) => pieces.join(""));

const blank = fc.constantFrom(" ", "  ", "\t", " \t ");
const comment = fc.constantFrom("", "", " # why", "#", "\t# so  ");

/** The same programs with other blanks and with comments. */
export const dressed = (programs: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      programs,
      fc.array(blank, { minLength: 9, maxLength: 9 }),
      fc.array(comment, { minLength: 7, maxLength: 7 }),
    )
    .map(([text, blanks, comments]) => {
      let used = 0;
      return text
        .split("\n")
        .map((line, i) => {
          const spread = line.replace(/ /g, () => blanks[used++ % blanks.length]!);
          const indent = /^[.#]|^$/.test(line) ? "" : blanks[i % blanks.length]!;
          return indent + spread + (line === "" ? "" : comments[i % comments.length]!);
        })
        .join("\n");
    });
