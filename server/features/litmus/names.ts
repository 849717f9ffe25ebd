import type * as lsp from "vscode-languageserver";
import type { Word } from "../../../core/asm/tree.ts";
import { X86_64_REGISTERS, X86_REGISTERS } from "../../../core/isa/x86-registers.ts";
import { type LitmusDocument, mentionAt } from "../../litmus-document.ts";
import { toOffset, toRange } from "../../positions.ts";
import type { Refusal } from "../rename.ts";

/** Where a variable is given its value, else where it stands first. */
export function litmusDefinition(document: LitmusDocument, position: lsp.Position): lsp.Location[] {
  const [first] = places(document, position);
  return first ? [{ uri: document.uri, range: toRange(document.lines, first.range) }] : [];
}

/** Every place of the variable under the cursor. */
export const litmusReferences = (document: LitmusDocument, position: lsp.Position): lsp.Location[] =>
  places(document, position).map(({ range }) => ({
    uri: document.uri,
    range: toRange(document.lines, range),
  }));

export const litmusHighlights = (document: LitmusDocument, position: lsp.Position): lsp.DocumentHighlight[] =>
  places(document, position).map(({ range }) => ({ range: toRange(document.lines, range) }));

export function prepareLitmusRename(
  document: LitmusDocument,
  position: lsp.Position,
): { range: lsp.Range; placeholder: string } | Refusal {
  const mention = mentionAt(document, toOffset(document.lines, position));
  if (!mention) return NO_VARIABLE;
  return { range: toRange(document.lines, mention.range), placeholder: mention.text };
}

const NO_VARIABLE: Refusal = { refusal: "Only variables can be renamed in a litmus test." };

/** The edits that give a variable another name, in the initial state, the code and the condition. */
export function litmusRename(
  document: LitmusDocument,
  position: lsp.Position,
  newName: string,
): lsp.WorkspaceEdit | Refusal {
  const found = places(document, position);
  if (!found.length) return NO_VARIABLE;
  const name = newName.trim();
  if (!/^[A-Za-z_]\w*$/.test(name))
    return { refusal: `\`${name}\` cannot be a variable: use letters and digits.` };
  const registers = [...X86_REGISTERS, ...X86_64_REGISTERS].map((r) => r.toLowerCase());
  if (registers.includes(name.toLowerCase())) return { refusal: `\`${name}\` is the name of a register.` };
  if (name !== found[0]!.text && document.mentions.some((m) => m.text === name)) {
    return { refusal: `There is a variable \`${name}\` already.` };
  }
  const edits = found.map(({ range }) => ({ range: toRange(document.lines, range), newText: name }));
  return { changes: { [document.uri]: edits } };
}

function places(document: LitmusDocument, position: lsp.Position): readonly Word[] {
  const mention = mentionAt(document, toOffset(document.lines, position));
  return mention ? document.mentions.filter((m) => m.text === mention.text) : [];
}
