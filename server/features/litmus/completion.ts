import { type CompletionItem, CompletionItemKind, type Position } from "vscode-languageserver";
import { x86Mnemonic, x86MnemonicNames } from "../../../core/isa/x86.ts";
import { X86_64_REGISTERS, X86_REGISTERS } from "../../../core/isa/x86-registers.ts";
import type { LitmusDocument } from "../../litmus-document.ts";
import { toOffset, toRange } from "../../positions.ts";

/** Mnemonics where a cell begins, registers and variables behind a mnemonic and in the condition. */
export function completeLitmus(document: LitmusDocument, position: Position): CompletionItem[] {
  const { tree, lines, text } = document;
  const offset = toOffset(lines, position);
  const { start } = lines.lineRange(position.line);
  let from = offset;
  while (from > start && /\w/.test(text[from - 1]!)) from--;
  const range = toRange(lines, { start: from, end: offset });
  const item = (label: string, kind: CompletionItemKind, detail?: string): CompletionItem => ({
    label,
    kind,
    textEdit: { range, newText: label },
    ...(detail === undefined ? {} : { detail }),
  });
  if (!tree.dialect || !tree.header || offset < tree.header.range.start) return [];
  const inCode =
    offset > tree.header.range.end && offset < (tree.condition?.keyword.range.start ?? text.length);
  const before = text.slice(start, from);
  if (inCode && /(^|\||:)\s*$/.test(before.slice(-MOST_BLANKS))) {
    const { dialect } = tree;
    const upper = dialect === "x86";
    return [...x86MnemonicNames(dialect)].map((name) =>
      item(
        upper ? name.toUpperCase() : name,
        CompletionItemKind.Keyword,
        x86Mnemonic(dialect, name)!.spec.summary,
      ),
    );
  }
  const registers = tree.dialect === "x86" ? X86_REGISTERS : X86_64_REGISTERS;
  return [
    ...[...document.test.variables.keys()].map((name) => item(name, CompletionItemKind.Variable)),
    ...registers.map((name) => item(name, CompletionItemKind.Field)),
  ];
}

/** A cell that begins further left is not being typed at its beginning. */
const MOST_BLANKS = 200;
