import { type Form, INSTRUCTIONS, instructionSpec } from "../isa/instruction-set.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { didYouMean, nearest } from "../text/nearest.ts";
import { LineMap, type Range, range } from "../text/range.ts";
import { atOnce, type Steps } from "../text/steps.ts";
import { explainMisuse, matchForm } from "./forms.ts";
import { COMMENT_MESSAGE, foreignComment, NOT_NEEDED, OTHER_MNEMONICS } from "./habits.ts";
import { parseOperands, type Report } from "./operands.ts";
import type { InstructionLine, Line, Operand, Tree, Word } from "./tree.ts";

const WORDS = /\S+/g;

/** Suggestions are looked up for this many unknown words; past that, a text is noise and nobody reads them. */
const MOST_SUGGESTIONS = 1000;

/**
 * Parses a `.s` text line by line (dialect §3–5). Never throws; takes time linear in the text; every line becomes a node.
 */
export const parse = (text: string): Tree => atOnce(parseInSteps(text));

/** So many lines are read in a millisecond or two. */
const LINES_IN_A_STEP = 200;

/** The same in steps. */
export function* parseInSteps(text: string): Steps<Tree> {
  const lines = new LineMap(text);
  const diagnostics: Diagnostic[] = [];
  let suggestionsLeft = MOST_SUGGESTIONS;
  const suggest = (word: string, candidates: readonly string[]): string[] =>
    suggestionsLeft-- > 0 ? nearest(word, candidates) : [];
  const report: Report = (code, message, where, suggestions) => {
    diagnostics.push({
      code,
      severity: "error",
      message,
      range: where,
      ...(suggestions?.length ? { suggestions } : {}),
    });
  };
  if (text.startsWith(BYTE_ORDER_MARK)) {
    report(
      "byte-order-mark",
      "the file begins with a byte order mark; save it as UTF-8 without one",
      range(0, 1),
    );
  }
  const nodes: Line[] = [];
  for (let i = 0; i < lines.lineCount; i++) {
    nodes.push(parseLine(text, lines.lineRange(i), report, suggest));
    if (i % LINES_IN_A_STEP === LINES_IN_A_STEP - 1) yield;
  }
  return { text, lines, nodes, diagnostics };
}

const BYTE_ORDER_MARK = "\uFEFF";

type Suggest = (word: string, candidates: readonly string[]) => string[];

function parseLine(text: string, line: Range, report: Report, suggest: Suggest): Line {
  const whole = text.slice(line.start, line.end);
  const hash = whole.indexOf("#");
  const code = hash < 0 ? whole : whole.slice(0, hash);
  const comment = hash < 0 ? undefined : range(line.start + hash, line.end);
  if (hash >= 0) {
    const second = whole.indexOf("#", hash + 1);
    if (second >= 0) {
      report(
        "second-comment-mark",
        "only one `#` is allowed in a line; x86.py refuses a second one even inside a comment",
        range(line.start + second, line.start + second + 1),
      );
    }
  }
  const first = firstWord(code, line.start);
  if (!first) return directive(whole, hash, line, report) ?? { kind: "blank", range: line, comment };
  const base = { range: line, comment };
  if (first.text.startsWith(".")) {
    const words = splitWords(code, line.start);
    const before = text.slice(line.start, first.range.start);
    if (before !== "" && !(line.start === 0 && before === BYTE_ORDER_MARK)) {
      report(
        "indented-label",
        `${first.text === ".var" ? "`.var`" : "a label"} must begin in the first column`,
        range(line.start, first.range.end),
      );
    }
    return first.text === ".var" ? variable(words, base, report) : label(words, base, report);
  }
  return instruction(code, line.start, first, base, report, suggest);
}

function firstWord(code: string, offset: number): Word | undefined {
  const found = /\S+/.exec(code);
  if (!found) return undefined;
  const start = offset + found.index;
  return { text: found[0], range: range(start, start + found[0].length) };
}

/** The first words of a declaration; what follows the third stays in one piece, so that noise is cheap. */
function splitWords(code: string, offset: number): Word[] {
  const words: Word[] = [];
  for (const match of code.matchAll(WORDS)) {
    const text = words.length === 3 ? code.slice(match.index).trimEnd() : match[0];
    const start = offset + match.index;
    words.push({ text, range: range(start, start + text.length) });
    if (words.length === 4) break;
  }
  return words;
}

/** Nobody writes longer ones, and what reads them need not be fast. */
const LONGEST_BODY = 10_000;

function directive(whole: string, hash: number, line: Range, report: Report): Line | undefined {
  if (hash < 0 || whole[hash + 1] !== "@") return undefined;
  // A parenthesis may follow the keyword at once: `exists(x = 1)`.
  const [head, name] = /^#@\s*([^\s(]*)/.exec(whole.slice(hash)) as unknown as [string, string];
  const start = line.start + hash + head.length - name.length;
  const rest = whole.slice(hash + head.length);
  const bodyStart = line.end - rest.trimStart().length;
  let bodyText = rest.trim();
  if (bodyText.length > LONGEST_BODY) {
    const where = range(bodyStart, bodyStart + bodyText.length);
    report("long-directive", `a \`#@\` line may have ${LONGEST_BODY} characters at most`, where);
    bodyText = "";
  }
  return {
    kind: "directive",
    range: line,
    comment: range(line.start + hash, line.end),
    keyword: { text: name, range: range(start, start + name.length) },
    body: { text: bodyText, range: range(bodyStart, bodyStart + bodyText.length) },
  };
}

type Base = { readonly range: Range; readonly comment: Range | undefined };

function label(words: readonly Word[], base: Base, report: Report): Line {
  const name = words[0]!;
  if (words.length > 1) {
    const rest = range(words[1]!.range.start, words.at(-1)!.range.end);
    const message =
      name.text === "."
        ? "a label's name follows its dot without a blank"
        : words.length === 2 && /^-?\d+$/.test(words[1]!.text)
          ? `a label stands alone on its line; a variable is declared with \`.var\`: \`.var ${name.text.slice(1)}\``
          : `a label stands alone on its line: put what follows \`${name.text}\` on the next line`;
    report("label-not-alone", message, rest);
  }
  return { kind: "label", ...base, name };
}

function variable(words: readonly Word[], base: Base, report: Report): Line {
  const [keyword, name, count] = words;
  const node = { kind: "variable", ...base, keyword: keyword!.range } as const;
  if (!name) {
    report("missing-name", "`.var` needs a name: `.var count`", keyword!.range);
    return { ...node, count: 1 };
  }
  if (name.text.startsWith(".")) {
    report("bad-name", "the name of a variable begins with a letter, not with a dot", name.range);
  }
  if (words.length > 3) {
    report(
      "extra-words",
      "`.var` takes a name and a number of cells, nothing else",
      range(words[3]!.range.start, words.at(-1)!.range.end),
    );
  }
  if (!count) return { ...node, name, count: 1 };
  const cells = /^[+-]?\d+$/.test(count.text) ? Number(count.text) : Number.NaN;
  if (!Number.isSafeInteger(cells)) {
    report("bad-count", `the number of cells must be a whole number, not \`${count.text}\``, count.range);
  }
  return { ...node, name, count: Number.isSafeInteger(cells) ? cells : 1, countRange: count.range };
}

function instruction(
  code: string,
  offset: number,
  mnemonic: Word,
  base: Base,
  report: Report,
  suggest: Suggest,
): Line {
  const end = code.trimEnd().length;
  const bodyRange = range(mnemonic.range.start, offset + end);
  const body = { text: code.slice(bodyRange.start - offset, end), range: bodyRange };
  const spec = instructionSpec(mnemonic.text);
  // Written out, because this is most of the work on a keystroke, and copying objects is slow.
  const line = (operands: readonly Operand[], form: Form | undefined): InstructionLine => ({
    kind: "instruction",
    range: base.range,
    comment: base.comment,
    body,
    mnemonic,
    spec,
    operands,
    form,
  });
  if (!spec) {
    reportUnknown(mnemonic, report, suggest);
    return line([], undefined);
  }
  const operands = parseOperands(
    code.slice(mnemonic.range.end - offset, end),
    mnemonic.range.end,
    spec,
    report,
    suggest,
  );
  if (operands.some((o) => o.kind === "bad")) return line(operands, undefined);
  const form = matchForm(spec, operands);
  if (form) return line(operands, form);
  const misuse = explainMisuse(spec, operands, mnemonic.range);
  report("operands", misuse.message, misuse.range);
  return line(operands, undefined);
}

const ownValue = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const MNEMONICS = INSTRUCTIONS.map((i) => i.mnemonic);

function reportUnknown(mnemonic: Word, report: Report, suggest: Suggest): void {
  const word = mnemonic.text.replace(/:$/, "");
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  const lower = word.toLowerCase();
  const instead = instructionSpec(lower) ? lower : ownValue(OTHER_MNEMONICS, lower);
  const reason = ownValue(NOT_NEEDED, lower);
  const comment = foreignComment(word);
  if (comment?.index === 0) {
    const { start } = mnemonic.range;
    report("foreign-comment", COMMENT_MESSAGE, range(start, start + comment.mark.length), ["#"]);
  } else if (reason) report("unknown-instruction", reason, mnemonic.range);
  else if (mnemonic.text.endsWith(":") && word) {
    const message = `labels begin with a dot and have no colon: \`.${shown}\``;
    report("unknown-instruction", message, mnemonic.range, [`.${word}`]);
  } else if (instead === lower) {
    report("unknown-instruction", `instructions are written in lower case: \`${lower}\``, mnemonic.range, [
      lower,
    ]);
  } else if (instead) {
    report("unknown-instruction", `there is no \`${shown}\` here; use \`${instead}\``, mnemonic.range, [
      instead,
    ]);
  } else {
    const suggestions = suggest(word, MNEMONICS);
    report(
      "unknown-instruction",
      `unknown instruction \`${shown}\`${didYouMean(suggestions)}`,
      mnemonic.range,
      suggestions,
    );
  }
}
