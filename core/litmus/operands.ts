import type { Word } from "../asm/tree.ts";
import type { X86Dialect } from "../isa/x86.ts";
import { REGISTER_PART_NAMES, registerPart, X86_REGISTERS } from "../isa/x86-registers.ts";
import { didYouMean } from "../text/nearest.ts";
import { range } from "../text/range.ts";
import { type Reporter, shown } from "./report-error.ts";
import type { MemoryOperand, Operand, RegisterOperand } from "./tree.ts";

/** Divides the operands of an instruction at the commas outside of parentheses; blanks around each are left out. */
export function splitOperands(text: string, from: number, to: number): Word[] {
  const words: Word[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at <= to; at++) {
    const c = at < to ? text[at] : undefined;
    if (c === "(" || c === "[") depth++;
    else if (c === ")" || c === "]") depth = Math.max(0, depth - 1);
    else if (c === undefined || (c === "," && depth === 0)) {
      words.push(trimmed(text, start, at));
      start = at + 1;
    }
  }
  return words.length === 1 && words[0]!.text === "" ? [] : words;
}

/** A stretch of a text without surrounding blanks. */
export function trimmed(text: string, from: number, to: number): Word {
  const part = text.slice(from, to);
  const start = from + (part.length - part.trimStart().length);
  const word = part.trim();
  return { text: word, range: range(start, start + word.length) };
}

/** Parses one operand; labels are not operands in this sense. What is none is reported and becomes a `bad` one. */
export function parseOperand(word: Word, dialect: X86Dialect, reporter: Reporter): Operand {
  const { text } = word;
  const bad = (code: string, message: string, suggestions?: readonly string[]): Operand => {
    reporter.report(code, message, word.range, suggestions);
    return { kind: "bad", range: word.range };
  };
  if (text === "") return bad("missing-operand", "an operand is missing here");
  if (text.length > LONGEST_NUMBER && /^[$\d-]/.test(text)) {
    return bad("bad-immediate", "registers and cells have 64 bits at most, and so have numbers");
  }
  if (/^\$?-?\d+$/.test(text)) {
    return { kind: "immediate", range: word.range, value: BigInt(text.replace("$", "")) };
  }
  const hexadecimal = /^(\$?)(-?)(0[xX][\da-fA-F]+)$/.exec(text);
  if (hexadecimal) {
    const decimal = `${hexadecimal[1]}${hexadecimal[2]}${BigInt(hexadecimal[3]!)}`;
    return bad("bad-immediate", `numbers in code are decimal: \`${shown(decimal)}\``, [decimal]);
  }
  if (text.startsWith("$")) return bad("bad-immediate", "`$` is followed by a decimal number, as in `$1`");
  if (/[([]/.test(text)) return memory(word, dialect, reporter) ?? { kind: "bad", range: word.range };
  if (/^%?\w+$/.test(text)) return register(word, dialect, reporter) ?? { kind: "bad", range: word.range };
  return bad("bad-operand", `\`${shown(text)}\` is not an operand: write ${EXAMPLES[dialect]}`);
}

/** More than 64 bits take, and little enough to be read at once. */
const LONGEST_NUMBER = 100;

const EXAMPLES: Readonly<Record<X86Dialect, string>> = {
  x86: "`$1`, `EAX` or `[x]`",
  x86_64: "`$1`, `%eax` or `(x)`",
};

function register(
  { text, range: where }: Word,
  dialect: X86Dialect,
  { report, suggest }: Reporter,
): RegisterOperand | undefined {
  const name = text.replace("%", "");
  const found = findRegister(name, dialect);
  if (found) return { kind: "register", range: where, ...found };
  if (dialect === "x86" && text.startsWith("%"))
    return { kind: "register", range: where, name: text, bits: 32 };
  const upper = dialect === "x86" && findRegister(name.toUpperCase(), dialect);
  const high = dialect === "x86_64" && registerPart(name)?.high;
  if (upper) {
    report("unknown-register", `registers are written in upper case here: \`${upper.name}\``, where, [
      upper.name,
    ]);
  } else if (high) {
    report(
      "high-byte",
      `\`${shown(name)}\` is bits 8 to 15 of a register, which tests here cannot use; use \`${name[0]}l\``,
      where,
    );
  } else {
    const known = dialect === "x86" ? X86_REGISTERS : REGISTER_PART_NAMES;
    const variable = name.length === 1 && !text.startsWith("%"); // as most variables of tests are called
    const suggestions = variable ? [] : suggest(name, known);
    const memory = dialect === "x86" ? `[${name}]` : `(${name})`;
    report(
      "unknown-register",
      suggestions.length
        ? `there is no register \`${shown(name)}\`${didYouMean(suggestions)}`
        : `there is no register \`${shown(name)}\`; if it is a variable, write \`${shown(memory)}\``,
      where,
      suggestions.length ? suggestions : [memory],
    );
  }
  return undefined;
}

function findRegister(
  name: string,
  dialect: X86Dialect,
): { readonly name: string; readonly bits: RegisterOperand["bits"] } | undefined {
  if (dialect === "x86") return X86_REGISTERS.includes(name) ? { name, bits: 32 } : undefined;
  const part = registerPart(name);
  return part && !part.high ? { name: part.whole, bits: part.bits } : undefined;
}

/** displacement, then in brackets or parentheses a name, a number, or base, index and scale. */
const MEMORY = /^(-?\d*)\s*([([])([^()[\]]*)([)\]])$/;

function memory(word: Word, dialect: X86Dialect, reporter: Reporter): MemoryOperand | undefined {
  const { text, range: where } = word;
  const fail = (message: string): undefined => {
    reporter.report("bad-memory-operand", message, where);
    return undefined;
  };
  const match = MEMORY.exec(text);
  if (!match || (match[2] === "[") !== (match[4] === "]")) {
    return fail(
      dialect === "x86"
        ? "a memory operand is a variable or a register in brackets: `[x]`, `[EBX]`"
        : "a memory operand is written `(x)`, `(%rbx)`, `4(%rbx)` or `0(%rax,%rbx,8)`",
    );
  }
  const displacement = match[1] === "" ? 0 : Number(match[1]);
  if (Number.isNaN(displacement)) return fail("a number is missing behind the minus sign");
  if (dialect === "x86" && match[1] !== "") {
    return fail("X86 tests have no displacements: add to the register first, or use X86_64");
  }
  const inside = where.start + text.indexOf(match[2]!) + 1;
  let start = inside;
  const words = match[3]!.split(",").map((part) => {
    const piece = trimmed(part, 0, part.length);
    const found = { text: piece.text, range: range(start + piece.range.start, start + piece.range.end) };
    start += part.length + 1;
    return found;
  });
  return address(words, displacement, word, dialect, reporter);
}

function address(
  words: readonly Word[],
  displacement: number,
  whole: Word,
  dialect: X86Dialect,
  reporter: Reporter,
): MemoryOperand | undefined {
  const [first, second, third] = words;
  const operand = (parts: Partial<MemoryOperand>): MemoryOperand => ({
    kind: "memory",
    range: whole.range,
    variable: parts.variable,
    base: parts.base,
    index: parts.index,
    scale: parts.scale ?? 1,
    displacement: parts.displacement ?? displacement,
  });
  if (!first || words.length > 3 || (dialect === "x86" && words.length > 1)) {
    reporter.report("bad-memory-operand", "too much stands between the brackets", whole.range);
    return undefined;
  }
  if (words.length === 1) {
    if (/^-?\d+$/.test(first.text)) return operand({ displacement: displacement + Number(first.text) });
    const found = findRegister(first.text.replace("%", ""), dialect);
    if (found || first.text.startsWith("%")) {
      const base = register(first, dialect, reporter);
      return base && operand({ base });
    }
    if (/^[A-Za-z_][\w./-]*$/.test(first.text)) return operand({ variable: first });
    reporter.report(
      "bad-memory-operand",
      "a variable or a register stands between the brackets",
      whole.range,
    );
    return undefined;
  }
  const base = register(first, dialect, reporter);
  const index = register(second!, dialect, reporter);
  const scale = third ? Number(third.text) : 1;
  if (![1, 2, 4, 8].includes(scale)) {
    reporter.report("bad-memory-operand", "the scale is 1, 2, 4 or 8", third!.range);
    return undefined;
  }
  return base && index && operand({ base, index, scale });
}
