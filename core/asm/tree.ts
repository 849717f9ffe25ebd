import type { Form, InstructionSpec } from "../isa/instruction-set.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import type { LineMap, Range } from "../text/range.ts";

/** A word of the text with its place. */
export interface Word {
  readonly text: string;
  readonly range: Range;
}

export interface ImmediateOperand {
  readonly kind: "immediate";
  readonly range: Range;
  /** Decimal digits, with an optional minus: numbers may be of any size. */
  readonly digits: string;
}

export interface RegisterOperand {
  readonly kind: "register";
  /** With the `%`. */
  readonly range: Range;
  readonly register: number;
}

/** A memory operand: a variable, a number, or `n(%base,%index,scale)`. */
export interface MemoryOperand {
  readonly kind: "memory";
  readonly range: Range;
  /** Set for an operand that is a variable's name; `displacement` is then "0". */
  readonly variable?: string;
  /** Decimal digits, with an optional minus. */
  readonly displacement: string;
  readonly base?: RegisterOperand;
  readonly index?: RegisterOperand;
  readonly scale: number;
}

export interface LabelOperand {
  readonly kind: "label";
  readonly range: Range;
  /** With the dot. */
  readonly name: string;
}

/** Something that is not an operand; a diagnostic says why. */
export interface BadOperand {
  readonly kind: "bad";
  readonly range: Range;
}

export type Operand = ImmediateOperand | RegisterOperand | MemoryOperand | LabelOperand | BadOperand;

interface LineBase {
  /** The line without its line end. */
  readonly range: Range;
  /** From `#` to the end of the line. */
  readonly comment: Range | undefined;
}

export interface BlankLine extends LineBase {
  readonly kind: "blank";
}

/** A comment line `#@ keyword body` that says how to run or what to check. */
export interface DirectiveLine extends LineBase {
  readonly kind: "directive";
  readonly keyword: Word;
  readonly body: Word;
}

export interface LabelLine extends LineBase {
  readonly kind: "label";
  readonly name: Word;
}

export interface VariableLine extends LineBase {
  readonly kind: "variable";
  readonly keyword: Range;
  readonly name?: Word;
  /** Number of cells; 1 if nothing is written. */
  readonly count: number;
  readonly countRange?: Range;
}

export interface InstructionLine extends LineBase {
  readonly kind: "instruction";
  /** The instruction without comment and surrounding blanks, as rows show it. */
  readonly body: Word;
  readonly mnemonic: Word;
  /** Unset for an unknown mnemonic. */
  readonly spec: InstructionSpec | undefined;
  readonly operands: readonly Operand[];
  /** The form that the operands make; unset if they make none. */
  readonly form: Form | undefined;
}

export type Line = BlankLine | DirectiveLine | LabelLine | VariableLine | InstructionLine;

/** A parsed `.s` text: one entry a line, whatever the text. */
export interface Tree {
  readonly text: string;
  readonly lines: LineMap;
  readonly nodes: readonly Line[];
  /** What can be seen line by line; unknown names are found by `assemble`. */
  readonly diagnostics: readonly Diagnostic[];
}
