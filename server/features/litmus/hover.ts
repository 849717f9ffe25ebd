import type * as lsp from "vscode-languageserver";
import { BUFFER_EFFECT } from "../../../core/isa/describe.ts";
import { ACCESS } from "../../../core/isa/operations.ts";
import type { InstructionNode } from "../../../core/litmus/tree.ts";
import { contains, type Range } from "../../../core/text/range.ts";
import { type LitmusDocument, litmusInstructionAt, mentionAt } from "../../litmus-document.ts";
import { toOffset, toRange } from "../../positions.ts";

/** What is known about the instruction, its registers or the variable under the pointer. */
export function litmusHover(document: LitmusDocument, position: lsp.Position): lsp.Hover | null {
  const found = describe(document, toOffset(document.lines, position));
  if (!found) return null;
  return {
    contents: { kind: "markdown", value: found.text },
    range: toRange(document.lines, found.range),
  };
}

function describe(document: LitmusDocument, offset: number): { text: string; range: Range } | undefined {
  const mention = mentionAt(document, offset);
  if (mention) {
    const variable = document.test.variables.get(mention.text);
    if (!variable) return undefined;
    const cells = variable.count === 1 ? "" : `, ${variable.count} cells`;
    return {
      text: `**${mention.text}** — variable of ${variable.bits} bits${cells}, shared by all threads`,
      range: mention.range,
    };
  }
  const instruction = litmusInstructionAt(document, offset);
  if (!instruction?.spec) return undefined;
  const register = instruction.operands.find((o) => o.kind === "register" && contains(o.range, offset));
  if (register?.kind === "register") {
    return {
      text: `**${register.name}** — register, ${register.bits} bits of it; every thread has its own`,
      range: register.range,
    };
  }
  return { text: describeInstruction(document, instruction), range: instruction.range };
}

function describeInstruction(document: LitmusDocument, { mnemonic, spec, range }: InstructionNode): string {
  const facts = accesses(document, range).map((access) => BUFFER_EFFECT[access]);
  if (spec?.flags) facts.push(`${spec.flags} the flags`);
  facts.push(spec?.extension ? "extension, not known to herd" : "known to herd");
  return `**${mnemonic.text}** — ${spec?.summary}\n\n${facts.map((fact) => `- ${fact}`).join("\n")}`;
}

/** What the operations of an instruction do with memory, in their order; none while the test has errors. */
function accesses({ test: { program } }: LitmusDocument, { start }: Range) {
  if (!program) return [];
  const { operation, instruction, length } = program.code;
  const found = new Set<(typeof ACCESS)[number]>();
  for (let pc = 0; pc < length; pc++) {
    const own = program.instructions[instruction[pc]!]?.range.start === start;
    const access = ACCESS[operation[pc]!]!;
    if (own && access !== "none") found.add(access);
  }
  return [...found];
}
