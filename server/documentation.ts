import { formText } from "../core/asm/forms.ts";
import { DIRECTIVE_TABLE } from "../core/asm/keywords.ts";
import { accessOf, BUFFER_EFFECT, effectOf, flagsOf, originOf } from "../core/isa/describe.ts";
import type { Form, InstructionSpec } from "../core/isa/instruction-set.ts";
import { REGISTER_ROLES, REGISTERS } from "../core/isa/registers.ts";

/** Texts in Markdown for hovers and completions, made from the tables of core. */

/** An instruction with all its forms. */
export function describeMnemonic(spec: InstructionSpec): string {
  const forms = spec.forms.map((form) => [`${spec.mnemonic} ${formText(form)}`.trimEnd(), form.effect]);
  const width = Math.max(...forms.map(([text = ""]) => text.length));
  const table = forms.map(([text = "", effect]) => `${text.padEnd(width)}   ${effect}`);
  return [heading(spec), fence(table.join("\n")), facts(spec, spec.forms)].join("\n\n");
}

/** An instruction as it stands in the text, with its own operands. */
export function describeInstruction(spec: InstructionSpec, form: Form, operands: readonly string[]): string {
  return [heading(spec), fence(effectOf(form, operands)), facts(spec, [form])].join("\n\n");
}

const heading = (spec: InstructionSpec): string => `**${spec.mnemonic}** — ${spec.summary}`;

export const fence = (code: string): string => `\`\`\`text\n${code}\n\`\`\``;

function facts(spec: InstructionSpec, forms: readonly Form[]): string {
  const accesses = [...new Set(forms.map(accessOf))];
  const effects = accesses.filter((access) => access !== "none" || accesses.length === 1);
  return [
    flagsOf(spec),
    `${spec.locked ? "atomic (locked)" : "not locked"}: ${effects.map((a) => `${named(a, effects)}${BUFFER_EFFECT[a]}`).join("; ")}`,
    originOf(spec),
  ]
    .map((fact) => `- ${fact}`)
    .join("\n");
}

/** Where an instruction both loads and stores, each half is named. */
const named = (access: string, all: readonly string[]): string => (all.length > 1 ? `a ${access} ` : "");

export const describeRegister = (register: number): string =>
  `**%${REGISTERS[register]}** — ${REGISTER_ROLES[REGISTERS[register]!]}\n\nEvery thread has its own.`;

export function describeDirective(keyword: string): string | undefined {
  const spec = DIRECTIVE_TABLE.find((d) => d.keyword === keyword);
  return spec && `**#@ ${spec.keyword}** — ${spec.summary}\n\n${fence(`#@ ${spec.keyword} ${spec.example}`)}`;
}

export const describeDeclaration = (): string =>
  "**.var** — declares a variable: its name and its number of cells (1)\n\n```text\n.var count\n.var flag 2\n```\n\nVariables lie 4 apart from address 100 on; all threads share them.";
