import { DIRECTIVES } from "./keywords.ts";
import { parse } from "./parse.ts";
import type { Line } from "./tree.ts";

/** Enough to tell: a text that begins like the dialect is meant to be in it. */
const LINES_LOOKED_AT = 200;

/**
 * Whether a `.s` text is meant for this dialect rather than for another assembler: at least half of the first lines that carry code can
 * be parsed, and one of them is an instruction or a directive of ours. A beginner's mistakes do not make it somebody else's language.
 */
export function looksLikeDialect(text: string): boolean {
  const { code, good } = head(text);
  const isOurs = ({ kind }: Line): boolean => kind === "instruction" || kind === "directive";
  return good.length * 2 >= code.length && good.some(isOurs);
}

/**
 * Whether a text of which not even the file's name is known is a program: it looks like one, and two lines cannot be prose. `halt` and
 * `push on` can.
 */
export const isUnmistakable = (text: string): boolean =>
  looksLikeDialect(text) && head(text).good.filter(isTelling).length >= 2;

/** The first lines with code, and those of them that can be parsed. */
function head(text: string): { readonly code: readonly Line[]; readonly good: readonly Line[] } {
  const { nodes, diagnostics, lines } = parse(text.split(/\r\n|[\r\n]/, LINES_LOOKED_AT).join("\n"));
  const faulty = new Set(diagnostics.map((d) => lines.position(d.range.start).line));
  const code = nodes.filter((line) => line.kind !== "blank");
  const good = nodes.filter((line, i) => line.kind !== "blank" && !faulty.has(i));
  return { code, good };
}

function isTelling(line: Line): boolean {
  if (line.kind === "directive") return DIRECTIVES.includes(line.keyword.text);
  if (line.kind === "instruction") return line.operands.some(({ kind }) => kind !== "memory");
  return line.kind === "variable";
}
