import type { Word } from "../asm/tree.ts";
import { tokenize } from "../condition/lexer.ts";
import type { X86Dialect } from "../isa/x86.ts";
import { grouped } from "../text/count.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { didYouMean } from "../text/nearest.ts";
import { LineMap, type Range, range } from "../text/range.ts";
import { atOnce, type Steps } from "../text/steps.ts";
import { blankComments } from "./comments.ts";
import { parseInitial } from "./initial.ts";
import { trimmed } from "./operands.ts";
import { createReporter, type Reporter, shown } from "./report-error.ts";
import { parseRows } from "./rows.ts";
import { parseSections } from "./sections.ts";
import type { LitmusTree, MetadataLine } from "./tree.ts";

const DIALECTS: Readonly<Record<string, X86Dialect>> = { X86: "x86", X86_64: "x86_64" };

/** Words that end the code; they cannot be labels. */
const SECTION =
  /(?<![\w.%$])(?:(?:~|not\b)\s*exists|(?:final|forall|exists|[oO]bserved|locations|filter|cases)\b(?!\s*:))/g;

/** A test of 20,000 instructions has a third of that; noise that is longer would take seconds and gigabytes. */
const LONGEST_TEST = 1_000_000;

/** Parses a `.litmus` text (litmus.md §1–3). Never throws; takes time linear in the text; keeps what can be understood. */
export const parseLitmus = (text: string): LitmusTree => atOnce(parseLitmusInSteps(text));

/**
 * The same in steps.
 * @param earlier another version of the text: rows that stand in it, wherever, are not read again
 */
export function* parseLitmusInSteps(text: string, earlier?: LitmusTree): Steps<LitmusTree> {
  const lines = new LineMap(text);
  const diagnostics: Diagnostic[] = [];
  const reporter = createReporter(diagnostics);
  const first = firstLine(lines);
  if (text.length > LONGEST_TEST) {
    const message = `a test has at most ${grouped(LONGEST_TEST)} characters; this one has ${grouped(text.length)}, and is not read`;
    reporter.report("long-test", message, range(first.start, Math.min(first.end, first.start + 1)));
    return { text, lines, comments: [], metadata: [], initial: [], rows: [], diagnostics };
  }
  const head = parseHead(text, first, reporter);
  const tree = { text, lines, ...head };
  if (!head.dialect) return { ...tree, comments: [], metadata: [], initial: [], rows: [], diagnostics };

  const { text: clean, comments, diagnostics: open } = blankComments(text, first.end);
  diagnostics.push(...open);
  const brace = openingBrace(lines, clean, head.end);
  if (brace < 0) {
    const message = "the initial state is missing: `{ x=0; }` or `{}` follows the first lines";
    reporter.report("missing-initial-state", message, first);
    return { ...tree, comments, metadata: [], initial: [], rows: [], diagnostics };
  }
  const metadata = parseMetadata(lines, clean, range(head.end, brace));
  const close = closingBrace(clean, brace);
  if (close < 0)
    reporter.report("open-brace", "the initial state has no end: `}` is missing", range(brace, brace + 1));
  const initialEnd = close < 0 ? clean.length : close;
  const initial = parseInitial(tokenize(clean, brace + 1, initialEnd), (d) => {
    if (close >= 0) diagnostics.push(d); // else the whole test looks like a part of it
  });
  const doc = head.doc ?? docLine(lines, range(head.end, brace));
  const parsed = {
    ...tree,
    ...(doc && { doc }),
    comments,
    metadata,
    initial,
    initialRange: range(brace, Math.min(initialEnd + 1, clean.length)),
  };
  if (close < 0) return { ...parsed, rows: [], diagnostics };
  SECTION.lastIndex = close;
  const section = SECTION.exec(clean)?.index ?? clean.length;
  const codeRange = range(close + 1, section);
  const sectionsRange = range(section, clean.length);
  const code = yield* parseRows(clean, codeRange, head.dialect, diagnostics, earlier?.rows ?? []);
  const sections = parseSections(clean, sectionsRange, (d) => diagnostics.push(d));
  return { ...parsed, codeRange, sectionsRange, ...code, ...sections, diagnostics };
}

/** The first line that is not blank; without an initial state that begins in it. */
function firstLine(lines: LineMap): Range {
  for (let i = 0; i < lines.lineCount; i++) {
    const line = lines.lineRange(i);
    const text = lines.text.slice(line.start, line.end);
    if (/\S/.test(text)) return range(line.start, line.start + unquotedBrace(text));
  }
  return range(0, 0);
}

/** Where the first brace outside of quotes stands, or the end of the text. */
function unquotedBrace(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === "{" && !quoted) return at;
  }
  return text.length;
}

interface Head {
  readonly architecture?: Word;
  readonly dialect?: X86Dialect;
  readonly name?: Word;
  readonly doc?: Word;
  /** Where the first line ends, or the doc string behind it. */
  readonly end: number;
}

/** `ARCH NAME (texname) "doc" ;` */
function parseHead(text: string, line: Range, { report, suggest }: Reporter): Head {
  const words = /^\s*(\uFEFF?\S+)(?:\s+([\w/.+:\-[\]]+))?(.*)$/su.exec(text.slice(line.start, line.end));
  const word = (part: string | undefined, from: number): Word | undefined => {
    if (part === undefined) return undefined;
    const start = text.indexOf(part, from);
    return { text: part, range: range(start, start + part.length) };
  };
  const architecture = word(words?.[1], line.start);
  if (!architecture || !/^\w/.test(architecture.text)) {
    const message = "a litmus test begins with its architecture and its name: `X86 SB`";
    report("missing-architecture", message, architecture?.range ?? line);
    return { end: line.end };
  }
  const name = word(words?.[2], architecture.range.end);
  const head = { architecture, ...(name && { name }), end: line.end };
  const dialect = Object.hasOwn(DIALECTS, architecture.text) ? DIALECTS[architecture.text] : undefined;
  if (!dialect) {
    const suggestions = suggest(architecture.text, Object.keys(DIALECTS));
    const hint = didYouMean(suggestions) || "; there are X86 and X86_64";
    const message = `tests for \`${shown(architecture.text)}\` cannot be run here${hint}`;
    report("unknown-architecture", message, architecture.range, suggestions);
    return head;
  }
  if (!name) {
    report("missing-name", "the test's name is missing behind the architecture", architecture.range);
    return { ...head, dialect };
  }
  const doc = word(/"[^"]*"/.exec(words?.[3] ?? "")?.[0], name.range.end);
  const rest = (words?.[3] ?? "").replace(/\([^()]*\)|"[^"]*"|;/g, (part) => " ".repeat(part.length));
  const extra = trimmed(rest, 0, rest.length);
  if (extra.text) {
    const start = line.end - rest.length + extra.range.start;
    report(
      "bad-name",
      `a test's name has no \`${shown(extra.text)}\` in it`,
      range(start, start + extra.text.length),
    );
  }
  return { ...head, dialect, ...(doc && { doc }) };
}

/** A line that is a string in quotes. */
function docLine(lines: LineMap, where: Range): Word | undefined {
  return linesWithin(lines, where)
    .map((line) => trimmed(lines.text, line.start, line.end))
    .find((word) => /^"[^"]*"$/.test(word.text));
}

const METADATA = /^\s*[\w-]+\s*=/;

/** Where the initial state begins, or -1: at the first brace that belongs neither to metadata nor to a doc string. */
function openingBrace(lines: LineMap, clean: string, from: number): number {
  for (let at = clean.indexOf("{", from); at >= 0; ) {
    const line = lines.lineRange(lines.position(at).line);
    const before = clean.slice(Math.max(line.start, from), at);
    if (!METADATA.test(before) && !before.trimStart().startsWith('"')) return at;
    at = clean.indexOf("{", line.end);
  }
  return -1;
}

function parseMetadata(lines: LineMap, clean: string, where: Range): MetadataLine[] {
  const metadata: MetadataLine[] = [];
  for (const line of linesWithin(lines, where)) {
    const text = clean.slice(line.start, line.end);
    const equals = text.indexOf("=");
    if (equals < 0 || !METADATA.test(text)) continue;
    metadata.push({
      range: line,
      key: trimmed(clean, line.start, line.start + equals),
      value: trimmed(clean, line.start + equals + 1, line.end),
    });
  }
  return metadata;
}

function linesWithin(lines: LineMap, where: Range): Range[] {
  const found: Range[] = [];
  const last = lines.position(where.end).line;
  for (let i = lines.position(where.start).line; i <= last; i++) {
    const { start, end } = lines.lineRange(i);
    if (Math.max(start, where.start) < Math.min(end, where.end)) {
      found.push(range(Math.max(start, where.start), Math.min(end, where.end)));
    }
  }
  return found;
}

/** The brace that closes the one at `open`, or -1. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}
