import type { Program } from "../../core/machine/program.ts";
import { codeAddress, type State } from "../../core/machine/state.ts";
import type { Debuggee } from "../debuggee.ts";

/** A stretch of the source as DAP has it, counted from 1. */
export interface SourceSpan {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A place in the code by the last label before it, `.top+2`; without one by its thread in a litmus test, `P1+2`, otherwise by its address. */
export function placeName(program: Program, operation: number): string {
  let best: { readonly name: string; readonly target: number } | undefined;
  for (const label of program.labels) {
    if (label.target <= operation && (best === undefined || label.target >= best.target)) best = label;
  }
  program.threads?.forEach(({ entry }, t) => {
    if (entry <= operation && (best === undefined || entry > best.target))
      best = { name: `P${t}`, target: entry };
  });
  if (!best) return String(codeAddress(program, operation));
  return best.target === operation ? best.name : `${best.name}+${operation - best.target}`;
}

/** The operation that a thread stands at: its next one; for a `.s` thread that has halted its `halt`, not what happens to follow in the text. */
export const standsAt = ({ program, pc, halted }: State, thread: number): number =>
  pc[thread]! - (program.dialect === "asm" ? halted[thread]! : 0);

/** Text of the instruction that an operation belongs to, and which part of it that is if it has several; none behind the last. */
export function instructionText({ code, instructions }: Program, operation: number): string | undefined {
  const index = code.instruction[operation] ?? -1;
  const text = instructions[index]?.text;
  const isPart = (other: number) => index >= 0 && code.instruction[other] === index;
  if (!isPart(operation - 1) && !isPart(operation + 1)) return text;
  let first = operation;
  while (isPart(first - 1)) first--;
  let end = operation + 1;
  while (isPart(end)) end++;
  return `${text} (${operation - first + 1} of ${end - first})`;
}

/** Where the instruction of an operation stands; behind a thread's last one, that one. */
export function spanOf({ program, lines }: Debuggee, operation: number): SourceSpan {
  const { instruction: indices } = program.code;
  const instruction =
    program.instructions[indices[operation] ?? -1] ??
    program.instructions[indices[operation - 1] ?? -1] ??
    program.instructions.at(-1);
  const start = lines.position(instruction?.range.start ?? 0);
  const end = lines.position(instruction?.range.end ?? 0);
  return { line: start.line + 1, column: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
}

/** Line number (from 1) of an operation. */
export const lineOf = (debuggee: Debuggee, operation: number): number => spanOf(debuggee, operation).line;
