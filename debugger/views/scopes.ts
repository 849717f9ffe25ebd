import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Debuggee } from "../debuggee.ts";
import type { Base } from "../expressions/tree.ts";
import { UserError } from "../user-error.ts";
import { arrayVariables, memoryVariables } from "./shared-memory.ts";
import { bufferVariables, flagVariables, registerVariables, stackVariables } from "./thread-scopes.ts";

/** What a thread's scope shows. */
export type ScopeView = (debuggee: Debuggee, thread: number, base: Base) => DebugProtocol.Variable[];

interface ScopeKind {
  readonly name: string;
  readonly hint?: string;
  readonly view: ScopeView;
}

/** In the order of the contract. */
export const SCOPES: readonly ScopeKind[] = [
  { name: "Registers", hint: "registers", view: registerVariables },
  { name: "Store buffer", view: bufferVariables },
  { name: "Flags", view: flagVariables },
  { name: "Shared memory", view: memoryVariables },
  { name: "Stack", view: stackVariables },
];

/** What a variables reference stands for. References are computed, not handed out, so that none ever goes stale. */
export type Container =
  | { readonly kind: "scope"; readonly scope: string; readonly thread: number; readonly view: ScopeView }
  | { readonly kind: "array"; readonly variable: number };

/** References from here on are arrays of shared memory; there are fewer scopes than that (`MOST_THREADS`). */
const FIRST_ARRAY = 1 << 20;

export const scopeReference = (thread: number, scope: number): number => 1 + thread * SCOPES.length + scope;

/** @param variable index into the program's variables */
export const arrayReference = (variable: number): number => FIRST_ARRAY + variable;

/** @throws UserError if the reference stands for nothing */
export function containerOf(reference: number, { trace, program }: Debuggee): Container {
  if (reference >= FIRST_ARRAY && program.variables[reference - FIRST_ARRAY]) {
    return { kind: "array", variable: reference - FIRST_ARRAY };
  }
  const thread = Math.floor((reference - 1) / SCOPES.length);
  const scope = SCOPES[(reference - 1) % SCOPES.length];
  if (reference > 0 && scope && thread < trace.state.threadCount) {
    return { kind: "scope", scope: scope.name, thread, view: scope.view };
  }
  throw new UserError(`there are no variables with the reference ${reference}`);
}

export function variablesOf(reference: number, debuggee: Debuggee, base: Base): DebugProtocol.Variable[] {
  const container = containerOf(reference, debuggee);
  if (container.kind === "array") return arrayVariables(debuggee, container.variable, base);
  return container.view(debuggee, container.thread, base);
}
