import { OP, type Operation } from "./operations.ts";

/**
 * The instruction set of the `.s` dialect: THE table. The parser, completion, hover, signature help, the assembler, the machine and
 * the reference page of the documentation read it; a new instruction is a new entry (source: x86.py of the locks chapter, dialect §5–6).
 */

/** What can stand as an operand. `memory` is a variable, a number, or `n(%base,%index,scale)`; `address` a plain number. */
export type OperandKind = "immediate" | "register" | "memory" | "label" | "address";

/** How an instruction uses an operand. `address`: only the address is computed, memory is not touched. `target`: jumped to. */
export type OperandUse = "read" | "write" | "update" | "address" | "target";

export interface Form {
  readonly operands: readonly OperandKind[];
  readonly uses: readonly OperandUse[];
  readonly operation: Operation;
  /** One line of pseudo-code in which `a` and `b` are the first and second operand. */
  readonly effect: string;
}

export interface InstructionSpec {
  readonly mnemonic: string;
  /** One line for completion lists and hovers. */
  readonly summary: string;
  readonly forms: readonly Form[];
  readonly flags?: "sets" | "reads";
  /** For jumps: the condition under which they are taken, as in `b > a`. */
  readonly condition?: { readonly text: string; readonly mask: number };
  /** Reads and writes memory as one step, with the own store buffer empty. */
  readonly locked?: true;
  /** Not known to x86.py. */
  readonly extension?: true;
}

const form = (
  operation: Operation,
  effect: string,
  ...operands: readonly (readonly [OperandKind, OperandUse])[]
): Form => ({ operation, effect, operands: operands.map((o) => o[0]), uses: operands.map((o) => o[1]) });

const IMMEDIATE = ["immediate", "read"] as const;
const SOURCE = ["register", "read"] as const;
const DESTINATION = ["register", "write"] as const;
const UPDATED = ["register", "update"] as const;
const LOADED = ["memory", "read"] as const;
const STORED = ["memory", "write"] as const;
const EXCHANGED = ["memory", "update"] as const;
const COMPUTED = ["memory", "address"] as const;
const TARGET = ["label", "target"] as const;

const arithmetic = (
  mnemonic: string,
  summary: string,
  sign: string,
  immediate: Operation,
  register: Operation,
): InstructionSpec => ({
  mnemonic,
  summary,
  forms: [
    form(immediate, `b ← b ${sign} a`, IMMEDIATE, UPDATED),
    form(register, `b ← b ${sign} a`, SOURCE, UPDATED),
  ],
});

const jump = (mnemonic: string, text: string, mask: number): InstructionSpec => ({
  mnemonic,
  summary: `jump if the last \`test a, b\` found b ${text} a`,
  flags: "reads",
  condition: { text: `b ${text} a`, mask },
  forms: [form(OP.JUMP_IF, `if b ${text} a: go to the label`, TARGET)],
});

export const INSTRUCTIONS: readonly InstructionSpec[] = [
  {
    mnemonic: "mov",
    summary: "copy a value",
    forms: [
      form(OP.MOVE_I, "b ← a", IMMEDIATE, DESTINATION),
      form(OP.LOAD, "b ← [a]", LOADED, DESTINATION),
      form(OP.STORE_R, "[b] ← a", SOURCE, STORED),
      form(OP.MOVE_R, "b ← a", SOURCE, DESTINATION),
      form(OP.STORE_I, "[b] ← a", IMMEDIATE, STORED),
    ],
  },
  {
    mnemonic: "lea",
    summary: "load an address, without touching memory",
    forms: [form(OP.LEA, "b ← address of a", COMPUTED, DESTINATION)],
  },
  arithmetic("add", "add to a register", "+", OP.ADD_I, OP.ADD_R),
  arithmetic("sub", "subtract from a register", "−", OP.SUB_I, OP.SUB_R),
  arithmetic("mul", "multiply a register", "×", OP.MUL_I, OP.MUL_R),
  { mnemonic: "neg", summary: "negate", forms: [form(OP.NEG, "a ← −a", UPDATED)] },
  {
    mnemonic: "test",
    summary: "compare b with a and set the condition codes",
    flags: "sets",
    forms: [
      form(OP.COMPARE_R_I, "codes ← b compared with a", IMMEDIATE, SOURCE),
      form(OP.COMPARE_R_R, "codes ← b compared with a", SOURCE, SOURCE),
      form(OP.COMPARE_I_R, "codes ← b compared with a", SOURCE, IMMEDIATE),
    ],
  },
  {
    mnemonic: "xchg",
    summary: "exchange a register with memory in one step",
    locked: true,
    forms: [form(OP.XCHG, "a ↔ [b]", UPDATED, EXCHANGED)],
  },
  {
    mnemonic: "fetchadd",
    summary: "add to memory and fetch the old value in one step",
    locked: true,
    forms: [form(OP.FETCHADD, "old ← [b]; [b] ← old + a; a ← old", UPDATED, EXCHANGED)],
  },
  {
    mnemonic: "cmpxchg",
    summary: "compare memory with %ax; if equal, replace it, in one step",
    flags: "sets",
    locked: true,
    extension: true,
    forms: [
      form(OP.CMPXCHG, "codes ← %ax compared with [b]; if ==: [b] ← a, else %ax ← [b]", SOURCE, EXCHANGED),
    ],
  },
  {
    mnemonic: "mfence",
    summary: "wait until the own store buffer is empty",
    extension: true,
    forms: [form(OP.FENCE, "all earlier stores of this thread are in memory")],
  },
  {
    mnemonic: "push",
    summary: "push a register (or the address of a memory operand) on the stack",
    forms: [
      form(OP.PUSH_R, "%sp ← %sp − 4; [%sp] ← a", SOURCE),
      form(OP.PUSH_ADDRESS, "%sp ← %sp − 4; [%sp] ← address of a", COMPUTED),
    ],
  },
  {
    mnemonic: "pop",
    summary: "take the top of the stack",
    forms: [form(OP.POP_R, "a ← [%sp]; %sp ← %sp + 4", DESTINATION), form(OP.POP, "%sp ← %sp + 4")],
  },
  {
    mnemonic: "call",
    summary: "call a routine",
    forms: [form(OP.CALL, "%sp ← %sp − 4; [%sp] ← address of the next instruction; go to the label", TARGET)],
  },
  {
    mnemonic: "ret",
    summary: "return from a routine",
    forms: [form(OP.RET, "go to [%sp]; %sp ← %sp + 4")],
  },
  { mnemonic: "j", summary: "jump", forms: [form(OP.JUMP, "go to the label", TARGET)] },
  jump("je", "==", 0b100000),
  jump("jne", "!=", 0b010000),
  jump("jgt", ">", 0b000010),
  jump("jgte", ">=", 0b000001),
  jump("jlt", "<", 0b001000),
  jump("jlte", "<=", 0b000100),
  { mnemonic: "yield", summary: "let the next thread run", forms: [form(OP.YIELD, "gives up the CPU")] },
  { mnemonic: "nop", summary: "do nothing", forms: [form(OP.NOP, "nothing")] },
  { mnemonic: "halt", summary: "end this thread", forms: [form(OP.HALT, "the thread ends")] },
  { mnemonic: "rdump", summary: "print the registers", forms: [form(OP.RDUMP, "prints ax to fx")] },
  {
    mnemonic: "mdump",
    summary: "print a memory cell",
    forms: [form(OP.MDUMP, "prints [a]", ["address", "read"])],
  },
];

const byMnemonic = new Map(INSTRUCTIONS.map((spec) => [spec.mnemonic, spec]));

/** The entry of a mnemonic (lower case, as the dialect demands), if there is one. */
export const instructionSpec = (mnemonic: string): InstructionSpec | undefined => byMnemonic.get(mnemonic);
