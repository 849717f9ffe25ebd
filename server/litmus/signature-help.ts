import type * as lsp from "vscode-languageserver";
import type { X86Dialect } from "../../core/isa/x86.ts";
import { X86_EXAMPLES, type X86Form, x86Forms } from "../../core/litmus/forms.ts";
import { toOffset } from "../positions.ts";
import type { LitmusDocument } from "./document.ts";
import { describeMnemonic, nameOf } from "./documentation.ts";
import { cellBefore, type TypedOperand, typedOperand, withoutPrefixes } from "./typing.ts";

/** The operand forms of the instruction that is being typed; the active one is the first that fits what stands there. */
export function signatureHelp(document: LitmusDocument, position: lsp.Position): lsp.SignatureHelp | null {
  const { tree, lines, text } = document;
  const offset = toOffset(lines, position);
  const { dialect, codeRange } = tree;
  if (!dialect || !codeRange || offset < codeRange.start || offset > codeRange.end) return null;
  const { line } = lines.position(offset);
  const { rest } = withoutPrefixes(cellBefore(text.slice(lines.lineRange(line).start, offset)).cell);
  const typed = typedOperand(rest, dialect);
  if (!typed) return null;
  const all = x86Forms(typed.spec, dialect).filter((form) => form.length > 0);
  return {
    signatures: all.map((form) => signature(typed, form, dialect)),
    activeSignature: all.findIndex((form) => form.join() === typed.forms[0]!.join()),
    activeParameter: typed.operand,
  };
}

function signature({ spec }: TypedOperand, form: X86Form, dialect: X86Dialect): lsp.SignatureInformation {
  const parameters: lsp.ParameterInformation[] = [];
  let label = `${nameOf(spec, dialect)} `;
  form.forEach((kind, i) => {
    if (i) label += ",";
    const example = X86_EXAMPLES[dialect][kind];
    parameters.push({ label: [label.length, label.length + example.length] });
    label += example;
  });
  return { label, parameters, documentation: { kind: "markdown", value: describeMnemonic(spec, dialect) } };
}
