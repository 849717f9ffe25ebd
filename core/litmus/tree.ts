import type { Word } from "../asm/tree.ts";
import type { Condition, Location, Proposition } from "../condition/tree.ts";
import type { X86Dialect, X86Instruction } from "../isa/x86.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import type { LineMap, Range } from "../text/range.ts";

/** `Key=Value`, a line between the first line and the initial state. */
export interface MetadataLine {
  readonly range: Range;
  readonly key: Word;
  readonly value: Word;
}

export type InitialValue =
  | { readonly kind: "number"; readonly range: Range; readonly value: bigint; readonly text: string }
  | { readonly kind: "symbol"; readonly range: Range; readonly name: string }
  | { readonly kind: "list"; readonly range: Range; readonly items: readonly InitialValue[] };

/** One item of the initial state: `int64_t 0:rax=5`, `x=1`, `int *p=&x`, `int64_t t[2]={1,-1}`. */
export interface InitialItem {
  readonly range: Range;
  readonly type?: Word;
  readonly pointer: boolean;
  /** For an array its name; `length` says how many cells. */
  readonly location: Location;
  readonly length?: number;
  /** 0 if left out. */
  readonly value?: InitialValue;
}

export interface ImmediateOperand {
  readonly kind: "immediate";
  readonly range: Range;
  readonly value: bigint;
}

export interface RegisterOperand {
  readonly kind: "register";
  readonly range: Range;
  /** The whole register: `EAX`, `rax`, or `%r0` for a symbolic one. */
  readonly name: string;
  readonly bits: 8 | 16 | 32 | 64;
}

/** `[x]`, `[EAX]`, `4(%rbx)`, `0(%rax,%rbx,8)`. */
export interface MemoryOperand {
  readonly kind: "memory";
  readonly range: Range;
  readonly variable: Word | undefined;
  readonly base: RegisterOperand | undefined;
  readonly index: RegisterOperand | undefined;
  readonly scale: number;
  readonly displacement: number;
}

export interface LabelOperand {
  readonly kind: "label";
  readonly range: Range;
  readonly name: string;
}

/** What is not an operand; a diagnostic says why. */
export interface BadOperand {
  readonly kind: "bad";
  readonly range: Range;
}

export type Operand = ImmediateOperand | RegisterOperand | MemoryOperand | LabelOperand | BadOperand;

export interface InstructionNode {
  /** With its lock prefix. */
  readonly range: Range;
  readonly lock: Range | undefined;
  readonly mnemonic: Word;
  /** Unset for an unknown mnemonic. */
  readonly spec: X86Instruction | undefined;
  /** Of the size suffix, if there is one. */
  readonly bits: 8 | 16 | 32 | 64 | undefined;
  readonly operands: readonly Operand[];
}

/** One thread's part of a row. */
export interface Cell {
  /** Without surrounding blanks; empty at the place where something could stand. */
  readonly range: Range;
  readonly labels: readonly Word[];
  readonly instruction?: InstructionNode;
}

/** What a row says, wherever it stands: all its ranges count from its own beginning. Rows with the same text share it. */
export interface RowContent {
  /** From behind the semicolon of the row before to its own, with comments blanked out. */
  readonly text: string;
  readonly dialect: X86Dialect;
  readonly cells: readonly Cell[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many suggestions were looked up for it; infinite if some were refused, as too many had been already. */
  readonly suggested: number;
}

/** A row at its place. `cellsOf` tells its cells with ranges in the text. */
export interface Row {
  /** From the first cell to the semicolon. */
  readonly range: Range;
  readonly content: RowContent;
  /** Where the content begins in the text. */
  readonly start: number;
}

/** The threads' names, `P0 | P1 ;`. */
export interface ThreadHeader {
  readonly range: Range;
  readonly threads: readonly Word[];
}

export interface LocationsSection {
  readonly range: Range;
  readonly keyword: Range;
  readonly items: readonly Location[];
}

export interface FilterSection {
  readonly keyword: Range;
  readonly proposition: Proposition;
}

/** A condition as it is written; `keyword` may be herd's `final` or `observed`. */
export interface ConditionSection {
  readonly keyword: Word;
  readonly condition: Condition;
}

/** A parsed `.litmus` text: whatever of it could be understood. */
export interface LitmusTree {
  readonly text: string;
  readonly lines: LineMap;
  /** Comments `(* … *)`, the outermost of nested ones. */
  readonly comments: readonly Range[];
  /** Unset if the first line does not say. */
  readonly dialect?: X86Dialect;
  readonly architecture?: Word;
  readonly name?: Word;
  readonly doc?: Word;
  readonly metadata: readonly MetadataLine[];
  /** With its braces. */
  readonly initialRange?: Range;
  readonly initial: readonly InitialItem[];
  /** From the initial state to the first section, whatever stands there. */
  readonly codeRange?: Range;
  /** From the first section to the end, whatever stands there. */
  readonly sectionsRange?: Range;
  readonly header?: ThreadHeader;
  readonly rows: readonly Row[];
  readonly locations?: LocationsSection;
  readonly filter?: FilterSection;
  readonly condition?: ConditionSection;
  /** What can be seen in the text alone; unknown names are found by `lower`. */
  readonly diagnostics: readonly Diagnostic[];
}
