import type * as lsp from "vscode-languageserver";
import type { NameKind, NameUse } from "../../core/asm/names.ts";
import { registerNumber } from "../../core/isa/registers.ts";
import type { AsmDocument } from "../document.ts";
import { elementAt } from "../elements.ts";
import { toOffset, toRange } from "../positions.ts";

/** Why something cannot be renamed, or not so; one sentence for the person. */
export interface Refusal {
  readonly refusal: string;
}

/** What would be renamed at a position. */
export function prepareRename(
  document: AsmDocument,
  position: lsp.Position,
): { range: lsp.Range; placeholder: string } | Refusal {
  const use = nameAt(document, position);
  if ("refusal" in use) return use;
  return { range: toRange(document.lines, use.range), placeholder: use.name };
}

/** The edits that give a label or a variable another name, `#@` lines included. */
export function rename(
  document: AsmDocument,
  position: lsp.Position,
  newName: string,
): lsp.WorkspaceEdit | Refusal {
  const use = nameAt(document, position);
  if ("refusal" in use) return use;
  const trimmed = newName.trim();
  const name = use.kind === "label" && !trimmed.startsWith(".") ? `.${trimmed}` : trimmed;
  const refusal = name === use.name ? undefined : objection(document, use.kind, name);
  if (refusal) return { refusal };
  const edits = document.names
    .of(use.kind, use.name)
    .map((place) => ({ range: toRange(document.lines, place.range), newText: name }));
  return { changes: { [document.uri]: edits } };
}

function nameAt(document: AsmDocument, position: lsp.Position): NameUse | Refusal {
  const element = elementAt(document, toOffset(document.lines, position));
  if (element?.kind === "name") return element.use;
  return {
    refusal:
      element?.kind === "register"
        ? "Registers cannot be renamed: they belong to the machine."
        : "Only labels and variables can be renamed.",
  };
}

/** Labels: a dot, then anything but blanks and marks that end an operand. Variables begin with a letter (dialect §4). */
const SHAPES: Readonly<Record<NameKind, RegExp>> = {
  label: /^\.[^\s#,()]+$/u,
  variable: /^\p{L}[^\s#,()+]*$/u,
};

function objection({ names }: AsmDocument, kind: NameKind, name: string): string | undefined {
  if (!SHAPES[kind].test(name) || name === ".var") {
    return kind === "label"
      ? `\`${name}\` cannot be a label: write a dot and a word, as in \`.loop\`.`
      : `\`${name}\` cannot be a variable: its name begins with a letter and has no blanks, commas or parentheses.`;
  }
  if (kind === "variable" && registerNumber(name) >= 0) return `\`${name}\` is the name of a register.`;
  if (names.of(kind, name).length) return `There is a ${kind} \`${name}\` already.`;
  return undefined;
}
