import { nameOfAddress } from "../../core/machine/describe.ts";
import { type Arguments, integer, optionalInteger, optionalText, text } from "../arguments.ts";
import { runCommand } from "../console/commands.ts";
import { complete } from "../console/complete.ts";
import type { Debuggee } from "../debuggee.ts";
import { evaluate, findVariable, type Place } from "../expressions/evaluate.ts";
import { formatValue } from "../expressions/format.ts";
import { parseExpression } from "../expressions/parse.ts";
import type { Expression } from "../expressions/tree.ts";
import { debuggeeOf } from "../pace.ts";
import type { Handler, Session } from "../session.ts";
import { frameOf } from "../views/frame-id.ts";
import { arrayReference } from "../views/scopes.ts";
import { memoryVariables } from "../views/shared-memory.ts";
import { baseOf } from "./views.ts";

/** The thread that an expression is about: that of the frame, otherwise the one that the person looks at. */
export function focusOf(session: Session, args: Arguments): number {
  const id = optionalInteger(args, "frameId");
  return id === undefined ? session.focus : frameOf(debuggeeOf(session), id).thread;
}

const evaluateRequest: Handler = (session, args) => {
  const typed = text(args, "expression");
  const debuggee = debuggeeOf(session);
  const thread = focusOf(session, args);
  if (optionalText(args, "context") === "repl") {
    const answer = runCommand(session, typed, thread);
    if (answer !== undefined) return { result: answer, variablesReference: 0 };
  }
  const { expression, base = baseOf(session, args) } = parseExpression(typed);
  const place: Place = { state: debuggee.trace.state, thread };
  const array = arrayOf(expression, debuggee);
  if (array !== undefined) {
    const name = debuggee.program.variables[array]!.name;
    const shown = memoryVariables(debuggee, thread, base).find((v) => v.name === name);
    if (shown?.variablesReference) return { result: shown.value, variablesReference: arrayReference(array) };
  }
  const nameOf = (address: number) => nameOfAddress(debuggee.program, address);
  return {
    result: formatValue(evaluate(expression, place), place, base, nameOf),
    variablesReference: 0,
    ...(isMemory(expression, debuggee) ? { memoryReference: "mem" } : {}),
  };
};

/** The index of a variable with several cells that an expression names as a whole. */
function arrayOf(expression: Expression, { program }: Debuggee): number | undefined {
  if (expression.kind !== "name") return undefined;
  const variable = findVariable(expression.name, program);
  return variable && variable.count > 1 ? program.variables.indexOf(variable) : undefined;
}

const isMemory = (expression: Expression, { program }: Debuggee): boolean =>
  expression.kind === "cell" ||
  (expression.kind === "name" && findVariable(expression.name, program) !== undefined);

const completions: Handler = (session, args) => ({
  targets: complete(
    debuggeeOf(session),
    text(args, "text"),
    integer(args, "column") - session.client.firstColumn,
  ),
});

export const evaluateRequests: Readonly<Record<string, Handler>> = { evaluate: evaluateRequest, completions };
