import type * as lsp from "vscode-languageserver";
import type { NameUse } from "../../core/asm/names.ts";
import type { InstructionLine } from "../../core/asm/tree.ts";
import { describeAddress, labelAddress, variableNamed } from "../addresses.ts";
import type { AsmDocument } from "../document.ts";
import {
  describeDeclaration,
  describeDirective,
  describeInstruction,
  describeMnemonic,
  describeRegister,
} from "../documentation.ts";
import { type Element, elementAt } from "../elements.ts";
import { toOffset, toRange } from "../positions.ts";

/** What is known about the word under the pointer. */
export function hover(document: AsmDocument, position: lsp.Position): lsp.Hover | null {
  const element = elementAt(document, toOffset(document.lines, position));
  const value = element && describe(document, element);
  if (!value) return null;
  return { contents: { kind: "markdown", value }, range: toRange(document.lines, element.range) };
}

function describe(document: AsmDocument, element: Element): string | undefined {
  switch (element.kind) {
    case "name":
      return describeName(document, element.use);
    case "mnemonic":
      return mnemonic(document, element.node);
    case "register":
      return describeRegister(element.register);
    case "number":
      return number(document, element);
    case "keyword":
      return describeDirective(element.node.keyword.text);
    case "declaration":
      return describeDeclaration();
  }
}

function mnemonic({ text }: AsmDocument, { spec, form, operands }: InstructionLine): string | undefined {
  if (!spec) return undefined;
  if (!form) return describeMnemonic(spec);
  return describeInstruction(
    spec,
    form,
    operands.map((o) => text.slice(o.range.start, o.range.end)),
  );
}

/** A label or a variable, as hovers and completions explain it; nothing for a name that is not declared. */
export function describeName(
  document: AsmDocument,
  { kind, name }: Pick<NameUse, "kind" | "name">,
): string | undefined {
  return kind === "label" ? label(document, name) : variable(document, name);
}

function label(document: AsmDocument, name: string): string | undefined {
  const address = labelAddress(document.assembly, name);
  if (address === undefined) return undefined;
  const sources = places(document, "label", name, ["target"]);
  return `**${name}** — label at address ${address}\n\n- ${sources ? `jumps here: ${sources}` : "nothing jumps here"}`;
}

function variable(document: AsmDocument, name: string): string | undefined {
  const declared = variableNamed(document.assembly, name);
  if (!declared) return undefined;
  const { address, count } = declared;
  const size = count === 1 ? "1 cell" : `${count} cells, 4 apart`;
  const readers = places(document, "variable", name, ["read", "update"]);
  const writers = places(document, "variable", name, ["write", "update"]);
  const pointers = places(document, "variable", name, ["address"]);
  return [
    `**${name}** — variable at address ${address} (${size}), shared by all threads\n`,
    `- read: ${readers || "nowhere by name"}`,
    `- written: ${writers || "nowhere by name"}`,
    ...(pointers ? [`- address taken: ${pointers}`] : []),
  ].join("\n");
}

const MOST_PLACES = 8;

/** `line 3, line 9`: where a name is used in one of the roles. */
function places(
  { names }: AsmDocument,
  kind: NameUse["kind"],
  name: string,
  roles: readonly NameUse["role"][],
): string {
  return listLines(
    names
      .of(kind, name)
      .filter((u) => roles.includes(u.role))
      .map((u) => u.line),
  );
}

/** Lines (from 0) as a person reads them: `line 3, line 9 and 2 more`. */
export function listLines(lines: readonly number[]): string {
  const shown = lines.slice(0, MOST_PLACES).map((line) => `line ${line + 1}`);
  const more = lines.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Nobody reads longer numbers, and converting them takes time. */
const MOST_DIGITS = 80;

function number(
  { assembly }: AsmDocument,
  { digits, role }: Element & { kind: "number" },
): string | undefined {
  if (digits.length > MOST_DIGITS) return `a number of ${digits.replace("-", "").length} digits`;
  const value = BigInt(digits);
  const bases = inBases(value);
  const meaning = describeAddress(assembly, Number(value));
  if (role === "address") bases.push(meaning ? `the address of ${meaning}` : "an address without a name");
  else if (role === "displacement") bases.push("added to the registers in the parentheses");
  else if (meaning) bases.push(`as an address: ${meaning}`);
  return bases.join("  \n");
}

/** A number in decimal, hexadecimal and binary, a line each. */
export function inBases(value: bigint): string[] {
  const sign = value < 0n ? "-" : "";
  const size = value < 0n ? -value : value;
  return [`**${value}**`, `hexadecimal ${sign}0x${size.toString(16)}`, `binary ${sign}0b${size.toString(2)}`];
}
