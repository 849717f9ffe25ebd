import { parseProposition } from "../condition/parse.ts";
import { locationsOf, QUANTIFIERS } from "../condition/tree.ts";
import { parseOptions } from "../options/parse.ts";
import { RUN_LINE_OPTIONS } from "../options/run.ts";
import { type Range, range } from "../text/range.ts";
import type { DirectiveLine, Word } from "./tree.ts";

/** The words of a `#@` line behind its keyword, each with its place. */
export const bodyWords = ({ body }: DirectiveLine): Word[] =>
  Array.from(body.text.matchAll(/\S+/g), (m) => ({
    text: m[0],
    range: range(body.range.start + m.index, body.range.start + m.index + m[0].length),
  }));

interface Mention {
  readonly kind: "label" | "variable";
  readonly name: string;
  readonly range: Range;
}

/** The labels and variables that a `#@` line of a text mentions, in the order of the text. */
export function directiveNames(text: string, node: DirectiveLine): Mention[] {
  switch (node.keyword.text) {
    case "mutex":
      return bodyWords(node)
        .filter((w) => w.text.startsWith("."))
        .map((w) => ({ kind: "label", name: w.text, range: w.range }));
    case "run":
      return tracedVariables(node);
    default:
      return QUANTIFIERS.some((q) => q === node.keyword.text) ? conditionVariables(text, node) : [];
  }
}

/** The variables of a condition; one with a mistake in it mentions none. */
function conditionVariables(text: string, { body }: DirectiveLine): Mention[] {
  const { proposition } = parseProposition(text, body.range, "asm");
  if (!proposition) return [];
  return locationsOf(proposition).flatMap((l): Mention[] =>
    l.kind === "variable" ? [{ kind: "variable", name: l.name, range: l.nameRange }] : [],
  );
}

/** The variables of `-M count,flag`; numbers are addresses. */
function tracedVariables(node: DirectiveLine): Mention[] {
  const words = bodyWords(node);
  const parsed = parseOptions(
    RUN_LINE_OPTIONS,
    words.map((w) => w.text),
  );
  if (parsed.error !== undefined || parsed.values.memtrace === undefined) return [];
  const list = parsed.values.memtrace;
  // The value ends the word in which it stands: `-M count`, `-Mcount`, `--memtrace=count`.
  let start = words[parsed.places.memtrace!]!.range.end - list.length;
  const mentions: Mention[] = [];
  for (const name of list.split(",")) {
    if (/^\p{L}/u.test(name))
      mentions.push({ kind: "variable", name, range: range(start, start + name.length) });
    start += name.length + 1;
  }
  return mentions;
}
