import { entries } from "../../core/machine/store-buffer.ts";
import type { Debuggee } from "../debuggee.ts";
import { addressOf, findVariable } from "../expressions/evaluate.ts";
import { parseExpression } from "../expressions/parse.ts";
import { UserError } from "../user-error.ts";
import { containerOf } from "./scopes.ts";

/**
 * The cell behind a variable of a scope, by the name that the scope shows.
 * @returns its address, and whether it is a store that waits in a buffer
 * @throws UserError if there is no cell behind it
 */
export function addressOfVariable(
  debuggee: Debuggee,
  reference: number,
  name: string,
): { readonly address: number; readonly waits: boolean } {
  const container = containerOf(reference, debuggee);
  const { state } = debuggee.trace;
  if (container.kind === "scope" && container.scope === "Store buffer") {
    const entry = entries(state.buffers[container.thread]!)[Number.parseInt(name, 10)];
    if (entry) return { address: entry.address, waits: true };
    throw new UserError(`there is no store \`${name}\` in the buffer of T${container.thread}`);
  }
  const isMemory =
    container.kind === "array" || container.scope === "Shared memory" || container.scope === "Stack";
  if (!isMemory) throw new UserError(`\`${name}\` is not in memory`);
  const variable = findVariable(name, debuggee.program);
  if (variable && container.kind === "scope") return { address: variable.address, waits: false };
  const { expression } = parseExpression(name);
  if (expression.kind !== "cell") throw new UserError(`there is no cell \`${name}\``);
  const place = { state, ...(container.kind === "scope" ? { thread: container.thread } : {}) };
  return { address: addressOf(expression.address, place), waits: false };
}
