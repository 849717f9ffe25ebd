import { COMPUTE, type ComputeFunction } from "./operations.ts";
import { CF, SF, ZF } from "./x86-registers.ts";

/**
 * The instruction set of the litmus dialects X86 and X86_64: one table for parser, machine, completion and hover (litmus.md §2, §3, §7).
 * Operands are described in the order "destination, source"; X86 (Intel) writes them so, X86_64 (AT&T) the other way round.
 */

/** What an instruction's operands are and what lowering does with them. */
export type X86Shape =
  /** destination ← destination ∘ source; also comparisons, which have no result */
  | "binary"
  /** destination ← f(destination) */
  | "unary"
  /** destination ↔ source */
  | "exchange"
  /** destination, old ← destination + source, destination */
  | "exchange-add"
  /** memory first in both dialects */
  | "compare-exchange"
  /** register ← memory or register if CF; register first in both dialects */
  | "conditional-move"
  /** destination ← 1 − CF */
  | "set-not-below"
  | "jump"
  | "fence"
  /** Nothing that a test can see. It may have an operand. */
  | "nothing"
  /** Known, but refused; `summary` says why. */
  | "refused";

export type X86Dialect = "x86" | "x86_64";

export interface X86Instruction {
  /** In lower case, without a size suffix. */
  readonly mnemonic: string;
  readonly summary: string;
  readonly shape: X86Shape;
  readonly dialects: readonly X86Dialect[];
  /** Size suffixes of X86_64, and for `MOV` of X86, where they mean nothing. */
  readonly suffixes: string;
  readonly computes?: ComputeFunction;
  /** Whether it may carry a lock prefix. */
  readonly lockable: boolean;
  /** Whether it sets or reads ZF, SF and CF. */
  readonly flags?: "sets" | "reads";
  /** For conditional jumps: taken if all of `all` hold; each is a test "one of these flags differs from this pattern". */
  readonly taken?: readonly FlagTest[];
  /** Names a place in memory, which it does not touch. */
  readonly takesAddress?: true;
  /** Not in herd's grammar. */
  readonly extension: boolean;
}

/** True if ((flags ^ pattern) & mask) is not 0. */
export interface FlagTest {
  readonly mask: number;
  readonly pattern: number;
}

const BOTH: readonly X86Dialect[] = ["x86", "x86_64"];

type Details = Partial<Omit<X86Instruction, "mnemonic" | "summary" | "shape">>;

const entry = (
  mnemonic: string,
  shape: X86Shape,
  summary: string,
  details: Details = {},
): X86Instruction => ({
  mnemonic,
  shape,
  summary,
  dialects: BOTH,
  suffixes: "",
  lockable: false,
  extension: false,
  ...details,
});

const arithmetic = (
  mnemonic: string,
  computes: ComputeFunction,
  summary: string,
  details: Details = {},
): X86Instruction =>
  entry(mnemonic, "binary", summary, {
    computes,
    suffixes: "bwlq",
    flags: "sets",
    lockable: true,
    ...details,
  });

const jump = (mnemonic: string, text: string, taken: readonly FlagTest[], details: Details = {}) =>
  entry(mnemonic, "jump", `jump if ${text}`, { taken, flags: "reads", ...details });

const IF_ZF: FlagTest = { mask: ZF, pattern: 0 };
const IF_NOT_ZF: FlagTest = { mask: ZF, pattern: ZF };
const IF_SF: FlagTest = { mask: SF, pattern: 0 };
const IF_NOT_SF: FlagTest = { mask: SF, pattern: SF };
const ONLY_64 = { dialects: ["x86_64"] } as const satisfies Details;
const ONLY_32 = { dialects: ["x86"] } as const satisfies Details;
const FLUSH = { ...ONLY_64, takesAddress: true } as const satisfies Details;
const EXTENSION = { extension: true } as const satisfies Details;

export const X86_INSTRUCTIONS: readonly X86Instruction[] = [
  entry("mov", "binary", "copy a value", { computes: COMPUTE.MOVE, suffixes: "bwlq" }),
  arithmetic("add", COMPUTE.ADD, "add; ZF, SF tell whether the result is 0, greater than 0"),
  arithmetic("sub", COMPUTE.SUB, "subtract; ZF, SF tell whether the result is 0, greater than 0", EXTENSION),
  arithmetic("and", COMPUTE.AND, "bitwise and"),
  arithmetic("or", COMPUTE.OR, "bitwise or"),
  arithmetic("xor", COMPUTE.XOR, "bitwise exclusive or; a register with itself is 0"),
  arithmetic("shl", COMPUTE.SHL, "shift left", { lockable: false }),
  arithmetic(
    "cmp",
    COMPUTE.COMPARE,
    "compare the destination with the source; sets ZF (equal) and SF (greater)",
    {
      lockable: false,
    },
  ),
  arithmetic("test", COMPUTE.TEST, "bitwise and, for the flags only", { lockable: false, ...EXTENSION }),
  entry("inc", "unary", "add 1", {
    computes: COMPUTE.INCREMENT,
    suffixes: "bwlq",
    lockable: true,
    flags: "sets",
  }),
  entry("dec", "unary", "subtract 1", {
    computes: COMPUTE.DECREMENT,
    suffixes: "bwlq",
    lockable: true,
    flags: "sets",
  }),
  entry("xchg", "exchange", "exchange; with memory always in one locked step", {
    suffixes: "bwlq",
    lockable: true,
  }),
  entry("uxch", "exchange", "exchange; herd takes it exactly as `xchg`", {
    suffixes: "bwlq",
    lockable: true,
    ...ONLY_64,
  }),
  entry("xadd", "exchange-add", "add, and fetch the old value into the source", {
    suffixes: "bwlq",
    lockable: true,
    flags: "sets",
    ...EXTENSION,
  }),
  entry(
    "cmpxchg",
    "compare-exchange",
    "if memory equals EAX or rax, replace it by the register, else load it there; sets ZF",
    {
      suffixes: "bwlq",
      lockable: true,
      flags: "sets",
    },
  ),
  entry("cmovc", "conditional-move", "move if CF is set", { suffixes: "bwlq", flags: "reads" }),
  entry("setnb", "set-not-below", "set to 1 − CF", { suffixes: "bwlq", flags: "reads" }),
  entry("movnti", "binary", "a store; non-temporal hints do not reorder here", {
    computes: COMPUTE.MOVE,
    suffixes: "lq",
    ...ONLY_64,
  }),
  entry("mfence", "fence", "wait until the own store buffer is empty"),
  entry(
    "lfence",
    "nothing",
    "orders loads, which x86 keeps in order anyway; does not drain the store buffer",
  ),
  entry(
    "sfence",
    "nothing",
    "orders stores, which x86 keeps in order anyway; does not drain the store buffer",
  ),
  entry("clflush", "nothing", "flushes a cache line; does not drain the store buffer", FLUSH),
  entry("clflushopt", "nothing", "flushes a cache line; does not drain the store buffer", FLUSH),
  entry("nop", "nothing", "nothing", { suffixes: "wl" }),
  entry("endbr64", "nothing", "nothing", ONLY_64),
  entry("pause", "nothing", "nothing; a hint in spin loops", EXTENSION),
  entry("jmp", "jump", "jump", { taken: [] }),
  jump("je", "equal (ZF)", [IF_ZF]),
  jump("jne", "not equal (not ZF)", [IF_NOT_ZF]),
  jump("jz", "zero (ZF)", [IF_ZF], EXTENSION),
  jump("jnz", "not zero (not ZF)", [IF_NOT_ZF], EXTENSION),
  jump("jg", "greater (SF)", [IF_SF], EXTENSION),
  jump("jgt", "greater (SF)", [IF_SF], ONLY_64),
  jump("jge", "greater or equal (ZF or SF)", [{ mask: ZF | SF, pattern: 0 }]),
  jump("jl", "less (neither ZF nor SF)", [IF_NOT_ZF, IF_NOT_SF], EXTENSION),
  jump(
    "jlt",
    "less or equal: herd's meaning of it (ZF or not SF)",
    [{ mask: ZF | SF, pattern: SF }],
    ONLY_64,
  ),
  jump("jle", "less or equal (not SF)", [IF_NOT_SF]),
  jump("js", "greater: herd's meaning of SF", [IF_SF], ONLY_64),
  jump("jns", "not greater: herd's meaning of SF", [IF_NOT_SF], ONLY_64),
  jump("js", "negative (neither ZF nor SF)", [IF_NOT_ZF, IF_NOT_SF], { ...ONLY_32, ...EXTENSION }),
  jump("jns", "not negative (ZF or SF)", [{ mask: ZF | SF, pattern: 0 }], { ...ONLY_32, ...EXTENSION }),
  jump("jc", "carry (CF)", [{ mask: CF, pattern: 0 }], EXTENSION),
  jump("jnc", "no carry (not CF)", [{ mask: CF, pattern: CF }], EXTENSION),
  ...["ja", "jae", "jb", "jbe"].map((mnemonic) =>
    entry(
      mnemonic,
      "refused",
      "compares without signs, which herd's flags cannot tell; use JG, JGE, JL or JLE",
    ),
  ),
  entry("movsd", "refused", "moves a string; use two `MOV`s through a register", ONLY_32),
  entry("movt", "refused", "moves ten bytes; use `MOV`", ONLY_32),
  entry("movd", "refused", "moves to a vector register, which litmus tests here do not have", ONLY_64),
  entry("movntdqa", "refused", "loads a vector register, which litmus tests here do not have", ONLY_64),
  entry(
    "ret",
    "refused",
    "returns from a routine, but a test's thread is none; jump to a label at the end",
    ONLY_64,
  ),
];

const SUFFIX_BITS = { b: 8, w: 16, l: 32, q: 64 } as const;

const byName: Readonly<Record<X86Dialect, ReadonlyMap<string, X86Mnemonic>>> = {
  x86: collect("x86"),
  x86_64: collect("x86_64"),
};

/** A mnemonic as it can be written: an instruction with or without a size. */
export interface X86Mnemonic {
  readonly spec: X86Instruction;
  /** Bits of the suffix; unset without one. */
  readonly bits?: 8 | 16 | 32 | 64;
}

function collect(dialect: X86Dialect): ReadonlyMap<string, X86Mnemonic> {
  const names = new Map<string, X86Mnemonic>();
  for (const spec of X86_INSTRUCTIONS) {
    if (!spec.dialects.includes(dialect)) continue;
    names.set(spec.mnemonic, { spec });
    if (dialect === "x86" && spec.mnemonic !== "mov") continue;
    for (const suffix of spec.suffixes as Iterable<keyof typeof SUFFIX_BITS>) {
      names.set(spec.mnemonic + suffix, { spec, bits: SUFFIX_BITS[suffix] });
    }
  }
  return names;
}

/** The entry of a mnemonic in lower case, with its size suffix if it has one. */
export const x86Mnemonic = (dialect: X86Dialect, name: string): X86Mnemonic | undefined =>
  byName[dialect].get(name);

/** All mnemonics of a dialect in lower case. */
export const x86MnemonicNames = (dialect: X86Dialect): Iterable<string> => byName[dialect].keys();
