import type { X86Dialect, X86Instruction } from "../../core/isa/x86.ts";
import { x86Accesses, x86Effect, x86Flags } from "../../core/litmus/describe.ts";
import { x86Forms, x86FormText } from "../../core/litmus/forms.ts";
import type { InstructionNode } from "../../core/litmus/tree.ts";
import { fence } from "../documentation.ts";

/** Texts in Markdown for hovers and completions, made from the tables of core. */

/** An instruction with all its forms. */
export function describeMnemonic(spec: X86Instruction, dialect: X86Dialect): string {
  const forms = x86Forms(spec, dialect).map((form) => x86FormText(form, dialect));
  const width = Math.max(0, ...forms.map((form) => form.length));
  const lines = forms.map((form) => {
    const effect = x86Effect(spec, form.split(","), dialect);
    return `${nameOf(spec, dialect)} ${effect ? `${form.padEnd(width)}   ${effect}` : form}`.trimEnd();
  });
  const code = lines.length ? [fence(lines.join("\n"))] : [];
  const lockable =
    spec.shape === "exchange"
      ? "always locked with memory"
      : spec.lockable
        ? "takes a `LOCK` prefix"
        : "takes no `LOCK` prefix";
  return [heading(spec, dialect), ...code, facts(spec, [lockable])].join("\n\n");
}

/** An instruction as it stands in the text, with its own operands. */
export function describeInstruction(
  spec: X86Instruction,
  node: InstructionNode,
  operands: readonly string[],
  dialect: X86Dialect,
): string {
  const effect = x86Effect(spec, operands, dialect);
  const atomic = node.lock ? ["atomic (locked)"] : [];
  return [
    heading(spec, dialect),
    ...(effect ? [fence(effect)] : []),
    facts(spec, [...atomic, ...x86Accesses(node, dialect)]),
  ].join("\n\n");
}

/** What the prefix does. */
export const describeLock = (): string =>
  "**LOCK** — the instruction reads and writes memory in one step, when the store buffer of its thread is empty";

/** Mnemonics as tests of a dialect usually write them. */
export const nameOf = ({ mnemonic }: X86Instruction, dialect: X86Dialect): string =>
  dialect === "x86" ? mnemonic.toUpperCase() : mnemonic;

const heading = (spec: X86Instruction, dialect: X86Dialect): string =>
  `**${nameOf(spec, dialect)}** — ${spec.summary}`;

const facts = (spec: X86Instruction, more: readonly string[]): string =>
  [x86Flags(spec), ...more, ...(spec.extension ? ["extension, not known to herd"] : [])]
    .map((fact) => `- ${fact}`)
    .join("\n");

/** What the words of a test mean. */
export const KEYWORDS: Readonly<Record<string, string>> = {
  exists: "**exists** — does some execution end in a state like this?",
  "~exists": "**~exists** — does no execution end in a state like this?",
  forall: "**forall** — do all executions end in a state like this?",
  final: "**final** — the same as `exists`",
  observed: "**observed** — does some execution end in one of these states?",
  locations: "**locations** — more places whose final values the report shows",
  filter: "**filter** — only executions that end in a state like this count",
};
