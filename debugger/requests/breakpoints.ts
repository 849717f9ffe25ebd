import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  type Arguments,
  integer,
  isObject,
  objects,
  optionalFlag,
  optionalInteger,
  optionalText,
  optionalTexts,
  text,
} from "../arguments.ts";
import { dataId } from "../breakpoints/data-breakpoint.ts";
import { locationsBetween } from "../breakpoints/locations.ts";
import { dataMode } from "../breakpoints/modes.ts";
import { type BreakpointKind, replaceBreakpoints } from "../breakpoints/registry.ts";
import { columnFromClient, lineFromClient, toClient } from "../client.ts";
import { sameFile } from "../debuggee.ts";
import { addressOfCell } from "../expressions/cell.ts";
import { debuggeeOf } from "../pace.ts";
import type { Handler, Session } from "../session.ts";
import { UserError } from "../user-error.ts";
import { addressOfVariable } from "../views/find-variable.ts";

function replace(
  session: Session,
  kind: BreakpointKind,
  wanted: readonly Arguments[],
): { breakpoints: DebugProtocol.Breakpoint[] } {
  const told = replaceBreakpoints(session.breakpoints, kind, wanted, session.debuggee);
  return { breakpoints: told.map((b) => toClient(b, session.client)) };
}

const setBreakpoints: Handler = (session, args) => {
  const { client, debuggee } = session;
  const wanted = objects(args, "breakpoints");
  const source = isObject(args["source"]) ? args["source"] : {};
  const path = optionalText(source, "path") ?? "";
  if (debuggee && !sameFile(path, debuggee.launch.program)) {
    const message = `not in the program that is being debugged (${debuggee.source.name})`;
    return { breakpoints: wanted.map(() => ({ verified: false, message })) };
  }
  const counted = wanted.map((b) => {
    const column = optionalInteger(b, "column");
    return {
      ...b,
      line: lineFromClient(integer(b, "line"), client),
      ...(column === undefined ? {} : { column: columnFromClient(column, client) }),
    };
  });
  return replace(session, "breakpoint", counted);
};

const breakpointLocations: Handler = (session, args) => {
  const line = lineFromClient(integer(args, "line"), session.client);
  const endLine = optionalInteger(args, "endLine");
  const last = endLine === undefined ? line : lineFromClient(endLine, session.client);
  const found = locationsBetween(debuggeeOf(session), line, last);
  return {
    breakpoints: found.map(({ operation: _, ...location }) => toClient(location, session.client)),
  };
};

const setExceptionBreakpoints: Handler = (session, args) => {
  session.breakpoints.exceptions = new Set(optionalTexts(args, "filters") ?? []);
  return undefined;
};

/** A cell by its variable in a scope, as a plain address, or by an expression such as `count` or `[2000]`. */
const dataBreakpointInfo: Handler = (session, args) => {
  const debuggee = debuggeeOf(session);
  const name = text(args, "name");
  const reference = optionalInteger(args, "variablesReference") ?? 0;
  try {
    if (reference > 0) {
      const { address, waits } = addressOfVariable(debuggee, reference, name);
      return waits
        ? info(address, true, `${name} reaches memory`, ["write"])
        : info(address, false, name, ["read", "write", "readWrite"]);
    }
    const address = optionalFlag(args, "asAddress")
      ? Number(name)
      : addressOfCell(name, { state: debuggee.trace.state, thread: session.focus });
    if (!Number.isSafeInteger(address)) throw new UserError(`\`${name}\` is not an address`);
    return dataMode(optionalText(args, "mode")) === "commit"
      ? info(address, true, `${name} reaches memory`, ["write"])
      : info(address, false, name, ["read", "write", "readWrite"]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { dataId: null, description: error.message };
  }
};

const info = (
  address: number,
  commit: boolean,
  description: string,
  accessTypes: DebugProtocol.DataBreakpointAccessType[],
): DebugProtocol.DataBreakpointInfoResponse["body"] => ({
  dataId: dataId(address, commit),
  description,
  accessTypes,
  canPersist: true,
});

export const breakpointRequests: Readonly<Record<string, Handler>> = {
  setBreakpoints,
  breakpointLocations,
  setFunctionBreakpoints: (session, args) =>
    replace(session, "function breakpoint", objects(args, "breakpoints")),
  setInstructionBreakpoints: (session, args) =>
    replace(session, "instruction breakpoint", objects(args, "breakpoints")),
  setDataBreakpoints: (session, args) => replace(session, "data breakpoint", objects(args, "breakpoints")),
  setExceptionBreakpoints,
  dataBreakpointInfo,
};
