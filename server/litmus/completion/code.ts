import { type CompletionItem, CompletionItemKind } from "vscode-languageserver";
import {
  X86_INSTRUCTIONS,
  type X86Dialect,
  type X86Instruction,
  x86Mnemonic,
} from "../../../core/isa/x86.ts";
import {
  X86_EXAMPLES,
  type X86Form,
  type X86OperandKind,
  x86Forms,
  x86FormText,
} from "../../../core/litmus/forms.ts";
import { forEachInstruction } from "../../../core/litmus/instructions.ts";
import { item, literal, placeholder } from "../../features/completion/items.ts";
import type { LitmusDocument } from "../document.ts";
import { nameOf } from "../documentation.ts";
import { cellBefore, type TypedOperand, typedOperand, withoutPrefixes } from "../typing.ts";
import { LONGEST_WORD, type Typed } from "./complete.ts";
import { labelNames, registersInCode, variableNames } from "./names.ts";
import { sectionKeywords } from "./sections.ts";

/** In the rows: names of threads, mnemonics, and the operands that the instruction takes at this place. */
export function completeCode(document: LitmusDocument, typed: Typed): CompletionItem[] {
  const { dialect } = document.tree;
  if (!dialect) return [];
  const { row, thread, cell } = cellBefore(typed.before);
  if (row === 0) return [threadName(thread, typed)];
  const { rest, lock } = withoutPrefixes(cell);
  if (!/\s/.test(rest)) {
    const isRowStart = thread === 0 && rest === cell.trimStart();
    return [
      ...mnemonics(document, dialect, { typed, word: rest, thread, lock }),
      ...(isRowStart ? sectionKeywords(typed) : []),
    ];
  }
  const operand = typedOperand(rest, dialect);
  return operand ? operands(document, dialect, thread, operand, typed) : [];
}

const threadName = (thread: number, { before, wordRange }: Typed): CompletionItem =>
  item({
    label: `P${thread}`,
    kind: CompletionItemKind.Class,
    range: wordRange(/\w*$/.exec(before.slice(-LONGEST_WORD))![0]),
    rank: 0,
  });

interface MnemonicPlace {
  readonly typed: Typed;
  readonly word: string;
  readonly thread: number;
  readonly lock: boolean;
}

/** Every form of every instruction as a snippet; what the test uses most comes first. */
function mnemonics(
  document: LitmusDocument,
  dialect: X86Dialect,
  { typed, word, thread, lock }: MnemonicPlace,
): CompletionItem[] {
  const range = typed.wordRange(word);
  const uses = new Map<string, number>();
  forEachInstruction(document.tree.rows, ({ spec }) => {
    if (spec) uses.set(spec.mnemonic, (uses.get(spec.mnemonic) ?? 0) + 1);
  });
  const offered = X86_INSTRUCTIONS.filter(
    (spec) => spec.dialects.includes(dialect) && spec.shape !== "refused" && (!lock || spec.lockable),
  ).sort((a, b) => (uses.get(b.mnemonic) ?? 0) - (uses.get(a.mnemonic) ?? 0));
  const items = offered.flatMap((spec, i) =>
    x86Forms(spec, dialect).map((form, j) =>
      item({
        label: cased(nameOf(spec, dialect), word),
        kind: CompletionItemKind.Keyword,
        range,
        snippet: snippet(document, dialect, { spec, form, thread, word }),
        detail: x86FormText(form, dialect),
        rank: i * 10 + j,
        data: { kind: "x86", name: spec.mnemonic, dialect },
      }),
    ),
  );
  if (lock) return items;
  const label = cased(dialect === "x86" ? "LOCK" : "lock", word);
  return [...items, item({ label, kind: CompletionItemKind.Keyword, range, rank: 2000 })];
}

/** As the person writes: in lower case where the word has begun so. */
const cased = (name: string, word: string): string =>
  word === "" ? name : word === word.toLowerCase() ? name.toLowerCase() : name.toUpperCase();

function snippet(
  document: LitmusDocument,
  dialect: X86Dialect,
  { spec, form, thread, word }: { spec: X86Instruction; form: X86Form; thread: number; word: string },
): string {
  const written = form.map((kind, i) => {
    const example = X86_EXAMPLES[dialect][kind];
    if (kind === "immediate") return `${literal("$")}${placeholder(i + 1, [], example.slice(1))}`;
    return placeholder(i + 1, choices(document, dialect, thread, kind), example);
  });
  return `${cased(nameOf(spec, dialect), word)} ${written.join(",")}`.trimEnd();
}

function choices(
  document: LitmusDocument,
  dialect: X86Dialect,
  thread: number,
  kind: X86OperandKind,
): string[] {
  switch (kind) {
    case "register":
      return registersInCode(document, thread, undefined);
    case "memory":
      return variableNames(document).map((name) => (dialect === "x86" ? `[${name}]` : `(${name})`));
    case "label":
      return labelNames(document, thread, "declaration");
    case "immediate":
      return ["$1", "$0", "$2"];
  }
}

const KINDS: Readonly<Record<X86OperandKind, CompletionItemKind>> = {
  label: CompletionItemKind.Function,
  memory: CompletionItemKind.Variable,
  register: CompletionItemKind.Field,
  immediate: CompletionItemKind.Value,
};

/** Memory through a register that holds an address at first. */
function pointers({ tree }: LitmusDocument, dialect: X86Dialect, thread: number): string[] {
  return tree.initial.flatMap(({ location, value }) => {
    if (location.kind !== "register" || location.thread !== thread || value?.kind !== "symbol") return [];
    return [dialect === "x86" ? `[${location.name}]` : `(%${location.name.toLowerCase()})`];
  });
}

function operands(
  document: LitmusDocument,
  dialect: X86Dialect,
  thread: number,
  { spec, forms, operand, text }: TypedOperand,
  { wordRange }: Typed,
): CompletionItem[] {
  const kinds = new Set(forms.map((form) => form[operand]!));
  const { bits } = x86Mnemonic(dialect, spec.name) ?? {};
  return [...kinds].flatMap((kind, i) => {
    const labels =
      kind === "register"
        ? registersInCode(document, thread, bits)
        : choices(document, dialect, thread, kind);
    const all = kind === "memory" ? [...labels, ...pointers(document, dialect, thread)] : labels;
    return all.map((label, j) =>
      item({
        label,
        kind: KINDS[kind],
        range: wordRange(text),
        snippet: literal(label),
        rank: i * 1000 + j,
      }),
    );
  });
}
