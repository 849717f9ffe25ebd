import type { Form, InstructionSpec } from "./instruction-set.ts";
import { ACCESS, type Access } from "./operations.ts";

/** What an access does with the store buffer of its thread, as x86-TSO has it. */
export const BUFFER_EFFECT: Readonly<Record<Access, string>> = {
  none: "touches neither memory nor the store buffer",
  load: "reads the thread's own newest buffered store to the cell if there is one (forwarding), else memory",
  store: "goes into the thread's store buffer; other threads see it when it drains",
  locked: "waits until the thread's store buffer is empty, then reads and writes memory in one step",
  fence: "waits until the thread's store buffer is empty",
};

export const accessOf = (form: Form): Access => ACCESS[form.operation]!;

/** The effect of a form with its operands put in: `%ax ← [count]` for `b ← [a]`. */
export const effectOf = (form: Form, operands: readonly string[]): string =>
  form.effect.replace(/\b[ab]\b/g, (name) => operands[name === "a" ? 0 : 1] ?? name);

/** Whether x86.py knows the instruction. */
export const originOf = (spec: InstructionSpec): string =>
  spec.extension ? "extension, not known to x86.py" : "x86.py";

/** What the instruction does with the condition codes. */
export function flagsOf(spec: InstructionSpec): string {
  if (spec.flags === "sets") return "sets the condition codes";
  if (spec.flags === "reads") return "reads the condition codes; never taken before a `test`";
  return "leaves the condition codes alone";
}
