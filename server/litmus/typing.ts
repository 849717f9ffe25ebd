import { type X86Dialect, type X86Instruction, x86Mnemonic } from "../../core/isa/x86.ts";
import { type X86Form, type X86OperandKind, x86Forms } from "../../core/litmus/forms.ts";

interface CellBefore {
  /** 0 is the row of the threads' names. */
  readonly row: number;
  readonly thread: number;
  /** What stands of the cell before the cursor. */
  readonly cell: string;
}

/** In which cell the text up to the cursor ends. */
export function cellBefore(before: string): CellBefore {
  // The semicolon of `LOCK; INC` belongs to the instruction.
  const rows = before.replace(/\b(lock\s*);/gi, "$1 ").split(";");
  const cells = rows.at(-1)!.split("|");
  return { row: rows.length - 1, thread: cells.length - 1, cell: cells.at(-1)! };
}

/** A longer cell is noise, on which regular expressions run out of stack. */
const LONGEST_CELL = 10_000;

/** What follows labels and a lock prefix. */
export function withoutPrefixes(cell: string): { readonly rest: string; readonly lock: boolean } {
  if (cell.length > LONGEST_CELL) return { rest: cell, lock: false };
  const unlabelled = cell.replace(/^\s*(?:[A-Za-z_][\w.]*\s*:\s*)*/, "");
  const rest = unlabelled.replace(/^lock\s+/i, "");
  return { rest, lock: rest !== unlabelled };
}

/** Where in an instruction somebody is typing. */
export interface TypedOperand {
  readonly spec: X86Instruction & { readonly name: string };
  /** Which operand, from 0. */
  readonly operand: number;
  /** Forms that the operands before this one leave possible; all that have one here if none fits. */
  readonly forms: readonly X86Form[];
  /** The operand up to the cursor, without leading blanks. */
  readonly text: string;
}

/** Finds out which operand is being typed at the end of an instruction that stands up to the cursor. */
export function typedOperand(before: string, dialect: X86Dialect): TypedOperand | undefined {
  const match = /^(\w+)\s+/.exec(before);
  if (!match) return undefined;
  const name = match[1]!.toLowerCase();
  const known = x86Mnemonic(dialect, name);
  if (!known) return undefined;
  const parts = splitAtCommas(before.slice(match[0].length));
  const operand = parts.length - 1;
  const here = x86Forms(known.spec, dialect).filter((form) => form.length > operand);
  const fitting = here.filter((form) =>
    parts.slice(0, -1).every((part, i) => form[i] === kindOf(part, form[i]!)),
  );
  if (here.length === 0) return undefined;
  return {
    spec: { ...known.spec, name },
    operand,
    forms: fitting.length ? fitting : here,
    text: parts.at(-1)!.trimStart(),
  };
}

/** A word alone is a label where one is taken, else a register. */
function kindOf(part: string, expected: X86OperandKind): X86OperandKind {
  if (/[([]/.test(part)) return "memory";
  if (/^\s*\$?-?\d/.test(part)) return "immediate";
  return expected === "label" ? "label" : "register";
}

/** Divides at the commas outside of parentheses. */
function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const c of text) {
    if (c === "(" || c === "[") depth++;
    else if (c === ")" || c === "]") depth--;
    if (c === "," && depth <= 0) parts.push("");
    else parts[parts.length - 1] += c;
  }
  return parts;
}
