import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Program } from "../../core/machine/program.ts";
import { didYouMean, nearest } from "../../core/text/nearest.ts";
import type { Debuggee } from "../debuggee.ts";
import { UserError } from "../user-error.ts";
import { spanOf } from "../views/place.ts";

/** A place where a breakpoint can stand: an operation and where its instruction begins, counted from 1. */
export interface Location {
  readonly operation: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** All places from one line to another, both included, in the order of the text. */
export function locationsBetween(debuggee: Debuggee, line: number, endLine: number): Location[] {
  return debuggee.program.instructions
    .map(({ start }) => ({ operation: start, ...spanOf(debuggee, start) }))
    .filter((l) => l.line >= line && l.line <= endLine)
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/**
 * The place that a person means by a line: the instruction at the column, without a column every one in that line (one line of a litmus test holds
 * one of every thread); from a line without any, the next below.
 */
export function locationsAt(debuggee: Debuggee, line: number, column: number | undefined): Location[] {
  const below = locationsBetween(debuggee, line, Number.POSITIVE_INFINITY);
  const first = below[0];
  if (!first) throw new UserError("there is no instruction in this line or below");
  const inLine = below.filter((l) => l.line === first.line);
  if (column === undefined || first.line !== line) return inLine;
  return [inLine.findLast((l) => l.column <= column) ?? inLine[0]!];
}

/** Whether a thread can be at an operation: those of a litmus test have code of their own. */
export const isCodeOf = ({ threads }: Program, operation: number, thread: number): boolean =>
  threads === undefined || threads.findLastIndex(({ entry }) => entry <= operation) === thread;

/** The first place in a line, or below, to which a thread can come. @throws UserError if there is none */
export function locationOfThread(debuggee: Debuggee, line: number, thread: number): Location {
  const below = locationsBetween(debuggee, line, Number.POSITIVE_INFINITY);
  const first = below.find(({ operation }) => isCodeOf(debuggee.program, operation, thread));
  if (first) return first;
  throw new UserError(`there is no instruction of T${thread} in this line or below`);
}

/** @throws UserError if there is no such label, or nothing behind it */
export function operationOfLabel(program: Program, name: string): number {
  const label = program.labels.findLast((l) => l.name === name || l.name === `.${name}`);
  if (!label) {
    const names = program.labels.map((l) => l.name);
    throw new UserError(`there is no label \`${name}\`${didYouMean(nearest(name, names))}`);
  }
  if (label.target < program.code.length) return label.target;
  throw new UserError(`no instruction follows the label \`${label.name}\``);
}

/** @throws UserError if no instruction has this address */
export function operationOfAddress(program: Program, reference: string, offset: number): number {
  const operation = Number(reference) + offset - program.loadAddress;
  if (
    reference.trim() !== "" &&
    program.code.instruction[operation] !== undefined &&
    operation < program.code.length
  )
    return operation;
  throw new UserError(`there is no instruction at address ${reference}${offset ? ` + ${offset}` : ""}`);
}

/** How DAP wants a verified breakpoint to be told, the line and column still counted from 1. */
export const breakpointAt = (
  id: number,
  source: DebugProtocol.Source,
  { line, column, endLine, endColumn }: Location,
): DebugProtocol.Breakpoint => ({ id, verified: true, source, line, column, endLine, endColumn });
