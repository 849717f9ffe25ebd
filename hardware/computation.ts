import { COMPUTE, type ComputeFunction, OP } from "../core/isa/operations.ts";
import { CF, SF } from "../core/isa/x86-registers.ts";
import {
  functionOf,
  isFetching,
  isForFlags,
  isImmediate,
  isMemoryLeft,
  widthOf,
} from "../core/machine/compute.ts";
import type { Program } from "../core/machine/program.ts";
import { isSmall, moveNumber } from "./addresses.ts";
import { onProcessor } from "./numbers.ts";
import { CODES, SCRATCH, sized, WIDE_CODES } from "./registers.ts";

/** Bits of an access or of a computation. */
export type Bits = 8 | 16 | 32 | 64;

/** What the code of a computation needs to know of the thread it belongs to. */
export interface ComputationContext {
  readonly program: Program;
  /** Whether computations also put the flags of the model into their register. */
  readonly keepsCodes: boolean;
  register(number: number): string;
  /** Code that uses the cell of the operation's memory operand. */
  cell(use: (operand: string) => string[]): string[];
}

const SUFFIX: Readonly<Record<Bits, string>> = { 8: "b", 16: "w", 32: "l", 64: "q" };

const NAMES: Partial<Record<ComputeFunction, string>> = {
  ...{
    [COMPUTE.ADD]: "add",
    [COMPUTE.SUB]: "sub",
    [COMPUTE.AND]: "and",
    [COMPUTE.OR]: "or",
    [COMPUTE.XOR]: "xor",
  },
  ...{ [COMPUTE.SHL]: "shl", [COMPUTE.COMPARE]: "cmp", [COMPUTE.EQUAL]: "cmp", [COMPUTE.TEST]: "test" },
};

/** Bits of a litmus operation: its own, or those of the other operations of its instruction; X86 computes with 32. */
export function bitsOf({ code, dialect }: Program, pc: number): Bits {
  if (dialect === "asm") return 64;
  if (dialect === "x86") return 32;
  const instruction = code.instruction[pc]!;
  for (let other = 0; other < code.length; other++) {
    const width = code.instruction[other] === instruction ? widthOf(code.compute[other]!) : 0;
    if (width !== 0) return width;
  }
  return 64;
}

/** The processor's instructions for one operation of the litmus dialects (semantics: `core/machine/execute-computation.ts`). */
export function emitComputation(pc: number, context: ComputationContext): string[] {
  const { program } = context;
  const { code } = program;
  const packed = code.compute[pc]!;
  const bits = bitsOf(program, pc);
  const a = (): string => sized(context.register(code.a[pc]!), bits);
  const b = (): string => sized(context.register(code.b[pc]!), bits);
  const s = SUFFIX[bits];
  const f = functionOf(packed);
  const number = BigInt.asIntN(bits, onProcessor(program, code.immediate[pc]!));
  /** Code with the right value: a register, or a number, which is put into a register where an instruction cannot hold it. */
  const withRight = (use: (right: string) => string[]): string[] => {
    if (code.operation[pc] !== OP.COMPUTE_I && !isImmediate(packed)) return use(b());
    return isSmall(number) ? use(`$${number}`) : [moveNumber(number, SCRATCH), ...use(sized(SCRATCH, bits))];
  };
  const widened = (register: number): string[] => widen(context.register(register), bits);
  const flagged = (lines: string[]): string[] => withFlags(lines, f, context.keepsCodes);
  switch (code.operation[pc]) {
    case OP.COMPUTE_I:
    case OP.COMPUTE_R:
      if (f === COMPUTE.MOVE)
        return withRight((right) => [`mov${s} ${right}, ${a()}`, ...widened(code.a[pc]!)]);
      return [
        ...withRight((right) => flagged(compute(f, s, right, a()))),
        ...(isForFlags(packed) ? [] : widened(code.a[pc]!)),
      ];
    case OP.COMPUTE_LOAD:
      if (f === COMPUTE.MOVE) return context.cell((m) => [load(m, context.register(code.a[pc]!), bits)]);
      if (isMemoryLeft(packed))
        return context.cell((m) => withRight((right) => flagged([`${NAMES[f]}${s} ${right}, ${m}`])));
      return [
        ...context.cell((m) => flagged([`${NAMES[f]}${s} ${m}, ${a()}`])),
        ...(isForFlags(packed) ? [] : widened(code.a[pc]!)),
      ];
    case OP.COMPUTE_STORE:
      if (f === COMPUTE.MOVE) return context.cell((m) => withRight((right) => [`mov${s} ${right}, ${m}`]));
      if (isFused(program, pc))
        return context.cell((m) => withRight((right) => flagged(compute(f, s, right, m))));
      return context.cell((m) => {
        const result = sized(SCRATCH, bits);
        return [
          `mov${s} ${a()}, ${result}`,
          ...withRight((right) => flagged(compute(f, s, right, result))),
          `mov${s} ${result}, ${m}`,
        ];
      });
    case OP.COMPUTE_LOCKED:
      return context.cell((m) => {
        if (!isFetching(packed))
          return withRight((right) => flagged(compute(f, s, right, m).map((l) => `lock ${l}`)));
        const fetch =
          f === COMPUTE.MOVE ? [`xchg${s} ${b()}, ${m}`] : flagged([`lock xadd${s} ${b()}, ${m}`]);
        return [...fetch, ...widened(code.b[pc]!)];
      });
    default:
      return context.cell((m) => [...flagged([`lock cmpxchg${s} ${b()}, ${m}`]), ...widened(code.a[pc]!)]);
  }
}

/**
 * Whether a store ends an unlocked read-modify-write that is one instruction of the processor; the load before it is a part of that. It is not
 * where the instruction goes on, because then the value that was loaded is still needed.
 */
export function isFused({ code }: Program, store: number): boolean {
  const load = store - 1;
  return (
    code.operation[store] === OP.COMPUTE_STORE &&
    code.operation[load] === OP.LOAD &&
    code.instruction[load] === code.instruction[store] &&
    code.instruction[store + 1] !== code.instruction[store] &&
    code.a[load] === code.a[store] &&
    [code.base, code.index, code.scale, code.displacement].every((column) => column[load] === column[store])
  );
}

/** A load; narrow values fill their register up with zeros. */
export const load = (cell: string, register: string, bits: Bits): string =>
  bits >= 32
    ? `mov${SUFFIX[bits]} ${cell}, ${sized(register, bits)}`
    : `movz${SUFFIX[bits]}l ${cell}, ${sized(register, 32)}`;

export const store = (register: string, cell: string, bits: Bits): string =>
  `mov${SUFFIX[bits]} ${sized(register, bits)}, ${cell}`;

/** Fills a register up with zeros behind a narrow result; 32 bits do so by themselves. */
const widen = (register: string, bits: Bits): string[] =>
  bits >= 32 ? [] : [`movz${SUFFIX[bits]}l ${sized(register, bits)}, ${sized(register, 32)}`];

function compute(f: ComputeFunction, suffix: string, right: string, left: string): string[] {
  if (f === COMPUTE.INCREMENT) return [`inc${suffix} ${left}`];
  if (f === COMPUTE.DECREMENT) return [`dec${suffix} ${left}`];
  return [`${NAMES[f]}${suffix} ${right}, ${left}`];
}

/**
 * Code that sets the processor's flags; where jumps need them later, ZF and SF of the model are kept in a register. SF means "greater" there:
 * than the right value, or than 0. `lea` and `cmov` leave the flags alone.
 */
function withFlags(lines: readonly string[], f: ComputeFunction, keeps: boolean): string[] {
  if (!keeps) return [...lines];
  const scratch = sized(SCRATCH, 32);
  if (f === COMPUTE.EQUAL) {
    return [
      `andl $${SF | CF}, ${CODES}`,
      ...lines,
      `leal 1(${WIDE_CODES}), ${scratch}`,
      `cmovzl ${scratch}, ${CODES}`,
    ];
  }
  const kept = f === COMPUTE.INCREMENT || f === COMPUTE.DECREMENT ? CF : 0;
  const notLess = f === COMPUTE.COMPARE ? "cmovgel" : "cmovnsl";
  return [
    `andl $${kept}, ${CODES}`,
    ...lines,
    `leal ${SF}(${WIDE_CODES}), ${scratch}`,
    `${notLess} ${scratch}, ${CODES}`,
    `leal -1(${WIDE_CODES}), ${scratch}`, // equal: ZF in place of SF
    `cmovzl ${scratch}, ${CODES}`,
  ];
}
