import type * as lsp from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import { reachableFrom } from "../../core/analysis/control-flow.ts";
import { OP } from "../../core/isa/operations.ts";
import type { Analysis, AsmDocument } from "../document.ts";
import { toOffset, toRange } from "../positions.ts";

/** What is called at a position, or the routine that is declared there. A text with errors has no hierarchy. */
export function prepareCallHierarchy(
  document: AsmDocument,
  position: lsp.Position,
): lsp.CallHierarchyItem[] | null {
  const analysis = document.analysis;
  const use = document.names.at(toOffset(document.lines, position));
  if (!analysis || use?.kind !== "label") return null;
  const routine = document.assembly.labels.findLast((l) => l.name === use.name);
  return routine ? [toItem(document, analysis, routine.target)] : null;
}

/** The routines (or the beginning of the program) that call this one. */
export function incomingCalls(
  document: AsmDocument,
  item: lsp.CallHierarchyItem,
): lsp.CallHierarchyIncomingCall[] {
  return withAnalysis(document, (analysis) => {
    const { entries, routines } = analysis.flow;
    const callers = [...new Set([...entries, ...routines])];
    return callers.flatMap((caller) => {
      const calls = callsFrom(analysis, caller).filter(
        (pc) => analysis.program.code.target[pc] === item.data,
      );
      if (!calls.length) return [];
      const fromRanges = calls.map((pc) => rangeOf(document, analysis, pc));
      return [{ from: toItem(document, analysis, caller), fromRanges }];
    });
  });
}

/** The routines that this one calls. */
export function outgoingCalls(
  document: AsmDocument,
  item: lsp.CallHierarchyItem,
): lsp.CallHierarchyOutgoingCall[] {
  return withAnalysis(document, (analysis) => {
    const calls = new Map<number, number[]>();
    for (const pc of callsFrom(analysis, Number(item.data))) {
      const target = analysis.program.code.target[pc]!;
      calls.set(target, [...(calls.get(target) ?? []), pc]);
    }
    return [...calls].map(([target, places]) => ({
      to: toItem(document, analysis, target),
      fromRanges: places.map((pc) => rangeOf(document, analysis, pc)),
    }));
  });
}

function withAnalysis<T>(document: AsmDocument, work: (analysis: Analysis) => T[]): T[] {
  const analysis = document.analysis;
  return analysis ? work(analysis) : [];
}

/** The `call`s that belong to the code that begins at an operation. */
function callsFrom({ program: { code }, flow }: Analysis, start: number): number[] {
  if (!Number.isInteger(start) || start < 0 || start > code.length) return [];
  const inside = reachableFrom([start], flow.within);
  return Array.from({ length: code.length }, (_, pc) => pc).filter(
    (pc) => inside[pc] && code.operation[pc] === OP.CALL,
  );
}

function rangeOf({ lines }: AsmDocument, { program }: Analysis, pc: number): lsp.Range {
  const instruction = program.instructions[program.code.instruction[pc]!];
  return toRange(lines, instruction?.range ?? { start: program.text.length, end: program.text.length });
}

function toItem(document: AsmDocument, analysis: Analysis, start: number): lsp.CallHierarchyItem {
  const label = analysis.program.labels.findLast((l) => l.target === start);
  const range = label ? toRange(document.lines, label.range) : rangeOf(document, analysis, start);
  return {
    name: label?.name ?? "start of the program",
    kind: SymbolKind.Function,
    uri: document.uri,
    range,
    selectionRange: range,
    data: start,
  };
}
