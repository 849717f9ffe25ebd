import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver";
import type { AsmDocument } from "../document.ts";
import { toPosition } from "../positions.ts";
import type { InlayHintSettings } from "../settings.ts";

/** Addresses of instructions and variables, and where jumps go, in a range of lines. */
export function inlayHints(document: AsmDocument, range: Range, settings: InlayHintSettings): InlayHint[] {
  const hints: InlayHint[] = [];
  const add = (offset: number, label: string, side: "left" | "right"): void => {
    hints.push({
      position: toPosition(document.lines, offset),
      label,
      kind: InlayHintKind.Type,
      ...(side === "left" ? { paddingRight: true } : { paddingLeft: true }),
    });
  };
  const { assembly } = document;
  const labels = new Map(assembly.labels.map((l) => [l.name, assembly.loadAddress + l.target]));
  const first = document.lines.offset({ line: range.start.line, column: 0 });
  const last = document.lines.lineRange(range.end.line).end;
  if (settings.variables) {
    for (const variable of within(assembly.variables, first, last, (v) => v.range.start)) {
      add(variable.range.end, `@${variable.address}`, "right");
    }
  }
  for (const { line, address } of within(assembly.instructions, first, last, (i) => i.line.range.start)) {
    if (settings.addresses) add(line.body.range.start, String(address), "left");
    if (!settings.targets) continue;
    for (const operand of line.operands) {
      const target = operand.kind === "label" ? labels.get(operand.name) : undefined;
      if (target !== undefined) add(operand.range.end, `${target <= address ? "↑" : "↓"} ${target}`, "right");
    }
  }
  return hints;
}

const within = <T>(items: readonly T[], first: number, last: number, place: (item: T) => number): T[] =>
  items.filter((item) => place(item) >= first && place(item) <= last);
