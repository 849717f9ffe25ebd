import type { InstructionSpec } from "../isa/instruction-set.ts";
import { REGISTERS, registerNumber } from "../isa/registers.ts";
import { didYouMean } from "../text/nearest.ts";
import { type Range, range } from "../text/range.ts";
import { COMMENT_MESSAGE, foreignComment, withComma, withoutBrackets } from "./habits.ts";
import type { MemoryOperand, Operand, RegisterOperand } from "./tree.ts";

/** Takes an error: its code, its message, its place, and what could stand there instead. */
export type Report = (code: string, message: string, where: Range, suggestions?: readonly string[]) => void;

type Suggest = (word: string, candidates: readonly string[]) => string[];

/** A piece of the text without surrounding blanks. */
interface Piece {
  readonly text: string;
  readonly start: number;
}

interface Context {
  readonly spec: InstructionSpec;
  readonly report: Report;
  readonly suggest: Suggest;
}

/**
 * Parses what stands behind a mnemonic (dialect §4). `text` begins at `offset`; operands are divided by commas outside of parentheses.
 * What is not an operand is reported and becomes a `bad` one.
 */
export function parseOperands(
  text: string,
  offset: number,
  spec: InstructionSpec,
  report: Report,
  suggest: Suggest,
): Operand[] {
  const pieces = split(text, offset);
  if (pieces.length === 1 && pieces[0]!.text === "") return [];
  return pieces.map((piece) => parseOperand(piece, { spec, report, suggest }));
}

/** More pieces than any instruction or address has; what follows stays in the last one, so that noise is reported once. */
const MOST_PIECES = 5;

function split(text: string, offset: number): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === "(") depth++;
    else if (c === ")") depth = Math.max(0, depth - 1);
    else if (c === undefined || (c === "," && depth === 0 && pieces.length < MOST_PIECES - 1)) {
      pieces.push(trim(text.slice(start, i), offset + start));
      start = i + 1;
    }
  }
  return pieces;
}

function trim(text: string, start: number): Piece {
  const left = text.trimStart();
  return { text: left.trimEnd(), start: start + (text.length - left.length) };
}

const rangeOf = (piece: Piece): Range => range(piece.start, piece.start + piece.text.length);

function parseOperand(piece: Piece, context: Context): Operand {
  const where = rangeOf(piece);
  const { text } = piece;
  const bad = (code: string, message: string, suggestions?: readonly string[]): Operand => {
    context.report(code, message, where, suggestions);
    return { kind: "bad", range: where };
  };
  if (text === "") return bad("missing-operand", "an operand is missing here");
  const comment = foreignComment(text);
  // A declared name may have such a mark in it, but no blanks.
  const mayBeName = /^[.\p{L}]\S*$/u.test(text);
  if (comment && !mayBeName) {
    const start = piece.start + comment.index;
    context.report("foreign-comment", COMMENT_MESSAGE, range(start, start + comment.mark.length), ["#"]);
    return { kind: "bad", range: where };
  }
  const divided = withComma(text);
  if (divided) return bad("missing-comma", "operands are divided by a comma", [divided]);
  if (text.startsWith("$")) return immediate(piece, bad);
  if (text.startsWith("%")) return parseRegister(piece, context) ?? { kind: "bad", range: where };
  if (text.startsWith(".")) {
    if (/\s/.test(text)) return bad("bad-label", "a label's name has no blanks");
    return { kind: "label", range: where, name: text };
  }
  if (/^[-\d(]/.test(text)) return memory(piece, context, bad);
  if (/^\p{L}/u.test(text)) return variable(piece, context, bad);
  if (text.startsWith("_")) {
    return bad(
      "bad-operand",
      "a name that begins with `_` cannot be used as an operand; rename the variable",
    );
  }
  const bare = withoutBrackets(text);
  if (bare) return bad("bad-operand", `memory is written without brackets: \`${clip(bare)}\``, [bare]);
  return bad(
    "bad-operand",
    `\`${clip(text)}\` is not an operand: write $5, %ax, a variable, 2000, 4(%bx) or a .label`,
  );
}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

type Bad = (code: string, message: string, suggestions?: readonly string[]) => Operand;

function immediate({ text, start }: Piece, bad: Bad): Operand {
  const digits = text.slice(1);
  if (/^-?\d+$/.test(digits)) {
    return { kind: "immediate", range: range(start, start + text.length), digits };
  }
  const hexadecimal = /^-?0[xX][\da-fA-F]+$/.test(digits) ? Number(digits.replace("-", "")) : Number.NaN;
  if (!Number.isNaN(hexadecimal)) {
    const decimal = `$${digits.startsWith("-") ? "-" : ""}${hexadecimal}`;
    return bad("bad-immediate", `numbers are decimal here: \`${clip(decimal)}\``, [decimal]);
  }
  const meant = withoutDollar(digits);
  const suggestions = meant === undefined ? [] : [meant];
  return bad(
    "bad-immediate",
    `\`$\` must be followed by a decimal number, as in $5 or $-1${didYouMean(suggestions)}`,
    suggestions,
  );
}

/** What may be meant by something behind a `$` that is no number: one with a blank or a plus in it, a register, a variable. */
function withoutDollar(text: string): string | undefined {
  const compact = text.replace(/[\s+]/g, "");
  if (/^-?\d+$/.test(compact)) return `$${compact}`;
  if (registerNumber(text) > 0) return `%${text}`;
  return /^%?\p{L}\w{0,39}$/u.test(text) ? text : undefined;
}

function parseRegister(piece: Piece, { report, suggest }: Context): RegisterOperand | undefined {
  const name = piece.text.slice(1);
  const number = piece.text.startsWith("%") ? registerNumber(name) : -1;
  if (number >= 0) return { kind: "register", range: rangeOf(piece), register: number };
  const tidy = name
    .replace(/[\s%].*$/, "")
    .toLowerCase()
    .replace(/^[er](?=[a-d]x$)/, "");
  const exact = registerNumber(tidy) > 0 ? [`%${tidy}`] : [];
  const suggestions = exact.length ? exact : suggest(name, REGISTERS.slice(1)).map((r) => `%${r}`);
  report(
    "unknown-register",
    `\`${clip(piece.text)}\` is not a register${
      didYouMean(suggestions) ||
      `; there are ${REGISTERS.slice(1)
        .map((r) => `%${r}`)
        .join(" ")}`
    }`,
    rangeOf(piece),
    suggestions,
  );
  return undefined;
}

function variable(piece: Piece, { report }: Context, bad: Bad): Operand {
  const { text } = piece;
  const indexed = /^([^\s(+]+)\s*[(+]/.exec(text);
  if (indexed) {
    return bad(
      "indexed-variable",
      `a variable takes no offset or index: load its address first (\`lea ${clip(indexed[1]!)}, %dx\`) and use \`4(%dx)\``,
    );
  }
  if (/\s/.test(text)) {
    report("missing-comma", "operands are divided by a comma", rangeOf(piece));
    return { kind: "bad", range: rangeOf(piece) };
  }
  return { kind: "memory", range: rangeOf(piece), variable: text, displacement: "0", scale: 1 };
}

function memory(piece: Piece, context: Context, bad: Bad): Operand {
  const { text } = piece;
  const open = text.indexOf("(");
  const number = (open < 0 ? text : text.slice(0, open)).trimEnd();
  if (number !== "" && !/^-?\d+$/.test(number)) {
    const hexadecimal = /^0[xX][\da-fA-F]+$/.test(number) ? [String(Number(number))] : [];
    return bad(
      "bad-address",
      `\`${clip(number)}\` is not a decimal address${didYouMean(hexadecimal)}`,
      open < 0 ? hexadecimal : [],
    );
  }
  const direct = {
    kind: "memory",
    range: rangeOf(piece),
    displacement: number === "" ? "0" : number,
    scale: 1,
  } as const;
  if (open < 0) return direct;
  const close = text.indexOf(")", open);
  if (text.indexOf("(", open + 1) >= 0)
    return bad("parentheses", "one pair of parentheses at most: 4(%ax) or 4(%ax,%bx,4)");
  if (close < 0) return bad("parentheses", "the parenthesis is not closed: add `)`");
  if (close < text.length - 1)
    return bad(
      "parentheses",
      `nothing may follow the closing parenthesis, but \`${clip(text.slice(close + 1))}\` does`,
    );
  return addressing(direct, text.slice(open + 1, close), piece.start + open + 1, context, bad);
}

/** The fields between the parentheses: base, index, scale, each of which may be empty. */
function addressing(
  direct: MemoryOperand,
  inner: string,
  start: number,
  context: Context,
  bad: Bad,
): Operand {
  const [base, index, scale, more] = split(inner, start);
  if (more) return bad("address-form", "an address has at most a base, an index and a scale: 4(%ax,%bx,4)");
  if (index && context.spec.mnemonic !== "mov") {
    return bad(
      "address-form",
      `only \`mov\` understands an index; \`${context.spec.mnemonic}\` takes n(%register): add the registers first`,
    );
  }
  const result: { base?: RegisterOperand; index?: RegisterOperand; scale: number } = { scale: 1 };
  for (const [name, piece] of [
    ["base", base],
    ["index", index],
  ] as const) {
    if (!piece || piece.text === "") continue;
    const parsed = parseRegister(piece, context);
    if (!parsed) return { kind: "bad", range: direct.range };
    result[name] = parsed;
  }
  if (scale) {
    if (!/^-?\d{1,15}$/.test(scale.text)) {
      return bad("address-form", `the scale must be a decimal number, not \`${clip(scale.text)}\``);
    }
    result.scale = Number(scale.text) + 0;
  }
  return { ...direct, ...result };
}
