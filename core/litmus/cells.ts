import type { Word } from "../asm/tree.ts";
import { type X86Dialect, type X86Instruction, x86Mnemonic, x86MnemonicNames } from "../isa/x86.ts";
import { didYouMean } from "../text/nearest.ts";
import { type Range, range } from "../text/range.ts";
import { explainOperands } from "./misuse.ts";
import { parseOperand, splitOperands, trimmed } from "./operands.ts";
import { type Reporter, shown } from "./report-error.ts";
import type { Cell, InstructionNode, Operand } from "./tree.ts";

const LABEL = /\s*([A-Za-z_][\w.]*)\s*:/y;
const LOCK = /\s*(lock)\b(?:\s*;)?/iy;
const MNEMONIC = /\s*([A-Za-z]\w*)/y;

/** Parses one thread's part of a row: labels, then perhaps an instruction. */
export function parseCell(text: string, where: Range, dialect: X86Dialect, reporter: Reporter): Cell {
  const labels: Word[] = [];
  let at = where.start;
  for (;;) {
    const match = matchAt(LABEL, text, at, where.end);
    if (!match) break;
    labels.push(match.word);
    at = match.end;
  }
  const whole = trimmed(text, where.start, where.end);
  const rest = trimmed(text, at, where.end);
  if (rest.text === "") return { range: whole.range, labels };
  return { range: whole.range, labels, instruction: parseInstruction(text, rest.range, dialect, reporter) };
}

function matchAt(
  pattern: RegExp,
  text: string,
  at: number,
  end: number,
): { readonly word: Word; readonly end: number } | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match || pattern.lastIndex > end) return undefined;
  const start = at + match[0].indexOf(match[1]!);
  return { word: { text: match[1]!, range: range(start, start + match[1]!.length) }, end: pattern.lastIndex };
}

function parseInstruction(
  text: string,
  where: Range,
  dialect: X86Dialect,
  reporter: Reporter,
): InstructionNode {
  const lock = matchAt(LOCK, text, where.start, where.end);
  const match = matchAt(MNEMONIC, text, lock?.end ?? where.start, where.end);
  const mnemonic = match?.word ?? { text: "", range: where };
  const known = x86Mnemonic(dialect, mnemonic.text.toLowerCase());
  // Written out, because a test is mostly instructions, and copying objects is slow.
  const node = (operands: readonly Operand[]): InstructionNode => ({
    range: where,
    lock: lock?.word.range,
    mnemonic,
    spec: known?.spec,
    bits: known?.bits,
    operands,
  });
  if (!match) {
    reporter.report("unknown-instruction", "an instruction is missing here", where);
    return node([]);
  }
  if (!known) {
    reportUnknown(mnemonic, dialect, reporter);
    return node([]);
  }
  const { spec } = known;
  if (spec.shape === "refused") {
    const message = `\`${mnemonic.text}\` cannot be executed here: it ${spec.summary}`;
    reporter.report("refused-instruction", message, mnemonic.range);
    return node([]);
  }
  const parse = (word: Word): Operand =>
    spec.shape === "jump" ? label(word, reporter) : parseOperand(word, dialect, reporter);
  const parsed = node(splitOperands(text, match.end, where.end).map(parse));
  if (!parsed.operands.some((o) => o.kind === "bad")) check(parsed, spec, dialect, reporter);
  return parsed;
}

function label(word: Word, { report }: Reporter): Operand {
  if (/^[A-Za-z_][\w.]*$/.test(word.text)) return { kind: "label", range: word.range, name: word.text };
  report("bad-label", "a jump goes to a label, as in `JE L0`", word.range);
  return { kind: "bad", range: word.range };
}

/** How many operands an instruction of a shape has. */
export const OPERAND_COUNTS: Readonly<Record<X86Instruction["shape"], readonly number[]>> = {
  binary: [2],
  unary: [1],
  exchange: [2],
  "exchange-add": [2],
  "compare-exchange": [2],
  "conditional-move": [2],
  "set-not-below": [1],
  jump: [1],
  fence: [0],
  nothing: [0, 1],
  refused: [0, 1, 2],
};

/** Reports what is wrong with an instruction whose mnemonic is known. */
function check(node: InstructionNode, spec: X86Instruction, dialect: X86Dialect, { report }: Reporter): void {
  const { lock, mnemonic, operands } = node;
  if (mnemonic.text !== mnemonic.text.toLowerCase() && mnemonic.text !== mnemonic.text.toUpperCase()) {
    const lower = mnemonic.text.toLowerCase();
    report("mixed-case", "instructions are all in lower or all in upper case", mnemonic.range, [
      lower,
      lower.toUpperCase(),
    ]);
  }
  const all = operands.length ? range(operands[0]!.range.start, operands.at(-1)!.range.end) : mnemonic.range;
  const counts = OPERAND_COUNTS[spec.shape];
  if (!counts.includes(operands.length)) {
    const most = Math.max(...counts);
    const need = most === 0 ? "no operand" : most === 1 ? "one operand" : "two operands, divided by a comma";
    report("operand-count", `\`${mnemonic.text}\` takes ${need}`, all);
  } else {
    const misuse = explainOperands(node, spec, dialect);
    if (misuse) report(misuse.code, misuse.message, misuse.range);
  }
  if (!lock) return;
  if (!spec.lockable) {
    const instead = spec.mnemonic === "mov" ? "; `xchg` stores in a locked step" : "";
    report("bad-lock", `\`${mnemonic.text}\` cannot be locked${instead}`, lock);
  } else if (operands.length && operands.every((o) => o.kind === "register" || o.kind === "immediate")) {
    report("bad-lock", "a lock prefix needs a memory operand", lock);
  }
}

/** What people write who know another assembler. */
const ELSEWHERE: Readonly<Record<string, string>> = { j: "jmp", hlt: "jmp", neg: "sub", xaddl: "xadd" };

function reportUnknown(mnemonic: Word, dialect: X86Dialect, { report, suggest }: Reporter): void {
  const lower = mnemonic.text.toLowerCase();
  const instead = Object.hasOwn(ELSEWHERE, lower)
    ? [ELSEWHERE[lower]!]
    : suggest(lower, x86MnemonicNames(dialect));
  const upper = mnemonic.text === mnemonic.text.toUpperCase();
  const suggestions = instead.map((name) => (upper ? name.toUpperCase() : name));
  report(
    "unknown-instruction",
    `unknown instruction \`${shown(mnemonic.text)}\`${didYouMean(suggestions)}`,
    mnemonic.range,
    suggestions,
  );
}
