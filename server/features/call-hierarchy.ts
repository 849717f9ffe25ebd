import type * as lsp from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import { type ControlFlow, reachableFrom } from "../../core/analysis/control-flow.ts";
import { OP } from "../../core/isa/operations.ts";
import type { AsmDocument } from "../document.ts";
import { toOffset, toRange } from "../positions.ts";

/** What is called at a position, or the routine that is declared there. */
export function prepareCallHierarchy(
  document: AsmDocument,
  position: lsp.Position,
): lsp.CallHierarchyItem[] | null {
  const use = document.names.at(toOffset(document.lines, position));
  if (!document.flow || use?.kind !== "label") return null;
  const routine = document.assembly.labels.findLast((l) => l.name === use.name);
  return routine ? [toItem(document, routine.target)] : null;
}

/** The routines (or the beginning of the program) that call this one. */
export function incomingCalls(
  document: AsmDocument,
  item: lsp.CallHierarchyItem,
): lsp.CallHierarchyIncomingCall[] {
  const { flow } = document;
  if (!flow) return [];
  const callers = [...new Set([...flow.entries, ...flow.routines])];
  return callers.flatMap((caller) => {
    const calls = callsFrom(flow, caller).filter((pc) => flow.code.target[pc] === item.data);
    if (!calls.length) return [];
    return [{ from: toItem(document, caller), fromRanges: calls.map((pc) => rangeOf(document, pc)) }];
  });
}

/** The routines that this one calls. */
export function outgoingCalls(
  document: AsmDocument,
  item: lsp.CallHierarchyItem,
): lsp.CallHierarchyOutgoingCall[] {
  const { flow } = document;
  if (!flow) return [];
  const calls = new Map<number, number[]>();
  for (const pc of callsFrom(flow, Number(item.data))) {
    const target = flow.code.target[pc]!;
    calls.set(target, [...(calls.get(target) ?? []), pc]);
  }
  return [...calls].map(([target, places]) => ({
    to: toItem(document, target),
    fromRanges: places.map((pc) => rangeOf(document, pc)),
  }));
}

/** The `call`s that belong to the code that begins at an operation. */
function callsFrom({ code, within }: ControlFlow, start: number): number[] {
  if (!Number.isInteger(start) || start < 0 || start > code.length) return [];
  const inside = reachableFrom([start], within);
  return Array.from({ length: code.length }, (_, pc) => pc).filter(
    (pc) => inside[pc] && code.operation[pc] === OP.CALL,
  );
}

function rangeOf({ lines, text, assembly }: AsmDocument, pc: number): lsp.Range {
  const instruction = assembly.instructions[pc];
  return toRange(lines, instruction?.line.body.range ?? { start: text.length, end: text.length });
}

function toItem(document: AsmDocument, start: number): lsp.CallHierarchyItem {
  const label = document.assembly.labels.findLast((l) => l.target === start);
  const range = label ? toRange(document.lines, label.range) : rangeOf(document, start);
  return {
    name: label?.name ?? "start of the program",
    kind: SymbolKind.Function,
    uri: document.uri,
    range,
    selectionRange: range,
    data: start,
  };
}
