import { FIRST_VARIABLE } from "../core/asm/assemble.ts";
import type { Location } from "../core/check/check.ts";
import { successors } from "../core/explore/threads/data-flow.ts";
import { ACCESS, OP } from "../core/isa/operations.ts";
import { FLAGS_EQUAL, FLAGS_GREATER, FLAGS_LESS } from "../core/isa/registers.ts";
import type { Program } from "../core/machine/program.ts";
import { CELL_SPACING } from "../core/machine/program.ts";
import type { State } from "../core/machine/state.ts";

type Register = Extract<Location, { kind: "register" }>;

/**
 * How a model is written. `steps`: one transition of the machine is one step of SPIN on the same variables, so that unreduced searches of
 * either find the same number of states. `verdict`: with as few choices as lead to all final states, and all that only one process uses
 * declared so, which is what SPIN's partial order reduction does best with: a buffer drains where its thread would otherwise touch memory,
 * wait or end. (Buffers as processes of their own leave it half as much to reduce, because their cells are then shared.)
 */
export type Formulation = "steps" | "verdict";

/**
 * Writes what the threads of a start state do under TSO as a Promela model for SPIN. Only what the models of the benchmark need: direct and
 * indexed accesses to variables, arithmetic, `test`, jumps, `fetchadd`, `mfence`.
 * @param observed what outcomes are made of
 * @param tell whether the verifier is to print the outcomes, as lines of numbers behind `outcome`
 */
export function promela(
  start: State,
  formulation: Formulation,
  observed: readonly Location[],
  tell = false,
): string {
  const cells = start.program.variables.reduce((sum, v) => sum + v.count, 0);
  const kept = observed.filter((l) => l.kind === "register");
  // A register of an outcome outlives its thread.
  const globals = kept.map((l) => `local short ${keptName(l)} = ${registerAt(start, l.thread, l.register)};`);
  const threads = Array.from({ length: start.threadCount }, (_, t) => {
    const names = new Map(kept.filter((l) => l.thread === t).map((l) => [l.register, keptName(l)]));
    return proctype(start, t, formulation, names);
  });
  const teller = tell ? [tellerOf(observed)] : [];
  return `${[`byte mem[${cells}];`, ...globals, ...threads, ...teller].join("\n")}\n`;
}

const keptName = ({ thread, register }: Register): string => `T${thread}_r${register}`;

const registerAt = (start: State, thread: number, register: number): number =>
  start.registers[thread * start.program.registers.length + register]!;

/** A process that prints the values of the observed locations when nothing else can move. */
function tellerOf(observed: readonly Location[]): string {
  const values = observed.map(
    (l) => `now.${l.kind === "memory" ? `mem[${cellOf(l.address)}]` : keptName(l)}`,
  );
  const form = values.map(() => " %d").join("");
  return `active proctype teller() { timeout -> c_code { printf("outcome${form}\\n", ${values.join(", ")}); } }`;
}

const cellOf = (address: number): number => (address - FIRST_VARIABLE) / CELL_SPACING;

function proctype(
  start: State,
  thread: number,
  formulation: Formulation,
  kept: ReadonlyMap<number, string>,
): string {
  const { program } = start;
  const { code } = program;
  const size = start.bufferCapacity;
  const name = (r: number): string => kept.get(r) ?? `r${r}`;
  const own = usedRegisters(program).filter((r) => !kept.has(r));
  const mayHold = storesBefore(program, start.pc[thread]!);
  const declarations = [
    ...own.map((r) => `  short ${name(r)} = ${registerAt(start, thread, r)};`),
    "  byte f;",
    ...(mayHold.includes(true) ? [`  byte n; byte a[${size}]; byte v[${size}];`] : []),
  ];
  // The array is kept tidy, so that equal buffers are equal arrays.
  const shifts = Array.from(
    { length: size - 1 },
    (_, i) => `a[${i}] = a[${i + 1}]; v[${i}] = v[${i + 1}];`,
  ).join(" ");
  const drain = (guard: string, pc: number): string =>
    `:: d_step { ${guard} -> mem[a[0]] = v[0]; ${shifts} a[${size - 1}] = 0; v[${size - 1}] = 0; n-- } -> goto L${pc}`;
  const drainAt = (pc: number): string => {
    if (!mayHold[pc] && (formulation === "verdict" || !mayHold.includes(true))) return "";
    if (formulation === "steps") return drain("n > 0", pc);
    const op = code.operation[pc]!;
    if (op !== OP.END && ACCESS[op] === "none") return "";
    return drain(ACCESS[op] === "store" ? `n == ${size}` : "n > 0", pc);
  };
  const lines: string[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    const branches = steps(program, pc, size, name).map(
      ({ step, to }) => `:: d_step { ${step} } -> goto L${to}`,
    );
    const choices = [...branches, drainAt(pc)].filter((text) => text !== "");
    const label = code.operation[pc] === OP.END ? `end${pc}: L${pc}` : `L${pc}`;
    lines.push(`${label}: ${choices.length > 0 ? `if ${choices.join(" ")} fi` : "false"};`);
  }
  return `active proctype T${thread}() {\n${declarations.join("\n")}\n  ${lines.join("\n  ")}\n}`;
}

/** Per operation: whether a thread that begins at `entry` may come there with stores in its buffer. */
function storesBefore({ code }: Program, entry: number): boolean[] {
  const known: (boolean | undefined)[] = new Array(code.length + 1).fill(undefined);
  const work: [pc: number, holds: boolean][] = [[entry, false]];
  for (let item = work.pop(); item; item = work.pop()) {
    const [pc, holds] = item;
    if (known[pc] !== undefined && (known[pc] || !holds)) continue;
    known[pc] = holds;
    const access = ACCESS[code.operation[pc]!]!;
    const after = access === "store" || (holds && access !== "fence" && access !== "locked");
    for (const next of successors(code, pc)) work.push([next, after]);
  }
  return known.map((holds) => holds ?? false);
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
function steps(
  program: Program,
  pc: number,
  size: number,
  name: (register: number) => string,
): { step: string; to: number }[] {
  const { code } = program;
  const a = name(code.a[pc]!);
  const b = name(code.b[pc]!);
  const reg = (r: number): string => (r === 0 ? "0" : name(r));
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
