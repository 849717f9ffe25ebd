import { type CompletionItem, CompletionItemKind, type Range } from "vscode-languageserver";
import { EXAMPLES, formText } from "../../../core/asm/forms.ts";
import {
  type Form,
  INSTRUCTIONS,
  type InstructionSpec,
  type OperandKind,
} from "../../../core/isa/instruction-set.ts";
import { REGISTERS } from "../../../core/isa/registers.ts";
import type { AsmDocument } from "../../document.ts";
import { item, literal, placeholder } from "./items.ts";
import { declaredNames, missingLabels } from "./names.ts";

/** Every form of every instruction as a snippet; what the program uses most comes first. */
export function mnemonics(document: AsmDocument, range: Range): CompletionItem[] {
  const uses = new Map<string, number>();
  for (const { line } of document.assembly.instructions) {
    uses.set(line.mnemonic.text, (uses.get(line.mnemonic.text) ?? 0) + 1);
  }
  const ordered = INSTRUCTIONS.toSorted((a, b) => (uses.get(b.mnemonic) ?? 0) - (uses.get(a.mnemonic) ?? 0));
  const choices: Choices = {
    memory: declaredNames(document, "variable"),
    label: declaredNames(document, "label"),
    register: REGISTERS.slice(1).map((r) => `%${r}`),
    immediate: [],
    address: [],
  };
  return ordered.flatMap((spec, i) =>
    spec.forms.map((form, j) =>
      item({
        label: spec.mnemonic,
        kind: CompletionItemKind.Keyword,
        range,
        snippet: snippet(spec, form, choices),
        detail: formText(form),
        rank: i * 10 + j,
        data: { kind: "mnemonic", name: spec.mnemonic },
      }),
    ),
  );
}

type Choices = Readonly<Record<OperandKind, readonly string[]>>;

function snippet(spec: InstructionSpec, form: Form, choices: Choices): string {
  const operands = form.operands.map((kind, i) =>
    kind === "immediate"
      ? `${literal("$")}${placeholder(i + 1, [], EXAMPLES[kind].slice(1))}`
      : placeholder(i + 1, choices[kind], EXAMPLES[kind]),
  );
  return `${spec.mnemonic} ${operands.join(", ")}`.trimEnd();
}

/** `.var`, and labels that are jumped to but stand nowhere yet. */
export function declarations(document: AsmDocument, range: Range): CompletionItem[] {
  return [
    item({
      label: ".var",
      kind: CompletionItemKind.Keyword,
      range,
      snippet: `.var ${placeholder(1, [], "count")}`,
      detail: "name [cells]",
      rank: 0,
      documentation: "declares a variable",
    }),
    ...missingLabels(document).map((label, i) =>
      item({
        label,
        kind: CompletionItemKind.Function,
        range,
        detail: "is jumped to and stands nowhere yet",
        rank: i + 1,
      }),
    ),
  ];
}
