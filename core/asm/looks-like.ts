import { parse } from "./parse.ts";

/** Enough to tell: a text that begins like the dialect is meant to be in it. */
const LINES_LOOKED_AT = 200;

/**
 * Whether a `.s` text is meant for this dialect rather than for another assembler: at least half of the first lines that carry code can
 * be parsed, and one of them is an instruction or a directive of ours. A beginner's mistakes do not make it somebody else's language.
 */
export function looksLikeDialect(text: string): boolean {
  const head = text.split(/\r\n|[\r\n]/, LINES_LOOKED_AT).join("\n");
  const { nodes, diagnostics, lines } = parse(head);
  const faulty = new Set(diagnostics.map((d) => lines.position(d.range.start).line));
  const written = nodes.map((node, line) => ({ kind: node.kind, good: !faulty.has(line) }));
  const code = written.filter((line) => line.kind !== "blank");
  const good = code.filter((line) => line.good);
  return (
    good.length * 2 >= code.length &&
    good.some((line) => line.kind === "instruction" || line.kind === "directive")
  );
}
