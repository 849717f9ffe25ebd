import type { Location } from "../core/check/check.ts";
import { allRegisters, flagsBit, usesOf } from "../core/explore/threads/data-flow.ts";
import { OP } from "../core/isa/operations.ts";
import { SP, ZERO } from "../core/isa/registers.ts";
import { type Code, type Instruction, isOwnRegister, type Program } from "../core/machine/program.ts";
import { register, type State } from "../core/machine/state.ts";
import { moveNumber } from "./addresses.ts";
import { jumpsOnFlags } from "./codes.ts";
import { reachableOperations, returnSites } from "./flow.ts";
import type { Layout } from "./layout.ts";
import { onProcessor } from "./numbers.ts";
import { emitOperation, flagEffect, nativeJump, type OperationContext } from "./operation.ts";
import { assignRegisters, CODES, WIDE_CODES } from "./registers.ts";

/** One line of a thread's assembly: an instruction or a label, with the line of the source that it belongs to beside it. */
export interface AssemblyLine {
  readonly code: string;
  readonly comment?: string;
}

/** A thread as code of the processor. */
export interface Body {
  readonly thread: number;
  readonly lines: readonly AssemblyLine[];
  /** Operations with a label, in ascending order. */
  readonly labelled: readonly number[];
  /** Operations that may end the run with a fault. */
  readonly faulting: readonly number[];
  /** Observed registers, in the order of their slots behind the status, and where they are. Behind the last register are the flags. */
  readonly observed: readonly {
    readonly register: number;
    readonly native: string;
    readonly bits: 32 | 64;
  }[];
}

export const labelOf = (thread: number, pc: number): string => `.Lthread${thread}_${pc}`;
export const faultLabel = (thread: number, pc: number): string => `.Lthread${thread}_fault_${pc}`;
export const endLabel = (thread: number): string => `thread${thread}_end`;

/** Turns a thread of a test, which must not be one that is refused, into code of the processor, operation by operation. */
export function emitBody(start: State, thread: number, layout: Layout, locations: readonly Location[]): Body {
  const { program } = start;
  const { code } = program;
  const operations = reachableOperations(code, start.pc[thread]!);
  const observed = observedRegisters(thread, locations);
  const used = usedRegisters(start, operations, observed);
  const native = assignRegisters(used.map((r) => program.registers[r]!))!;
  const onFlags = jumpsOnFlags(code, operations, (pc) => flagEffect(program, pc));
  const usesFlags = (pc: number): boolean => onFlags.has(pc) && nativeJump(program, pc) !== undefined;
  const flags = program.registers.length;
  const faulting = new Set<number>();
  let labels = 0;
  const context: OperationContext = {
    program,
    layout,
    stack: layout.windows.find((w) => holds(w, register(start, thread, SP) - 1)),
    keepsCodes:
      observed.includes(flags) ||
      operations.some((pc) => code.operation[pc] === OP.JUMP_IF && !usesFlags(pc)),
    usesFlags,
    returnSites: returnSites(code, operations),
    register: (r) => native.get(program.registers[r]!)!,
    label: (pc) => labelOf(thread, pc),
    end: endLabel(thread),
    fault: (pc) => {
      faulting.add(pc);
      return faultLabel(thread, pc);
    },
    freshLabel: () => `.Lthread${thread}_found_${labels++}`,
  };
  const targets = jumpTargets(start, operations);
  const lines: AssemblyLine[] = used
    .filter((r) => !isOwnRegister(program.registers[r]!))
    .map((r) => ({
      code: moveNumber(onProcessor(program, register(start, thread, r)), context.register(r)),
      comment: `${program.registers[r]} at the start`,
    }));
  if (context.keepsCodes)
    lines.push({ code: `movl $${start.flags[thread]}, ${CODES}`, comment: "condition codes" });
  for (const pc of operations) {
    if (targets.has(pc)) lines.push({ code: `${labelOf(thread, pc)}:` });
    const instruction = program.instructions[code.instruction[pc]!];
    const comment = instruction?.start === pc ? { comment: sourceOf(program, instruction) } : {};
    const [first = "", ...rest] =
      pc === operations.at(-1) && isHalt(code, pc) ? [] : emitOperation(pc, context);
    lines.push({ code: first, ...comment }, ...rest.map((text) => ({ code: text })));
  }
  return {
    thread,
    lines: lines.filter(({ code, comment }) => code !== "" || comment !== undefined),
    labelled: [...targets].sort((x, y) => x - y),
    faulting: [...faulting].sort((x, y) => x - y),
    observed: observed.map((r) => ({
      register: r,
      native: r === flags ? WIDE_CODES : context.register(r),
      bits: program.dialect === "x86" ? 32 : 64,
    })),
  };
}

/** An instruction as the file has it, with what its line says behind it; a line of a litmus test belongs to the other threads, too. */
function sourceOf({ dialect, text: file }: Program, { text, range }: Instruction): string {
  return dialect === "asm" ? /.*/.exec(file.slice(range.start))![0] : text;
}

const holds = (window: { readonly first: number; readonly length: number }, address: number): boolean =>
  address >= window.first && address < window.first + window.length;

/** Whether a thread ends here; the last such operation needs no jump to the end, which follows. */
const isHalt = (code: Code, pc: number): boolean =>
  code.operation[pc] === OP.HALT || code.operation[pc] === OP.END;

export function observedRegisters(thread: number, locations: readonly Location[]): number[] {
  const registers = locations.flatMap((l) =>
    l.kind === "register" && l.thread === thread ? [l.register] : [],
  );
  return [...new Set(registers)];
}

/** Registers that a thread's code names or that are observed, by number; not `zero`, which is the number 0 on the processor. */
export function usedRegisters(
  { program }: State,
  operations: readonly number[],
  observed: readonly number[],
): number[] {
  let set = observed.reduce((all, r) => all | (1 << r), 0);
  for (const pc of operations) {
    const { reads, writes } = usesOf(program, pc);
    set |= reads | writes;
  }
  set &= allRegisters(program) & ~flagsBit(program) & ~(1 << ZERO);
  return program.registers.flatMap((_, r) => (set & (1 << r) ? [r] : []));
}

function jumpTargets({ program: { code } }: State, operations: readonly number[]): Set<number> {
  const jumps = new Set<number>([OP.JUMP, OP.JUMP_IF, OP.CALL]);
  const targets = operations.filter((pc) => jumps.has(code.operation[pc]!)).map((pc) => code.target[pc]!);
  return new Set([...targets, ...returnSites(code, operations)]);
}
