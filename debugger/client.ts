import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Arguments, optionalFlag } from "./arguments.ts";

/** What the client can do and how it counts. */
export interface Client {
  /** What the first line and the first column are called: 0 or 1. */
  readonly firstLine: number;
  readonly firstColumn: number;
  readonly memoryEvents: boolean;
  readonly invalidatedEvents: boolean;
}

/** A client that says nothing about itself (DAP: counts from 1). */
export const anyClient: Client = {
  firstLine: 1,
  firstColumn: 1,
  memoryEvents: false,
  invalidatedEvents: false,
};

export const readClient = (args: Arguments): Client => ({
  firstLine: (optionalFlag(args, "linesStartAt1") ?? true) ? 1 : 0,
  firstColumn: (optionalFlag(args, "columnsStartAt1") ?? true) ? 1 : 0,
  memoryEvents: optionalFlag(args, "supportsMemoryEvent") ?? false,
  invalidatedEvents: optionalFlag(args, "supportsInvalidatedEvent") ?? false,
});

type Place = Pick<DebugProtocol.Breakpoint, "line" | "column" | "endLine" | "endColumn">;

/** Lines and columns counted from 1, in the client's way. */
export function toClient<T extends Place>(place: T, client: Client): T {
  const { firstLine, firstColumn } = client;
  const converted: Place = {};
  if (place.line !== undefined) converted.line = place.line - 1 + firstLine;
  if (place.endLine !== undefined) converted.endLine = place.endLine - 1 + firstLine;
  if (place.column !== undefined) converted.column = place.column - 1 + firstColumn;
  if (place.endColumn !== undefined) converted.endColumn = place.endColumn - 1 + firstColumn;
  return { ...place, ...converted };
}

export const lineFromClient = (line: number, { firstLine }: Client): number => line + 1 - firstLine;
export const columnFromClient = (column: number, { firstColumn }: Client): number => column + 1 - firstColumn;
