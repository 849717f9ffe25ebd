import { X86_64_REGISTERS, X86_FLAGS, X86_REGISTERS } from "../../../core/isa/x86-registers.ts";
import { partName } from "../../../core/litmus/print.ts";
import type { LitmusDocument } from "../document.ts";

/** Registers that programs use for themselves; those for addresses of the stack come last. */
const PLAIN = /^(?:[er][abcd]x|[er][sd]i|r\d+)$/i;

/** The registers of the dialect in the order of likelihood: those that the thread uses, then the others. */
function registers({ tree, names }: LitmusDocument, thread: number): string[] {
  const known = (tree.dialect === "x86_64" ? X86_64_REGISTERS : X86_REGISTERS).filter((name) =>
    PLAIN.test(name),
  );
  const used = names.uses.filter((u) => u.kind === "register" && u.thread === thread).map((u) => u.name);
  return [...new Set([...used, ...known])];
}

/** As they are written in the code: `EAX`, `%eax`. */
export function registersInCode(
  document: LitmusDocument,
  thread: number,
  bits: 8 | 16 | 32 | 64 | undefined,
): string[] {
  const all = registers(document, thread);
  if (document.tree.dialect !== "x86_64") return all;
  return all.map((name) => (name.startsWith("%") ? name : `%${partName(name, bits ?? 32)}`));
}

/** As the initial state and conditions name them: `EAX`, `rax`, and the flags of X86. */
export function registersOutside(document: LitmusDocument, thread: number): string[] {
  const flags = document.tree.dialect === "x86_64" ? [] : X86_FLAGS;
  return [...registers(document, thread).filter((name) => !name.startsWith("%")), ...flags];
}

/** `0:EAX` for the registers that the code uses. */
export function usedRegisters({ names }: LitmusDocument): string[] {
  const used = names.uses.filter((u) => u.kind === "register" && !u.name.startsWith("%"));
  return [...new Set(used.map((u) => `${u.thread}:${u.name}`))].sort();
}

/** Names of the variables, in the order of the text. */
export const variableNames = ({ test }: LitmusDocument): string[] => [...test.variables.keys()];

/** The labels of a thread: those that stand there, then those that are jumped to and are missing. */
export function labelNames(
  { names }: LitmusDocument,
  thread: number,
  role: "declaration" | "target",
): string[] {
  const labels = names.uses.filter((u) => u.kind === "label" && u.thread === thread && u.role === role);
  return [...new Set(labels.map((u) => u.name))];
}
