import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Location } from "../condition/tree.ts";
import type { X86Dialect } from "../isa/x86.ts";
import { observedLocations } from "./observed.ts";
import { printInstruction } from "./print.ts";
import type { InitialItem, InitialValue, LitmusTree } from "./tree.ts";

/**
 * The hash by which herd's tools know a test: of its initial state, its code and its observed locations, so that it does not change with
 * name, documentation, quantifier or the shape of the condition (litmus.md §4). The `Hash=` line of a test wins.
 */
export function litmusHash(tree: LitmusTree): string {
  const given = tree.metadata.find((m) => m.key.text === "Hash")?.value.text;
  if (given) return given;
  const parts = [initialText(tree.initial), codeText(tree), observedText(tree)];
  return bytesToHex(md5(concatBytes(...parts.map((part) => md5(utf8ToBytes(part))))));
}

/** Orders texts by their UTF-16 units, not by a language's rules. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function initialText(items: readonly InitialItem[]): string {
  const sorted = [...items].sort((a, b) => compareByName(a.location, b.location));
  return sorted.map(itemText).join("; ");
}

function itemText({ type, pointer, location, length, value }: InitialItem): string {
  const prefix = `${type ? `${type.text} ` : ""}${pointer ? "*" : ""}`;
  const name = plainName(location);
  return length === undefined
    ? `${prefix}${name}=${value ? valueText(value) : 0}`
    : `${prefix}${name}[${length}]`;
}

function valueText(value: InitialValue): string {
  switch (value.kind) {
    case "number":
      return value.text;
    case "symbol":
      return value.name;
    case "list":
      return `{${value.items.map(valueText).join(",")}}`;
  }
}

const plainName = (location: Location): string => {
  switch (location.kind) {
    case "register":
      return `${location.thread}:${location.name}`;
    case "variable":
      return location.index === undefined ? location.name : `${location.name}[${location.index}]`;
    case "address":
      return String(location.address);
  }
};

/** Registers before memory; registers by thread and name. */
function compareByName(a: Location, b: Location): number {
  if (a.kind === "register" && b.kind === "register") return a.thread - b.thread || byText(a.name, b.name);
  if (a.kind === "register" || b.kind === "register") return a.kind === "register" ? -1 : 1;
  return byText(plainName(a), plainName(b));
}

function observedText(tree: LitmusTree): string {
  return observedLocations(tree).sort(compareByName).map(plainName).join("; ");
}

/** The code, one text a thread and line, labels renamed and on lines of their own, without empty cells. */
function codeText(tree: LitmusTree): string {
  const columns = (tree.header?.threads ?? []).map((_, thread) => columnOf(tree, thread));
  const widths = columns.map((column) => Math.max(0, ...column.map((cell) => cell.length)));
  const height = Math.max(0, ...columns.map((column) => column.length));
  let text = "";
  for (let row = 0; row < height; row++) {
    const cells = columns.map((column, i) => (column[row] ?? "").padEnd(widths[i]!));
    text += ` ${cells.join(" | ")} ;\n`;
  }
  return text;
}

function columnOf(tree: LitmusTree, thread: number): string[] {
  const rename = labelNames(tree);
  const dialect: X86Dialect = tree.dialect ?? "x86";
  return tree.rows.flatMap(({ content: { cells } }) => {
    const cell = cells[thread];
    if (!cell) return [];
    const labels = cell.labels.map((label) => `${rename(label.text)}:`);
    return cell.instruction ? [...labels, printInstruction(cell.instruction, dialect, rename)] : labels;
  });
}

/** `L00`, `L01`, … for the labels in alphabetical order. */
function labelNames(tree: LitmusTree): (name: string) => string {
  const names = new Set<string>();
  for (const { content } of tree.rows) {
    for (const { labels, instruction } of content.cells) {
      for (const label of labels) names.add(label.text);
      for (const operand of instruction?.operands ?? [])
        if (operand.kind === "label") names.add(operand.name);
    }
  }
  const sorted = [...names].sort(byText);
  return (name) => `L${String(sorted.indexOf(name)).padStart(2, "0")}`;
}
