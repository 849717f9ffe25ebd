import type * as lsp from "vscode-languageserver";
import type { LitmusNameUse } from "../../core/litmus/name-uses.ts";
import { contains, type Range } from "../../core/text/range.ts";
import { inBases, listLines } from "../features/hover.ts";
import { toOffset, toRange } from "../positions.ts";
import { type CellPlace, cellAt } from "./cell-at.ts";
import type { LitmusDocument } from "./document.ts";
import { describeInstruction, describeLock, describeMnemonic, KEYWORDS } from "./documentation.ts";

/** What is known about the word under the pointer. */
export function hover(document: LitmusDocument, position: lsp.Position): lsp.Hover | null {
  const found = describe(document, toOffset(document.lines, position));
  if (!found) return null;
  return { contents: { kind: "markdown", value: found.text }, range: toRange(document.lines, found.range) };
}

interface Description {
  readonly range: Range;
  readonly text: string;
}

function describe(document: LitmusDocument, offset: number): Description | undefined {
  const use = document.names.at(offset);
  if (use) return { range: use.range, text: describeName(document, use) };
  const place = cellAt(document, offset);
  return place ? describeCell(document, place, offset) : describeKeyword(document, offset);
}

function describeCell(
  { tree: { dialect }, text }: LitmusDocument,
  { cell: { instruction }, operand }: CellPlace,
  offset: number,
): Description | undefined {
  if (!instruction || !dialect) return undefined;
  const { mnemonic, spec, lock, operands } = instruction;
  if (lock && contains(lock, offset)) return { range: lock, text: describeLock() };
  if (spec && contains(mnemonic.range, offset)) {
    const complete = operands.length > 0 && operands.every((o) => o.kind !== "bad");
    const written = operands.map((o) => text.slice(o.range.start, o.range.end));
    const described = complete
      ? describeInstruction(spec, instruction, written, dialect)
      : describeMnemonic(spec, dialect);
    return { range: mnemonic.range, text: described };
  }
  if (operand?.kind !== "immediate" || operand.range.end - operand.range.start > MOST_DIGITS)
    return undefined;
  return { range: operand.range, text: inBases(operand.value).join("  \n") };
}

/** Nobody reads longer numbers. */
const MOST_DIGITS = 80;

function describeKeyword({ tree, text }: LitmusDocument, offset: number): Description | undefined {
  const keywords = [tree.locations?.keyword, tree.filter?.keyword, tree.condition?.keyword.range];
  const range = keywords.find((keyword) => keyword && contains(keyword, offset));
  const explanation = range && KEYWORDS[text.slice(range.start, range.end).replace(/\s/g, "").toLowerCase()];
  return explanation ? { range, text: explanation } : undefined;
}

/** A variable, a label or a register, as hovers and completions explain it. */
function describeName(document: LitmusDocument, use: LitmusNameUse): string {
  const lines = (...roles: readonly LitmusNameUse["role"][]) =>
    listLines(
      document.names
        .of(use)
        .filter((place) => roles.includes(place.role))
        .map((place) => document.lines.position(place.range.start).line),
    );
  if (use.kind === "label") {
    return `**${use.name}** — label of P${use.thread}\n\n- jumps here: ${lines("target") || "none"}`;
  }
  const addresses = lines("address");
  return [
    use.kind === "variable"
      ? `${describeVariable(document, use.name)}\n`
      : `**${use.name}** — register of P${use.thread}\n`,
    `- at first: ${initialValue(document, use)}`,
    `- read: ${lines("read", "update") || "nowhere by name"}`,
    `- written: ${lines("write", "update") || "nowhere by name"}`,
    ...(addresses ? [`- address taken: ${addresses}`] : []),
  ].join("\n");
}

function describeVariable({ test }: LitmusDocument, name: string): string {
  const variable = test.variables.get(name);
  if (!variable) return `**${name}** — there is no such variable`;
  const { type, count } = variable;
  const cells = count === 1 ? "" : `${count} cells of `;
  return `**${name}** — variable (${cells}${type.bits} bits, ${type.signed ? "signed" : "unsigned"}), shared by all threads`;
}

function initialValue({ tree, names, text }: LitmusDocument, use: LitmusNameUse): string {
  const declaration = names.of(use).find((place) => place.role === "declaration");
  const value = tree.initial.find(
    ({ location }) => location.kind !== "address" && location.nameRange.start === declaration?.range.start,
  )?.value;
  return value ? `\`${text.slice(value.range.start, value.range.end)}\`` : "0";
}
