import { COMPUTE, OP } from "../core/isa/operations.ts";
import { FLAGS_EQUAL, FLAGS_GREATER, FLAGS_LESS, SP } from "../core/isa/registers.ts";
import { ZF } from "../core/isa/x86-registers.ts";
import { functionOf } from "../core/machine/compute.ts";
import type { Program } from "../core/machine/program.ts";
import { codeAddress } from "../core/machine/state.ts";
import {
  type AddressContext,
  computeAddress,
  FOUND_CELL,
  findCell,
  fixedCell,
  isCopied,
  moveNumber,
  operandOf,
  withNumber,
} from "./addresses.ts";
import type { FlagEffect } from "./codes.ts";
import { bitsOf, emitComputation, isFused, load, store } from "./computation.ts";
import type { Window } from "./layout.ts";
import { cellAddress, onProcessor } from "./numbers.ts";
import { ADDRESS, CODES, SCRATCH, sized } from "./registers.ts";

/** What an operation needs to know of the thread it belongs to. */
export interface OperationContext extends AddressContext {
  readonly program: Program;
  /** The window of the thread's own stack, where most computed addresses of `push` and `pop` are. */
  readonly stack: Window | undefined;
  /** Whether comparisons also put the condition codes into their register. */
  readonly keepsCodes: boolean;
  /** Whether the conditional jump at an operation can use the processor's flags. */
  usesFlags(pc: number): boolean;
  readonly returnSites: readonly number[];
  /** Labels to jump to: an operation, the end of the thread, and what ends the run with a fault at an operation. */
  label(pc: number): string;
  readonly end: string;
  fault(pc: number): string;
}

/** The processor's jumps for the condition codes of `.s`, by mask. */
const JUMPS: Readonly<Record<number, string>> = {
  32: "je",
  16: "jne",
  2: "jg",
  1: "jge",
  8: "jl",
  4: "jle",
};

/** Instructions of litmus tests that are nothing in the model, and something on the processor. */
const FENCES = new Map(["lfence", "sfence"].map((name) => [name, name]));

/** The jump of the processor that uses its flags where the model uses its own; undefined where there is none with the same meaning. */
export function nativeJump({ code, dialect }: Program, pc: number): string | undefined {
  if (dialect === "asm") return JUMPS[code.a[pc]!];
  if (code.a[pc] !== ZF) return undefined; // SF means another thing there
  return code.b[pc] === 0 ? "je" : "jne";
}

/**
 * The processor's instructions for one operation of the model. Semantics: `core/machine/execute.ts`; a run ends with a fault where an integer
 * does not fit into 64 bits.
 */
export function emitOperation(pc: number, context: OperationContext): string[] {
  const { program } = context;
  const { code } = program;
  const number = (value: number): bigint => onProcessor(program, value);
  const immediate = number(code.immediate[pc]!);
  const a = (): string => context.register(code.a[pc]!);
  const b = (): string => context.register(code.b[pc]!);
  const cell = (use: (operand: string) => string[]): string[] => withCell(pc, context, use);
  const address = (into: string): string[] =>
    computeAddress(operandOf(code, pc, number), into, () => context.fault(pc), context);
  /** The model's integers have any size: a run ends with a fault where a result does not fit into 64 bits. */
  const fitting = (lines: readonly string[]): string[] => [...lines, `jo ${context.fault(pc)}`];
  const op = code.operation[pc];
  switch (op) {
    case OP.MOVE_I:
      return [moveNumber(immediate, a())];
    case OP.MOVE_R:
      return [`movq ${b()}, ${a()}`];
    case OP.LOAD:
      return isFused(program, pc + 1) ? [] : cell((m) => [load(m, a(), bitsOf(program, pc))]);
    case OP.STORE_R:
      return cell((m) => [store(b(), m, bitsOf(program, pc))]);
    case OP.STORE_I:
      return cell((m) => withNumber(immediate, (n) => `movq ${n}, ${m}`));
    case OP.LEA:
      return address(a());
    case OP.ADD_I:
      return fitting(withNumber(immediate, (n) => `addq ${n}, ${a()}`));
    case OP.SUB_I:
      return fitting(withNumber(immediate, (n) => `subq ${n}, ${a()}`));
    case OP.MUL_I:
      return fitting(withNumber(immediate, (n) => `imulq ${n}, ${a()}`));
    case OP.ADD_R:
      return fitting([`addq ${b()}, ${a()}`]);
    case OP.SUB_R:
      return fitting([`subq ${b()}, ${a()}`]);
    case OP.MUL_R:
      return fitting([`imulq ${b()}, ${a()}`]);
    case OP.NEG:
      return fitting([`negq ${a()}`]);
    case OP.COMPARE_R_I:
      return compared(
        withNumber(immediate, (n) => `cmpq ${n}, ${b()}`),
        context,
      );
    case OP.COMPARE_R_R:
      return compared([`cmpq ${b()}, ${a()}`], context);
    case OP.COMPARE_I_R:
      return compared([moveNumber(immediate, SCRATCH), `cmpq ${b()}, ${SCRATCH}`], context);
    case OP.XCHG:
      return cell((m) => [`xchgq ${a()}, ${m}`]);
    case OP.FETCHADD:
      return cell((m) => fitting([`lock xaddq ${a()}, ${m}`]));
    case OP.CMPXCHG:
      return cell((m) => compared([`lock cmpxchgq ${b()}, ${m}`], context));
    case OP.PUSH_R:
      return push(pc, context, [], () => b());
    case OP.PUSH_ADDRESS:
      return push(pc, context, [...address(ADDRESS), `movq ${ADDRESS}, ${SCRATCH}`], () => SCRATCH);
    case OP.CALL: {
      const site = codeAddress(context.program, pc + 1);
      return [...push(pc, context, [], () => `$${site}`), `jmp ${context.label(code.target[pc]!)}`];
    }
    case OP.POP:
      return [`addq $4, ${context.register(SP)}`];
    case OP.POP_R: // sp is moved after the load, so that `pop %sp` leaves the value + 4
      return [...findTop(pc, context), `movq ${FOUND_CELL}, ${a()}`, `addq $4, ${context.register(SP)}`];
    case OP.RET:
      return [
        ...findTop(pc, context),
        `movq ${FOUND_CELL}, ${SCRATCH}`,
        `addq $4, ${context.register(SP)}`,
        ...context.returnSites.flatMap((site) => [
          `cmpq $${codeAddress(context.program, site)}, ${SCRATCH}`,
          `je ${context.label(site)}`,
        ]),
        `jmp ${context.fault(pc)}`,
      ];
    case OP.JUMP:
      return [`jmp ${context.label(code.target[pc]!)}`];
    case OP.JUMP_IF: {
      const target = context.label(code.target[pc]!);
      if (context.usesFlags(pc)) return [`${nativeJump(program, pc)} ${target}`];
      const [mask, pattern] = [code.a[pc]!, code.b[pc]!];
      if (pattern === 0) return [`testl $${mask}, ${CODES}`, `jnz ${target}`];
      const scratch = sized(SCRATCH, 32);
      return [
        `movl ${CODES}, ${scratch}`,
        `xorl $${pattern}, ${scratch}`,
        `testl $${mask}, ${scratch}`,
        `jnz ${target}`,
      ];
    }
    case OP.COMPUTE_R:
    case OP.COMPUTE_I:
    case OP.COMPUTE_LOAD:
    case OP.COMPUTE_STORE:
    case OP.COMPUTE_LOCKED:
    case OP.COMPARE_EXCHANGE:
      return emitComputation(pc, { ...context, cell });
    case OP.NOP:
      return [FENCES.get(program.instructions[code.instruction[pc]!]?.mnemonic.toLowerCase() ?? "") ?? "nop"];
    case OP.YIELD:
      return ["pause"];
    case OP.FENCE:
      return ["mfence"];
    case OP.HALT:
    case OP.END:
      return [`jmp ${context.end}`];
    case OP.OUT_OF_CODE:
      return [`jmp ${context.fault(pc)}`];
    default:
      throw new Error(`operation ${op} should have been refused`);
  }
}

/** Operations whose code changes the processor's flags although the model's condition codes stay as they are. */
const SPOILERS: ReadonlySet<number> = new Set([
  ...[OP.ADD_I, OP.ADD_R, OP.SUB_I, OP.SUB_R, OP.MUL_I, OP.MUL_R, OP.NEG, OP.FETCHADD],
  ...[OP.PUSH_R, OP.PUSH_ADDRESS, OP.POP, OP.POP_R, OP.CALL, OP.RET],
]);

const COMPARISONS: ReadonlySet<number> = new Set([
  ...[OP.COMPARE_R_I, OP.COMPARE_R_R, OP.COMPARE_I_R, OP.CMPXCHG],
]);

const CELL_USERS: ReadonlySet<number> = new Set([
  ...[OP.LOAD, OP.STORE_R, OP.STORE_I, OP.XCHG, OP.COMPUTE_LOAD, OP.COMPUTE_STORE, OP.COMPUTE_LOCKED],
]);

const COMPUTATIONS: ReadonlySet<number> = new Set([
  ...[OP.COMPUTE_R, OP.COMPUTE_I, OP.COMPUTE_LOAD, OP.COMPUTE_STORE, OP.COMPUTE_LOCKED, OP.COMPARE_EXCHANGE],
]);

/** What the code of `emitOperation` does to the processor's flags. */
export function flagEffect(program: Program, pc: number): FlagEffect {
  const { code } = program;
  const op = code.operation[pc]!;
  if (COMPUTATIONS.has(op) && functionOf(code.compute[pc]!) !== COMPUTE.MOVE) return "sets";
  if (op === OP.JUMP_IF && nativeJump(program, pc) === undefined) return "spoils";
  if (COMPARISONS.has(op)) return "sets";
  if (SPOILERS.has(op)) return "spoils";
  const operand = operandOf(code, pc, (value) => onProcessor(program, value));
  if (op === OP.LEA) return isCopied(operand) ? "keeps" : "spoils";
  const isComputed = operand.base !== 0 || operand.index !== 0;
  return CELL_USERS.has(op) && isComputed ? "spoils" : "keeps";
}

/** Code with the cell of an operation's memory operand; a run ends with a fault where it has no memory. */
function withCell(pc: number, context: OperationContext, use: (operand: string) => string[]): string[] {
  const { program } = context;
  const { code } = program;
  const operand = operandOf(code, pc, (value) => onProcessor(program, value));
  if (operand.base === 0 && operand.index === 0) {
    const fixed = fixedCell(context.layout, cellAddress(program, code.displacement[pc]!));
    return fixed === undefined ? [`jmp ${context.fault(pc)}`] : use(fixed);
  }
  const onStack = operand.base === SP && program.dialect === "asm";
  return [
    ...computeAddress(operand, ADDRESS, () => context.fault(pc), context),
    ...findCell(context.fault(pc), context, onStack ? context.stack : undefined),
    ...use(FOUND_CELL),
  ];
}

/** Finds the cell that the stack pointer points to. */
const findTop = (pc: number, context: OperationContext): string[] => [
  `movq ${context.register(SP)}, ${ADDRESS}`,
  ...findCell(context.fault(pc), context, context.stack),
];

/** The stack pointer moves first, because what is pushed may depend on it (dialect §6.2). */
const push = (
  pc: number,
  context: OperationContext,
  compute: readonly string[],
  value: () => string,
): string[] => [
  `subq $4, ${context.register(SP)}`,
  ...compute,
  ...findTop(pc, context),
  `movq ${value()}, ${FOUND_CELL}`,
];

/** A comparison; where jumps need them later, its condition codes are kept. `mov` and `cmov` leave the flags alone. */
const compared = (comparison: readonly string[], { keepsCodes }: OperationContext): string[] =>
  keepsCodes
    ? [
        ...comparison,
        `movl $${FLAGS_EQUAL}, ${CODES}`,
        `movl $${FLAGS_GREATER}, ${SCRATCH}d`,
        `cmovgl ${SCRATCH}d, ${CODES}`,
        `movl $${FLAGS_LESS}, ${SCRATCH}d`,
        `cmovll ${SCRATCH}d, ${CODES}`,
      ]
    : [...comparison];
