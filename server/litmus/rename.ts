import type * as lsp from "vscode-languageserver";
import { registerPart, X86_REGISTERS } from "../../core/isa/x86-registers.ts";
import type { LitmusNameUse } from "../../core/litmus/name-uses.ts";
import { renameRegister } from "../../core/litmus/rename-register.ts";
import type { Refusal } from "../features/rename.ts";
import { toOffset, toRange } from "../positions.ts";
import type { LitmusDocument } from "./document.ts";

/** What would be renamed at a position. */
export function prepareRename(
  document: LitmusDocument,
  position: lsp.Position,
): { range: lsp.Range; placeholder: string } | Refusal {
  const use = nameAt(document, position);
  return use ? { range: toRange(document.lines, use.range), placeholder: use.name } : NOTHING;
}

/** The edits that give a variable, a thread's label or a thread's register another name, in the conditions, too. */
export function rename(
  document: LitmusDocument,
  position: lsp.Position,
  newName: string,
): lsp.WorkspaceEdit | Refusal {
  const use = nameAt(document, position);
  if (!use) return NOTHING;
  const name = newName.trim();
  const newTexts =
    use.kind === "register" ? registerTexts(document, use, name) : plainTexts(document, use, name);
  if ("refusal" in newTexts) return newTexts;
  const places = document.names.of(use);
  const edits = places.map(({ range }, i) => ({
    range: toRange(document.lines, range),
    newText: newTexts[i]!,
  }));
  return { changes: { [document.uri]: edits } };
}

const NOTHING: Refusal = { refusal: "Only variables, labels and registers can be renamed." };

const nameAt = ({ names, lines }: LitmusDocument, position: lsp.Position): LitmusNameUse | undefined =>
  names.at(toOffset(lines, position));

/** Of each place the new text. */
function plainTexts({ names }: LitmusDocument, use: LitmusNameUse, name: string): string[] | Refusal {
  const { kind } = use;
  const shape = kind === "label" ? LABEL : VARIABLE;
  if (!shape.test(name) || SECTIONS.test(name)) {
    return { refusal: `\`${name}\` cannot be a ${kind}: write a letter, then letters, digits and \`_\`.` };
  }
  if (kind === "variable" && (X86_REGISTERS.includes(name) || registerPart(name))) {
    return { refusal: `\`${name}\` is the name of a register.` };
  }
  if (name !== use.name && names.of({ ...use, name }).length > 0) {
    return { refusal: `There is a ${kind} \`${name}\` already.` };
  }
  return names.of(use).map(() => name);
}

/** Shapes of names that are names everywhere in a test (litmus.md §1, §2). */
const VARIABLE = /^(?!(?:true|false|not|P\d+)$)[A-Za-z_](?:[\w.-]|\/(?!\\))*$/;
const LABEL = /^[A-Za-z_][\w.]*$/;
/** Words that end the code. */
const SECTIONS = /^(?:final|forall|exists|[oO]bserved|locations|filter|cases)$/;

function registerTexts(
  { names, tree, text }: LitmusDocument,
  use: LitmusNameUse,
  name: string,
): string[] | Refusal {
  const written = names.of(use).map(({ range }) => text.slice(range.start, range.end));
  return renameRegister({ tree, names, use, written, name });
}
