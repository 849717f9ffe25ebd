import type * as lsp from "vscode-languageserver";
import { EXAMPLES } from "../../core/asm/forms.ts";
import type { Form, OperandKind } from "../../core/isa/instruction-set.ts";
import type { AsmDocument } from "../document.ts";
import { describeMnemonic } from "../documentation.ts";
import { toOffset } from "../positions.ts";
import { type Typing, textBefore, typingAt } from "../typing.ts";

/** The operand forms of the instruction that is being typed; the active one is the first that fits what stands there. */
export function signatureHelp(document: AsmDocument, position: lsp.Position): lsp.SignatureHelp | null {
  const typing = typingAt(textBefore(document, toOffset(document.lines, position)).text);
  if (!typing) return null;
  const all = typing.spec.forms.filter((f) => f.operands.length > 0);
  const active = mostFitting(typing);
  if (!active) return null;
  return {
    signatures: all.map((form) => signature(typing, form)),
    activeSignature: all.indexOf(active),
    activeParameter: typing.operand,
  };
}

function signature({ spec }: Typing, form: Form): lsp.SignatureInformation {
  const parameters: lsp.ParameterInformation[] = [];
  let label = `${spec.mnemonic} `;
  form.operands.forEach((kind, i) => {
    if (i) label += ", ";
    const text = EXAMPLES[kind];
    parameters.push({
      label: [label.length, label.length + text.length],
      documentation: `${KINDS[kind]} (${form.uses[i]})`,
    });
    label += text;
  });
  return {
    label,
    parameters,
    documentation: { kind: "markdown", value: `${form.effect}\n\n${describeMnemonic(spec)}` },
  };
}

const KINDS: Readonly<Record<OperandKind, string>> = {
  immediate: "a decimal number behind `$`",
  register: "a register",
  memory: "a variable, an address, or an address in parentheses such as 4(%bx)",
  label: "a label",
  address: "an address in digits",
};

/** Of the forms that are still possible, the one whose operand begins like the text. */
function mostFitting({ forms, operand, text }: Typing): Form | undefined {
  const kind = kindByStart(text);
  return forms.find((f) => f.operands[operand] === kind) ?? forms[0];
}

function kindByStart(text: string): OperandKind | undefined {
  if (text === "") return undefined;
  if (text.startsWith("$")) return "immediate";
  if (text.startsWith("%")) return "register";
  return text.startsWith(".") ? "label" : "memory";
}
