import { OP, type Operation } from "../core/isa/operations.ts";
import type { Program } from "../core/machine/program.ts";
import { codeAddress } from "../core/machine/state.ts";
import { integerText } from "../core/machine/wide.ts";
import { print } from "./output.ts";

/** Prints how a `.s` program was loaded, as x86.py's `-v` does (dialect §9.5). */
export function printLoading(program: Program): void {
  const names = [
    ...program.variables.map((v) => ({ ...v, line: `ASSIGN VAR .var --> ${v.name} ${v.address}\n` })),
    ...program.labels.map((l) => ({
      ...l,
      line: `ASSIGN LABEL ${l.name} --> ${codeAddress(program, l.target)}\n`,
    })),
  ];
  for (const { line } of names.sort((a, b) => a.range.start - b.range.start)) print(line);
  print("\n");
  for (const [i, { mnemonic, text, start }] of program.instructions.entries()) {
    print(`opcode ${mnemonic}\n`);
    print(
      `pc:${codeAddress(program, start)} LOADING ${text.padStart(20)} --> self.${internalText(program, i)}\n`,
    );
  }
  print("\n");
}

/** x86.py's own name for what an operation does, with its operands (dialect §5, last column). */
function internalText(program: Program, i: number): string {
  const { code, instructions } = program;
  const name = INTERNAL_NAMES[code.operation[i]! as Operation] ?? instructions[i]!.mnemonic;
  return `${typeof name === "string" ? name : name(code.a[i]!)}(${internalOperands(program, i)})`;
}

const JUMPS: Readonly<Record<number, string>> = {
  32: "jump_equal",
  16: "jump_notequal",
  8: "jump_lessthan",
  4: "jump_lessthanorequal",
  2: "jump_greaterthan",
  1: "jump_greaterthanorequal",
};

const INTERNAL_NAMES: Partial<Record<Operation, string | ((mask: number) => string)>> = {
  [OP.MOVE_I]: "move_i_to_r",
  [OP.MOVE_R]: "move_r_to_r",
  [OP.LOAD]: "move_m_to_r",
  [OP.STORE_R]: "move_r_to_m",
  [OP.STORE_I]: "move_i_to_m",
  [OP.LEA]: "lea_m_to_r",
  [OP.ADD_I]: "add_i_to_r",
  [OP.ADD_R]: "add_r_to_r",
  [OP.SUB_I]: "sub_i_to_r",
  [OP.SUB_R]: "sub_r_to_r",
  [OP.MUL_I]: "mul_i_to_r",
  [OP.MUL_R]: "mul_r_to_r",
  [OP.NEG]: "neg_r",
  [OP.COMPARE_R_I]: "test_i_r",
  [OP.COMPARE_R_R]: "test_r_r",
  [OP.COMPARE_I_R]: "test_r_i",
  [OP.XCHG]: "atomic_exchange",
  [OP.PUSH_R]: "push_r",
  [OP.PUSH_ADDRESS]: "push_m",
  [OP.POP_R]: "pop_r",
  [OP.JUMP]: "jump",
  [OP.JUMP_IF]: (mask) => JUMPS[mask]!,
  [OP.YIELD]: "iyield",
};

function internalOperands({ code, loadAddress, wide }: Program, i: number): string {
  const [a, b, n] = [code.a[i]!, code.b[i]!, integerText(wide, code.immediate[i]!)];
  const locked = [integerText(wide, code.displacement[i]!), code.base[i]!, code.index[i]!];
  const memory = [...locked, code.scale[i]!];
  switch (code.operation[i]) {
    case OP.MOVE_I:
    case OP.ADD_I:
    case OP.SUB_I:
    case OP.MUL_I:
      return `${n}, ${a}`;
    case OP.MOVE_R:
    case OP.ADD_R:
    case OP.SUB_R:
    case OP.MUL_R:
    case OP.COMPARE_R_R:
      return `${b}, ${a}`;
    case OP.LOAD:
    case OP.LEA:
      return [...memory, a].join(", ");
    case OP.STORE_R:
      return [b, ...memory].join(", ");
    case OP.STORE_I:
      return [n, ...memory].join(", ");
    case OP.COMPARE_R_I:
      return `${n}, ${b}`;
    case OP.COMPARE_I_R:
      return `${b}, ${n}`;
    case OP.XCHG:
    case OP.FETCHADD:
      return [a, ...locked].join(", ");
    case OP.CMPXCHG:
      return [b, ...locked].join(", ");
    case OP.PUSH_ADDRESS:
      return memory.join(",");
    case OP.NEG:
    case OP.POP_R:
      return `${a}`;
    case OP.PUSH_R:
      return `${b}`;
    case OP.JUMP:
    case OP.JUMP_IF:
    case OP.CALL:
      return `${loadAddress + code.target[i]!}`;
    case OP.MDUMP:
      return integerText(wide, code.displacement[i]!);
    default:
      return "";
  }
}
