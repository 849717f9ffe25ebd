import { matchForm } from "../../../core/asm/forms.ts";
import { parseOperands } from "../../../core/asm/operands.ts";
import { OP } from "../../../core/isa/operations.ts";
import { REGISTERS } from "../../../core/isa/registers.ts";
import { type AsmDocument, lineAt } from "../../document.ts";
import { type Fix, type Fixer, indentationOf, lineEnd, lineOf } from "./fix.ts";

/** Changes the kind of one operand by its first character, wherever that makes a form of the instruction. */
export const changeKind: Fixer = (document, problem) => {
  const node = lineAt(document, lineOf(document, problem));
  if (problem.code !== "operands" || node.kind !== "instruction" || !node.spec) return [];
  const { spec, operands } = node;
  const fixes: Fix[] = [];
  operands.forEach(({ range }, i) => {
    const written = document.text.slice(range.start, range.end);
    for (const [newText, title] of respellings(written)) {
      const [changed] = parseOperands(newText, range.start, spec, ignore, () => []);
      if (changed && matchForm(spec, operands.with(i, changed))) {
        fixes.push({ title: `${title}: \`${newText}\``, edits: [{ range, newText }] });
      }
    }
  });
  return fixes;
};

const ignore = (): void => {};

function respellings(written: string): [newText: string, title: string][] {
  if (/^-?\d+$/.test(written)) return [[`$${written}`, "Make it a number"]];
  if (/^\$-?\d+$/.test(written)) return [[written.slice(1), "Make it an address"]];
  const word = /^\p{L}\w*$/u.test(written);
  const names: [string, string][] = word ? [[`.${written}`, "Make it a label"]] : [];
  return REGISTERS.includes(written) ? [[`%${written}`, "Make it a register"], ...names] : names;
}

/** `mov a, b` between two places in memory: through a register that the program does not use. */
export const splitMove: Fixer = (document, problem) => {
  const node = lineAt(document, lineOf(document, problem));
  if (problem.code !== "operands" || node.kind !== "instruction" || node.mnemonic.text !== "mov") return [];
  const [from, to, more] = node.operands;
  if (from?.kind !== "memory" || to?.kind !== "memory" || more) return [];
  const register = freeRegister(document);
  if (!register) return [];
  const [source, destination] = [from, to].map(({ range }) => document.text.slice(range.start, range.end));
  const break_ = lineEnd(document) + indentationOf(document, lineOf(document, problem));
  const newText = `mov ${source}, ${register}${break_}mov ${register}, ${destination}`;
  return [{ title: `Move through \`${register}\``, edits: [{ range: node.body.range, newText }] }];
};

/** `push count` pushes an address; this pushes the value. */
export const pushValue: Fixer = (document, problem) => {
  const node = lineAt(document, lineOf(document, problem));
  if (node.kind !== "instruction" || node.form?.operation !== OP.PUSH_ADDRESS) return [];
  const register = freeRegister(document);
  if (!register) return [];
  const { start, end } = node.operands[0]!.range;
  const break_ = lineEnd(document) + indentationOf(document, lineOf(document, problem));
  const newText = `mov ${document.text.slice(start, end)}, ${register}${break_}push ${register}`;
  return [{ title: `Push the value, through \`${register}\``, edits: [{ range: node.body.range, newText }] }];
};

/** A register that no instruction and no `#@` line mentions, so that its value matters to nobody. */
function freeRegister({ tree, text }: AsmDocument): string | undefined {
  const mentioned = new Set<string>();
  for (const node of tree.nodes) {
    const { start, end } =
      node.kind === "instruction" || node.kind === "directive" ? node.body.range : NOWHERE;
    for (const match of text.slice(start, end).matchAll(/\w+/g)) mentioned.add(match[0]);
  }
  const general = REGISTERS.slice(1, 7);
  const free = general.find((name) => !mentioned.has(name));
  return free && `%${free}`;
}

const NOWHERE = { start: 0, end: 0 };
