import type { Operation } from "../isa/operations.ts";
import type { Range } from "../text/range.ts";
import type { WideIntegers } from "./wide.ts";

/** Which surface syntax a program came from. */
export type Dialect = "asm" | "x86" | "x86_64";

/** One instruction as a person sees it. `INC [x]` of a litmus test is one instruction but two operations of `Code`. */
export interface Instruction {
  readonly mnemonic: string;
  /** What rows and views show: the source without comment and surrounding blanks. */
  readonly text: string;
  readonly range: Range;
  /** Index of its first operation in `Code`. */
  readonly start: number;
}

export interface Label {
  /** As written, with the dot of the `.s` dialect. */
  readonly name: string;
  readonly range: Range;
  /** Index into `Code` of the operation that follows; may be the length of the code. */
  readonly target: number;
}

export interface Variable {
  readonly name: string;
  /** Where it was declared. */
  readonly range: Range;
  readonly address: number;
  /** Number of cells; may be 0 or negative in `.s`, where nothing is checked. */
  readonly count: number;
  /** Distance of neighbouring cells, `CELL_SPACING` if left out. */
  readonly spacing?: number;
  /** Bits of its accesses; left out where cells hold integers of any size. */
  readonly bits?: 8 | 16 | 32 | 64;
}

/** Distance of neighbouring cells of a variable where nothing else is said, and of stack slots. */
export const CELL_SPACING = 4;

/** The operations of a program, one entry an operation, with a sentinel behind the last. See `OP` for what the columns mean. */
export interface Code {
  /** Number of operations without the sentinel. */
  readonly length: number;
  readonly operation: Uint8Array;
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  readonly base: Uint8Array;
  readonly index: Uint8Array;
  readonly scale: Float64Array;
  readonly displacement: Float64Array;
  readonly immediate: Float64Array;
  /** How `COMPUTE_…` operations work, see `packComputation`. */
  readonly compute: Uint16Array;
  /** Operation index that jumps and calls go to. */
  readonly target: Int32Array;
  /** Index into `Program.instructions`. */
  readonly instruction: Int32Array;
}

/** A proposition or a region that the file asks to be checked; see `core/condition` for the kinds with a proposition. */
export interface CheckSource {
  readonly kind: string;
  readonly range: Range;
  /** The text behind the keyword. */
  readonly body: Range;
}

/** How one thread starts, where the text says so (litmus). */
export interface ThreadStart {
  /** Operation index of its first instruction. */
  readonly entry: number;
  /** Register number → value; all others are 0. */
  readonly registers: readonly (readonly [number, number])[];
  /** A bit each, as in `Program.flags`. */
  readonly flags: number;
}

/** A cell's value before the first transition. */
export interface InitialCell {
  readonly address: number;
  readonly value: number;
}

/** A program that was free of errors, unless it is the draft of an assembly. Immutable. */
export interface Program {
  readonly dialect: Dialect;
  /** For messages: file name or test name. */
  readonly name: string;
  readonly text: string;
  readonly instructions: readonly Instruction[];
  readonly code: Code;
  /** In the order of the text; where a name is declared again the later one counts. */
  readonly labels: readonly Label[];
  readonly variables: readonly Variable[];
  /** Names of a thread's registers by number; number 0 is `zero`. Those that begin with a dot are the machine's own (`isOwnRegister`). */
  readonly registers: readonly string[];
  /** Names of a thread's condition codes or flags; flag i is bit i. */
  readonly flags: readonly string[];
  /** Address of operation 0 as data sees it (what `call` pushes). */
  readonly loadAddress: number;
  /** Fixed threads of a litmus test; a `.s` program runs any number of threads from its first instruction. */
  readonly threads?: readonly ThreadStart[];
  readonly cells: readonly InitialCell[];
  /** The only addresses that there are; unset in `.s`, where every address can be written. */
  readonly mapped?: ReadonlySet<number>;
  readonly checks: readonly CheckSource[];
  /** Magnitudes of the large integers that its runs have met; it grows, but what it says never changes. */
  readonly wide: WideIntegers;
}

/** Whether a register is not the programmer's: `zero`, and what holds a value between two operations of one instruction. */
export const isOwnRegister = (name: string): boolean => name === "zero" || name.startsWith(".");

/** One operation to be put into `Code`; what is left out is 0 (scale 1). */
export interface OperationFields {
  readonly operation: Operation;
  readonly instruction: number;
  readonly a?: number;
  readonly b?: number;
  readonly base?: number;
  readonly index?: number;
  readonly scale?: number;
  readonly displacement?: number;
  readonly immediate?: number;
  readonly compute?: number;
  readonly target?: number;
}

/** Packs operations into columns and puts `sentinel` behind the last. */
export function packCode(operations: readonly OperationFields[], sentinel: Operation): Code {
  const size = operations.length + 1;
  const code = {
    length: operations.length,
    operation: new Uint8Array(size),
    a: new Uint8Array(size),
    b: new Uint8Array(size),
    base: new Uint8Array(size),
    index: new Uint8Array(size),
    scale: new Float64Array(size).fill(1),
    displacement: new Float64Array(size),
    immediate: new Float64Array(size),
    compute: new Uint16Array(size),
    target: new Int32Array(size),
    instruction: new Int32Array(size).fill(-1),
  };
  operations.forEach((o, i) => {
    code.operation[i] = o.operation;
    code.a[i] = o.a ?? 0;
    code.b[i] = o.b ?? 0;
    code.base[i] = o.base ?? 0;
    code.index[i] = o.index ?? 0;
    code.scale[i] = o.scale ?? 1;
    code.displacement[i] = o.displacement ?? 0;
    code.immediate[i] = o.immediate ?? 0;
    code.compute[i] = o.compute ?? 0;
    code.target[i] = o.target ?? 0;
    code.instruction[i] = o.instruction;
  });
  code.operation[operations.length] = sentinel;
  return code;
}
