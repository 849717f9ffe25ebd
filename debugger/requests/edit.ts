import type { State } from "../../core/machine/state.ts";
import { newestFor } from "../../core/machine/store-buffer.ts";
import type { Edit } from "../../core/run/trace.ts";
import { type Arguments, integer, text } from "../arguments.ts";
import { applyChange } from "../change.ts";
import type { Debuggee } from "../debuggee.ts";
import { assignment, memoryEdit, pcEdit } from "../expressions/assign.ts";
import { numberOf } from "../expressions/evaluate.ts";
import { formatResult } from "../expressions/format.ts";
import { parseExpression } from "../expressions/parse.ts";
import { registerOf } from "../expressions/registers.ts";
import { stoppedDebuggee } from "../pace.ts";
import type { Handler } from "../session.ts";
import { UserError } from "../user-error.ts";
import { addressOfVariable } from "../views/find-variable.ts";
import { containerOf } from "../views/scopes.ts";
import { focusOf } from "./evaluate.ts";
import { baseOf } from "./views.ts";

const setVariable: Handler = (session, args) => {
  const debuggee = stoppedDebuggee(session);
  const reference = integer(args, "variablesReference");
  const container = containerOf(reference, debuggee);
  const thread = container.kind === "scope" ? container.thread : session.focus;
  const value = newValue(debuggee, text(args, "value"), thread);
  applyChange(session, changeOf(debuggee, reference, text(args, "name"), value));
  return { value: formatResult(debuggee.program, value, baseOf(session, args)) };
};

/** A number, or an expression of the same language as watches. */
function newValue({ trace }: Debuggee, typed: string, thread: number): bigint {
  const shown = typed.trim();
  if (shown === "true" || shown === "false") return shown === "true" ? 1n : 0n;
  return numberOf(parseExpression(typed).expression, { state: trace.state, thread });
}

/** The change that gives a variable of a scope, by its shown name, a new value. */
function changeOf(debuggee: Debuggee, reference: number, name: string, wanted: bigint): Edit {
  const { trace, program } = debuggee;
  const value = Number(wanted);
  if (!Number.isSafeInteger(value)) throw new UserError("a value set by hand can be up to ±2^53");
  const container = containerOf(reference, debuggee);
  if (container.kind === "scope") {
    const { thread, scope } = container;
    if (scope === "Store buffer")
      throw new UserError("a store in a buffer cannot be changed; change memory instead");
    if (scope === "Flags") return flagEdit(debuggee, thread, name, value);
    if (scope === "Registers") {
      if (name === "pc") return pcEdit(thread, value, { state: trace.state });
      return { kind: "register", thread, register: registerOf(name, program), value };
    }
  }
  const { address } = addressOfVariable(debuggee, reference, name);
  if (container.kind === "scope" && container.scope === "Stack")
    refuseWaiting(trace.state, container.thread, address);
  return memoryEdit(address, value, { state: trace.state });
}

/** The stack shows what its thread sees, which a change of memory does not reach while a store to the slot waits. @throws UserError */
function refuseWaiting(state: State, thread: number, address: number): void {
  if (newestFor(state.buffers[thread]!, address) < 0) return;
  throw new UserError(`a store to this slot waits in T${thread}'s store buffer: drain it first`);
}

function flagEdit({ trace, program }: Debuggee, thread: number, name: string, value: number): Edit {
  const flag = program.flags.indexOf(name);
  if (flag < 0) throw new UserError(`there is no flag \`${name}\``);
  if (value !== 0 && value !== 1) throw new UserError("a flag is 0 or 1");
  const others = trace.state.flags[thread]! & ~(1 << flag);
  return { kind: "flags", thread, value: others | (value << flag) };
}

const setExpression: Handler = (session, args) => {
  const debuggee = stoppedDebuggee(session);
  const thread = focusOf(session, args);
  const value = newValue(debuggee, text(args, "value"), thread);
  const target = parseExpression(text(args, "expression")).expression;
  applyChange(session, assignment(target, value, { state: debuggee.trace.state, thread }));
  return { value: formatResult(debuggee.program, value, baseOf(session, args as Arguments)) };
};

export const editRequests: Readonly<Record<string, Handler>> = { setVariable, setExpression };
