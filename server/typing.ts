import { parseOperands } from "../core/asm/operands.ts";
import { type Form, type InstructionSpec, instructionSpec } from "../core/isa/instruction-set.ts";
import { type AsmDocument, lineAt } from "./document.ts";

/** Where in an instruction somebody is typing. */
export interface Typing {
  readonly spec: InstructionSpec;
  /** Which operand, from 0. */
  readonly operand: number;
  /** Forms that the operands before this one leave possible and that have an operand here; all that have one if none fits. */
  readonly forms: readonly Form[];
  /** The operand's text up to the cursor, without leading blanks. */
  readonly text: string;
  /** Which field of an address is being typed, from 0; unset outside of parentheses. */
  readonly field?: number;
}

/** The part of a line up to an offset, and where the line begins. */
export function textBefore(document: AsmDocument, offset: number): { text: string; start: number } {
  const { start } = lineAt(document, document.lines.position(offset).line).range;
  return { text: document.text.slice(start, offset), start };
}

/** Finds out which operand is being typed at the end of `before`, the text of a line up to the cursor. */
export function typingAt(before: string): Typing | undefined {
  const match = /^(\s*\S+)\s+/.exec(before);
  if (!match || before.includes("#")) return undefined;
  const spec = instructionSpec(match[1]!.trim());
  if (!spec) return undefined;
  const place = scan(before, match[0].length);
  const earlier =
    place.operand === 0
      ? []
      : parseOperands(before.slice(match[0].length, place.start - 1), 0, spec, ignore, () => []);
  const here = spec.forms.filter((f) => f.operands.length > place.operand);
  const fitting = here.filter((f) =>
    earlier.every((o, i) => f.operands[i] === (o.kind === "memory" ? memoryKind(f, i) : o.kind)),
  );
  return {
    spec,
    operand: place.operand,
    forms: fitting.length ? fitting : here,
    text: before.slice(place.start).trimStart(),
    ...(place.field === undefined ? {} : { field: place.field }),
  };
}

const ignore = (): void => {};

/** A plain address fits `memory` and `address`. */
const memoryKind = (form: Form, index: number) =>
  form.operands[index] === "address" ? ("address" as const) : ("memory" as const);

/** Counts the commas outside and inside of parentheses up to the end of the text. */
function scan(text: string, from: number): { operand: number; start: number; field?: number } {
  let operand = 0;
  let start = from;
  let field: number | undefined;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === "(") field = 0;
    else if (c === ")") field = undefined;
    else if (c === "," && field !== undefined) field++;
    else if (c === ",") {
      operand++;
      start = i + 1;
    }
  }
  return { operand, start, ...(field === undefined ? {} : { field }) };
}
