import type * as lsp from "vscode-languageserver";
import type { NameUse } from "../../core/asm/names.ts";
import type { Operand } from "../../core/asm/tree.ts";
import { BP, SP } from "../../core/isa/registers.ts";
import type { LineMap, Range } from "../../core/text/range.ts";
import type { AsmDocument } from "../document.ts";
import { toRange } from "../positions.ts";

/**
 * What a grammar cannot know. `shared`: memory of all threads; `private`: a thread's own; `pointer`: a register that makes an
 * address; `stack`: `%sp` and `%bp`; `unreachable`: no thread comes here.
 */
export const LEGEND = {
  tokenTypes: ["label", "variable", "register", "keyword"],
  tokenModifiers: ["declaration", "modification", "shared", "private", "pointer", "stack", "unreachable"],
} as const satisfies lsp.SemanticTokensLegend;

type TokenType = (typeof LEGEND.tokenTypes)[number];
export type Modifier = (typeof LEGEND.tokenModifiers)[number];

export interface Token {
  readonly range: Range;
  readonly type: TokenType;
  readonly modifiers: readonly Modifier[];
}

/** The tokens of a text. */
export const semanticTokens = (document: AsmDocument): number[] =>
  encodeTokens(document.lines, tokens(document));

/** The protocol's encoding of tokens in the order of the text: five numbers each, relative to the token before. */
export function encodeTokens(lines: LineMap, tokens: readonly Token[]): number[] {
  const data: number[] = [];
  let before = { line: 0, character: 0 };
  for (const { range, type, modifiers } of tokens) {
    const { start } = toRange(lines, range);
    const sameLine = start.line === before.line;
    data.push(
      start.line - before.line,
      sameLine ? start.character - before.character : start.character,
      range.end - range.start,
      LEGEND.tokenTypes.indexOf(type),
      modifiers.reduce((bits, m) => bits | (1 << LEGEND.tokenModifiers.indexOf(m)), 0),
    );
    before = start;
  }
  return data;
}

/** The one edit that turns one list of numbers into another: all between their common beginning and their common end. */
export function tokenEdits(before: readonly number[], after: readonly number[]): lsp.SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [{ start, deleteCount: before.length - start - end, data: after.slice(start, after.length - end) }];
}

function tokens(document: AsmDocument): Token[] {
  const { names, assembly } = document;
  const unreachable = unreachableLines(document);
  const found: Token[] = names.uses.map((use) => ({
    range: use.range,
    type: use.kind,
    modifiers: [...modifiersOf(use), ...(unreachable.has(use.line) ? (["unreachable"] as const) : [])],
  }));
  for (const { line } of assembly.instructions) {
    const lost: Modifier[] = unreachable.has(document.lines.position(line.range.start).line)
      ? ["unreachable"]
      : [];
    if (lost.length) found.push({ range: line.mnemonic.range, type: "keyword", modifiers: lost });
    line.operands.forEach((operand, i) => {
      const writes = line.form?.uses[i] === "write" || line.form?.uses[i] === "update";
      for (const token of registers(operand, writes)) {
        found.push({ ...token, modifiers: [...token.modifiers, ...lost] });
      }
    });
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}

function modifiersOf({ kind, role }: NameUse): Modifier[] {
  const modifiers: Modifier[] = kind === "variable" ? ["shared"] : [];
  if (role === "declaration") modifiers.push("declaration");
  if (role === "write" || role === "update") modifiers.push("modification");
  return modifiers;
}

function registers(operand: Operand, writes: boolean): Token[] {
  if (operand.kind === "register") return [register(operand, writes ? ["modification"] : [])];
  if (operand.kind !== "memory") return [];
  return [operand.base, operand.index].flatMap((r) => (r ? [register(r, ["pointer"])] : []));
}

const register = (
  { range, register }: Operand & { kind: "register" },
  roles: readonly Modifier[],
): Token => ({
  range,
  type: "register",
  modifiers: ["private", ...(register === SP || register === BP ? (["stack"] as const) : []), ...roles],
});

function unreachableLines(document: AsmDocument): Set<number> {
  const { flow, assembly } = document;
  const { instructions } = assembly;
  return new Set(
    instructions
      .filter((_, pc) => flow && !flow.reachable[pc])
      .map(({ line }) => document.lines.position(line.range.start).line),
  );
}
