import { COMPUTE, OP } from "../isa/operations.ts";
import type { FlagTest, X86Dialect, X86Instruction } from "../isa/x86.ts";
import { CF } from "../isa/x86-registers.ts";
import { type Computation, packComputation, type Width } from "../machine/compute.ts";
import type { OperationFields } from "../machine/program.ts";
import { accessBits } from "./layout.ts";
import type { InstructionNode, MemoryOperand, Operand, RegisterOperand } from "./tree.ts";

/** Where names are looked up while instructions become operations. */
export interface Names {
  readonly dialect: X86Dialect;
  /** Number of a register by its whole name; 0 for one that is not there. */
  register(name: string): number;
  /** Address of a variable. */
  address(name: string): number;
  /** The machine's value of a number. */
  integer(value: bigint): number;
  /** Of the two registers that hold values between the operations of one instruction. */
  readonly scratch: readonly [number, number];
  /** Whether an exchange of two memory cells writes the second one first. */
  reversed(exchange: InstructionNode): boolean;
  /** Of EAX or rax. */
  readonly accumulator: number;
}

/** An operation before its labels are known. `label`: its target is this label; `skip`: its target is so many operations further on. */
export interface Draft extends Omit<OperationFields, "instruction"> {
  readonly label?: Operand & { kind: "label" };
  readonly skip?: number;
}

/**
 * The operations of one instruction. What touches memory once, or is locked, is one operation and so one transition; an unlocked
 * read-modify-write is a load and a store (litmus.md §7).
 * @param node one in which the parser has found no error
 */
export function lowerInstruction(node: InstructionNode, names: Names): Draft[] {
  const { spec } = node;
  if (!spec) return [];
  const [destination, source] = destinationFirst(node, names.dialect);
  const lowering: Lowering = { node, spec, names, width: widthOf(node, names.dialect) };
  switch (spec.shape) {
    case "binary":
      return binary(lowering, destination!, source!);
    case "unary":
      return binary(lowering, destination!, ONE);
    case "exchange":
      return exchange(lowering, node.operands);
    case "exchange-add":
      return exchangeAdd(lowering, destination!, source!);
    case "compare-exchange":
      return compareExchange(lowering, node.operands[0]!, node.operands[1]!);
    case "conditional-move":
      return conditionalMove(lowering, node.operands[0]!, node.operands[1]!);
    case "set-not-below":
      return setNotBelow(lowering, destination!);
    case "jump":
      return jump(spec, node.operands[0]!);
    case "fence":
      return [{ operation: OP.FENCE }];
    default:
      return [{ operation: OP.NOP }];
  }
}

interface Lowering {
  readonly node: InstructionNode;
  readonly spec: X86Instruction;
  readonly names: Names;
  readonly width: Width;
}

const ONE: Operand = { kind: "immediate", range: { start: 0, end: 0 }, value: 1n };

/** Destination first, which AT&T syntax writes last. */
export function destinationFirst(
  { operands }: InstructionNode,
  dialect: X86Dialect,
): readonly (Operand | undefined)[] {
  return dialect === "x86_64" && operands.length === 2 ? [operands[1], operands[0]] : operands;
}

/** X86 computes with 32 bits and moves values as they are, whatever the suffix (litmus.md §2). */
function widthOf(node: InstructionNode, dialect: X86Dialect): Width {
  if (dialect === "x86")
    return node.spec?.computes === COMPUTE.MOVE || node.spec?.shape === "exchange" ? 0 : 32;
  const bits = accessBits(node);
  const registers = node.operands.filter((o) => o.kind === "register").map((o) => o.bits);
  return Math.min(bits, ...registers) as Width;
}

const pack = ({ names, width, spec }: Lowering, more: Partial<Computation> = {}): number =>
  packComputation({
    function: spec.computes ?? COMPUTE.MOVE,
    width,
    zeroExtend: names.dialect === "x86_64",
    ...more,
  });

const registerOf = ({ names }: Lowering, operand: RegisterOperand): number => names.register(operand.name);

function memoryOf(
  { names }: Lowering,
  m: MemoryOperand,
): Pick<Draft, "base" | "index" | "scale" | "displacement"> {
  return {
    displacement: m.displacement + (m.variable ? names.address(m.variable.text) : 0),
    base: m.base ? names.register(m.base.name) : 0,
    index: m.index ? names.register(m.index.name) : 0,
    scale: m.scale,
  };
}

/** destination ← destination ∘ source */
function binary(l: Lowering, destination: Operand, source: Operand): Draft[] {
  if (destination.kind === "register") return toRegister(l, registerOf(l, destination), source);
  if (destination.kind !== "memory") return [];
  const m = memoryOf(l, destination);
  if (source.kind === "memory") {
    // No such instruction on x86; herd reads the source first. Under a lock that read waits for the buffer, too.
    const value = l.names.scratch[1];
    const fence: Draft[] = l.node.lock ? [{ operation: OP.FENCE }] : [];
    return [
      ...fence,
      { operation: OP.LOAD, a: value, ...memoryOf(l, source) },
      ...toMemory(l, m, { b: value }),
    ];
  }
  if (source.kind === "register") return toMemory(l, m, { b: registerOf(l, source) });
  return source.kind === "immediate" ? toMemory(l, m, { immediate: l.names.integer(source.value) }) : [];
}

function toRegister(l: Lowering, a: number, source: Operand): Draft[] {
  if (source.kind === "immediate")
    return [{ operation: OP.COMPUTE_I, a, immediate: l.names.integer(source.value), compute: pack(l) }];
  if (source.kind === "register")
    return [{ operation: OP.COMPUTE_R, a, b: registerOf(l, source), compute: pack(l) }];
  return source.kind === "memory"
    ? [{ operation: OP.COMPUTE_LOAD, a, ...memoryOf(l, source), compute: pack(l) }]
    : [];
}

/** The right value of an operation on memory. */
type Right = { readonly b: number } | { readonly immediate: number };

function toMemory(l: Lowering, m: Partial<Draft>, right: Right): Draft[] {
  const immediate = "immediate" in right;
  const operand = { ...m, ...right };
  if (l.node.lock) return [{ operation: OP.COMPUTE_LOCKED, ...operand, compute: pack(l, { immediate }) }];
  if (isComparison(l.spec)) {
    return [{ operation: OP.COMPUTE_LOAD, ...operand, compute: pack(l, { immediate, memoryLeft: true }) }];
  }
  const store: Draft = {
    operation: OP.COMPUTE_STORE,
    ...operand,
    a: l.names.scratch[0],
    compute: pack(l, { immediate }),
  };
  if (l.spec.computes === COMPUTE.MOVE) return [store];
  return [{ operation: OP.LOAD, a: l.names.scratch[0], ...m }, store];
}

/** Whether an instruction computes flags only. */
export const isComparison = ({ computes }: X86Instruction): boolean =>
  computes === COMPUTE.COMPARE || computes === COMPUTE.TEST;

function move(l: Lowering, a: number, b: number): Draft {
  return { operation: OP.COMPUTE_R, a, b, compute: pack(l, { function: COMPUTE.MOVE }) };
}

function exchange(l: Lowering, operands: readonly Operand[]): Draft[] {
  const [first, second] = operands;
  if (first?.kind === "register" && second?.kind === "register") {
    const [a, b, s] = [registerOf(l, first), registerOf(l, second), l.names.scratch[0]];
    return [move(l, s, a), move(l, a, b), move(l, b, s)];
  }
  const memory = [first, second].find((o) => o?.kind === "memory");
  const register = [first, second].find((o) => o?.kind === "register");
  if (memory && register) {
    const compute = pack(l, { function: COMPUTE.MOVE, fetch: true });
    return [{ operation: OP.COMPUTE_LOCKED, ...memoryOf(l, memory), b: registerOf(l, register), compute }];
  }
  return first?.kind === "memory" && second?.kind === "memory" ? exchangeCells(l, first, second) : [];
}

/** One of the two orders in which both writes can reach memory, see cell-exchange.ts. */
function exchangeCells(l: Lowering, first: MemoryOperand, second: MemoryOperand): Draft[] {
  const [x, y] = [memoryOf(l, first), memoryOf(l, second)];
  const [oldX, oldY] = l.names.scratch;
  const writes: Draft[] = [
    { operation: OP.STORE_R, ...x, b: oldY },
    { operation: OP.STORE_R, ...y, b: oldX },
  ];
  return [
    { operation: OP.FENCE },
    { operation: OP.LOAD, ...x, a: oldX },
    { operation: OP.LOAD, ...y, a: oldY },
    ...(l.names.reversed(l.node) ? writes.reverse() : writes),
    { operation: OP.FENCE },
  ];
}

function exchangeAdd(l: Lowering, destination: Operand, source: Operand): Draft[] {
  if (source.kind !== "register") return [];
  const b = registerOf(l, source);
  const s = l.names.scratch[0];
  const add = pack(l, { function: COMPUTE.ADD });
  if (destination.kind === "register") {
    const a = registerOf(l, destination);
    return [move(l, s, a), { operation: OP.COMPUTE_R, a, b, compute: add }, move(l, b, s)];
  }
  if (destination.kind !== "memory") return [];
  const m = memoryOf(l, destination);
  if (l.node.lock)
    return [
      { operation: OP.COMPUTE_LOCKED, ...m, b, compute: pack(l, { function: COMPUTE.ADD, fetch: true }) },
    ];
  return [
    { operation: OP.LOAD, a: s, ...m },
    { operation: OP.COMPUTE_STORE, ...m, a: s, b, compute: add },
    move(l, b, s),
  ];
}

/** Unlocked, it is a load, a comparison, and a store only if they were equal; that is three or four transitions. */
function compareExchange(l: Lowering, destination: Operand, source: Operand): Draft[] {
  if (source.kind !== "register") return [];
  if (destination.kind !== "memory" && destination.kind !== "register") return [];
  const b = registerOf(l, source);
  const a = l.names.accumulator;
  const equal = pack(l, { function: COMPUTE.EQUAL });
  if (l.node.lock && destination.kind === "memory") {
    return [{ operation: OP.COMPARE_EXCHANGE, ...memoryOf(l, destination), a, b, compute: equal }];
  }
  const s = l.names.scratch[0];
  const [load, store]: [Draft, Draft] =
    destination.kind === "memory"
      ? [
          { operation: OP.LOAD, a: s, ...memoryOf(l, destination) },
          {
            operation: OP.COMPUTE_STORE,
            ...memoryOf(l, destination),
            b,
            compute: pack(l, { function: COMPUTE.MOVE }),
          },
        ]
      : [move(l, s, registerOf(l, destination)), move(l, registerOf(l, destination), b)];
  return [
    load,
    { operation: OP.COMPUTE_R, a, b: s, compute: equal },
    { ...branch(UNLESS_ZF), skip: 3 },
    store,
    { operation: OP.JUMP, skip: 2 },
    move(l, a, s),
  ];
}

const UNLESS_ZF: FlagTest = { mask: 1, pattern: 1 };
const UNLESS_CF: FlagTest = { mask: CF, pattern: CF };

const branch = ({ mask, pattern }: FlagTest): Draft => ({ operation: OP.JUMP_IF, a: mask, b: pattern });

/** As in herd nothing is read where nothing is moved. */
function conditionalMove(l: Lowering, destination: Operand, source: Operand): Draft[] {
  if (destination.kind !== "register") return [];
  return [{ ...branch(UNLESS_CF), skip: 2 }, ...toRegister(l, registerOf(l, destination), source)];
}

function setNotBelow(l: Lowering, destination: Operand): Draft[] {
  const moving = { ...l, spec: { ...l.spec, computes: COMPUTE.MOVE } };
  const set = (value: bigint) =>
    binary(moving, destination, { kind: "immediate", range: l.node.range, value });
  return [{ ...branch(UNLESS_CF), skip: 3 }, ...set(0n), { operation: OP.JUMP, skip: 2 }, ...set(1n)];
}

function jump({ taken = [] }: X86Instruction, operand: Operand): Draft[] {
  if (operand.kind !== "label") return [];
  const [first, second] = taken;
  if (!first) return [{ operation: OP.JUMP, label: operand }];
  if (!second) return [{ ...branch(first), label: operand }];
  const unlessFirst = { mask: first.mask, pattern: first.pattern ^ first.mask };
  return [
    { ...branch(unlessFirst), skip: 2 },
    { ...branch(second), label: operand },
  ];
}
