import { FIRST_VARIABLE } from "../core/asm/assemble.ts";
import { OP } from "../core/isa/operations.ts";
import { FLAGS_EQUAL, FLAGS_GREATER, FLAGS_LESS } from "../core/isa/registers.ts";
import type { Program } from "../core/machine/program.ts";
import { CELL_SPACING } from "../core/machine/program.ts";
import type { State } from "../core/machine/state.ts";

/**
 * Writes what the threads of a start state do under TSO as a Promela model for SPIN: one transition of the machine, one step of SPIN, and the
 * same variables, so that an unreduced search of either finds the same number of states. Only what the models of the benchmark
 * need: direct and indexed accesses to variables, arithmetic, `test`, jumps, `fetchadd`, `mfence`.
 */
export function promela(start: State): string {
  const { program, threadCount } = start;
  const cells = program.variables.reduce((sum, v) => sum + v.count, 0);
  const head = [`byte mem[${cells}];`];
  const threads = Array.from({ length: threadCount }, (_, t) => proctype(start, t));
  return `${[...head, ...threads].join("\n")}\n`;
}

function proctype(start: State, thread: number): string {
  const { program } = start;
  const { code } = program;
  const used = usedRegisters(program);
  const value = (r: number): number => start.registers[thread * program.registers.length + r]!;
  const buffered = Array.from(code.operation).some((op) => op === OP.STORE_R || op === OP.STORE_I);
  const size = start.bufferCapacity;
  const declarations = [
    ...used.map((r) => `  short r${r} = ${value(r)};`),
    "  byte f;",
    ...(buffered ? [`  byte n; byte a[${size}]; byte v[${size}];`] : []),
  ];
  // The array is kept tidy, so that equal buffers are equal arrays.
  const shifts = Array.from(
    { length: size - 1 },
    (_, i) => `a[${i}] = a[${i + 1}]; v[${i}] = v[${i + 1}];`,
  ).join(" ");
  const drain = `d_step { n > 0 -> mem[a[0]] = v[0]; ${shifts} a[${size - 1}] = 0; v[${size - 1}] = 0; n-- }`;
  const lines: string[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    const label = `L${pc}`;
    const moves = steps(program, pc, size);
    const branches = moves.map(({ step, to }) => `:: d_step { ${step} } -> goto L${to}`);
    if (code.operation[pc] === OP.END) {
      lines.push(`end${pc}: ${label}: if :: ${drain} -> goto ${label} fi;`);
      continue;
    }
    lines.push(`${label}: if ${branches.join(" ")} ${buffered ? `:: ${drain} -> goto ${label}` : ""} fi;`);
  }
  return `active proctype T${thread}() {\n${declarations.join("\n")}\n  ${lines.join("\n  ")}\n}`;
}

function usedRegisters({ code }: Program): number[] {
  const used = new Set<number>();
  for (let pc = 0; pc < code.length; pc++) {
    for (const r of [code.a[pc]!, code.b[pc]!, code.base[pc]!, code.index[pc]!])
      if (r > 0 && r < 9) used.add(r);
  }
  return [...used].sort((x, y) => x - y);
}

/** The guarded steps of an operation, each with the operation it leads to. */
function steps(program: Program, pc: number, size: number): { step: string; to: number }[] {
  const { code } = program;
  const a = `r${code.a[pc]}`;
  const b = `r${code.b[pc]}`;
  const reg = (r: number): string => (r === 0 ? "0" : `r${r}`);
  const address = `${code.displacement[pc]} + ${reg(code.base[pc]!)} + ${code.scale[pc]} * ${reg(code.index[pc]!)}`;
  const cell = `(${address} - ${FIRST_VARIABLE}) / ${CELL_SPACING}`;
  const immediate = code.immediate[pc]!;
  const to = pc + 1;
  const compare = (x: string, y: string): string =>
    `f = (${x} < ${y} -> ${FLAGS_LESS} : (${x} > ${y} -> ${FLAGS_GREATER} : ${FLAGS_EQUAL}))`;
  const store = (value: string): string => `n < ${size} -> a[n] = ${cell}; v[n] = ${value}; n++`;
  /** The newest buffered value of the cell, else what memory holds. */
  const newest = Array.from({ length: size }, (_, i) => size - 1 - i).reduceRight(
    (rest, i) => `(n > ${i} && a[${i}] == ${cell} -> v[${i}] : ${rest})`,
    `mem[${cell}]`,
  );
  switch (code.operation[pc]) {
    case OP.MOVE_I:
      return [{ step: `${a} = ${immediate}`, to }];
    case OP.MOVE_R:
      return [{ step: `${a} = ${b}`, to }];
    case OP.LOAD:
      return [{ step: `${a} = ${newest}`, to }];
    case OP.STORE_R:
      return [{ step: store(b), to }];
    case OP.STORE_I:
      return [{ step: store(String(immediate)), to }];
    case OP.ADD_I:
      return [{ step: `${a} = ${a} + ${immediate}`, to }];
    case OP.SUB_I:
      return [{ step: `${a} = ${a} - ${immediate}`, to }];
    case OP.COMPARE_R_I:
      return [{ step: compare(b, String(immediate)), to }];
    case OP.COMPARE_R_R:
      return [{ step: compare(a, b), to }];
    case OP.FETCHADD:
      return [
        {
          step: `n == 0 -> mem[${cell}] = mem[${cell}] + ${a}; ${a} = mem[${cell}] - ${a}`,
          to,
        },
      ];
    case OP.FENCE:
      return [{ step: "n == 0", to }];
    case OP.JUMP:
      return [{ step: "true", to: code.target[pc]! }];
    case OP.JUMP_IF: {
      const taken = `((f ^ ${code.b[pc]}) & ${code.a[pc]}) != 0`;
      return [
        { step: taken, to: code.target[pc]! },
        { step: `!(${taken})`, to },
      ];
    }
    case OP.END:
      return [];
    default:
      throw new Error(`no Promela for operation ${code.operation[pc]}`);
  }
}
