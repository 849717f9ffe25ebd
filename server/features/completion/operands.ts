import { type CompletionItem, CompletionItemKind, type Range } from "vscode-languageserver";
import type { OperandKind } from "../../../core/isa/instruction-set.ts";
import { REGISTER_ROLES, REGISTERS } from "../../../core/isa/registers.ts";
import type { AsmDocument } from "../../document.ts";
import type { Typing } from "../../typing.ts";
import { item, literal, placeholder } from "./items.ts";
import { declaredNames } from "./names.ts";

/** What can stand as the operand that is being typed. */
export function operands(document: AsmDocument, typing: Typing, range: Range): CompletionItem[] {
  if (typing.field !== undefined) return fields(typing, range);
  const kinds = new Set(typing.forms.map((f) => f.operands[typing.operand]!));
  return LIKELIHOOD.filter((kind) => kinds.has(kind)).flatMap((kind, i) =>
    OFFERS[kind](document, range, (i + 1) * 1000),
  );
}

/** Kinds of operands, those that people mean most often first. */
const LIKELIHOOD: readonly OperandKind[] = ["label", "memory", "register", "immediate", "address"];

type Offer = (document: AsmDocument, range: Range, rank: number) => CompletionItem[];

const OFFERS: Readonly<Record<OperandKind, Offer>> = {
  label: (document, range, rank) =>
    declaredNames(document, "label").map((name, i) =>
      item({
        label: name,
        kind: CompletionItemKind.Function,
        range,
        rank: rank + i,
        data: { kind: "label", name, uri: document.uri },
      }),
    ),
  memory: (document, range, rank) => [
    ...declaredNames(document, "variable").map((name, i) =>
      item({
        label: name,
        kind: CompletionItemKind.Variable,
        range,
        rank: rank + i,
        data: { kind: "variable", name, uri: document.uri },
      }),
    ),
    item({
      label: "4(%bx)",
      kind: CompletionItemKind.Snippet,
      range,
      snippet: `${placeholder(1, [], "4")}(${placeholder(2, NAMED, "%bx")})`,
      detail: "memory at a register",
      rank: rank + 900,
    }),
    ...addresses(document, range, rank + 901),
  ],
  register: (_document, range, rank) => registers(range, rank),
  immediate: (document, range, rank) =>
    [...new Set(["$1", "$0", ...immediates(document)])]
      .slice(0, 12)
      .map((label, i) =>
        item({ label, kind: CompletionItemKind.Value, range, snippet: literal(label), rank: rank + i }),
      ),
  address: addresses,
};

const NAMED = REGISTERS.slice(1).map((r) => `%${r}`);

const registers = (range: Range, rank: number): CompletionItem[] =>
  REGISTERS.slice(1).map((name, i) =>
    item({
      label: `%${name}`,
      kind: CompletionItemKind.Field,
      range,
      detail: REGISTER_ROLES[name]!.split(/[:;]/)[0]!,
      rank: rank + i,
      data: { kind: "register", name },
    }),
  );

/** Numbers that the text already uses, in the order of the text. */
function immediates({ tree }: AsmDocument): string[] {
  const found = new Set<string>();
  for (const node of tree.nodes) {
    if (node.kind !== "instruction") continue;
    for (const operand of node.operands) if (operand.kind === "immediate") found.add(`$${operand.digits}`);
    if (found.size > 12) break;
  }
  return [...found];
}

/** Addresses that the text already uses as numbers. */
function addresses({ tree }: AsmDocument, range: Range, rank: number): CompletionItem[] {
  const found = new Set<string>();
  for (const node of tree.nodes) {
    if (node.kind !== "instruction") continue;
    for (const o of node.operands) {
      if (o.kind === "memory" && o.variable === undefined && !o.base && !o.index) found.add(o.displacement);
    }
    if (found.size > 12) break;
  }
  return [...found].map((label, i) => item({ label, kind: CompletionItemKind.Value, range, rank: rank + i }));
}

/** Inside of parentheses: base, index, scale. Only `mov` understands the last two. */
function fields({ spec, field = 0 }: Typing, range: Range): CompletionItem[] {
  if (field === 0 || (field === 1 && spec.mnemonic === "mov")) return registers(range, 0);
  if (field === 2 && spec.mnemonic === "mov") {
    return ["4", "1", "8"].map((label, i) =>
      item({ label, kind: CompletionItemKind.Value, range, detail: "scale", rank: i }),
    );
  }
  return [];
}
