import { CELL_SPACING, type Variable } from "../machine/program.ts";
import { FIRST_SYMBOL } from "../machine/symbolic.ts";
import { didYouMean } from "../text/nearest.ts";
import { moved, type Range } from "../text/range.ts";
import { forEachInstruction } from "./instructions.ts";
import type { Reporter } from "./report-error.ts";
import type { InitialItem, InitialValue, InstructionNode, LitmusTree, Operand } from "./tree.ts";
import { INT, type IntegerType, integerType, TYPE_NAMES } from "./types.ts";

/** Distance of the variables in memory: more than the largest index that a test uses by mistake. */
const VARIABLE_DISTANCE = 4096;

/** A variable of a test: one cell, or an array of cells. */
export interface LitmusVariable extends Variable {
  readonly type: IntegerType;
  /** Bits of its accesses, which are all the same. */
  readonly bits: 8 | 16 | 32 | 64;
}

/** The variables of a test by name, in the order in which the text mentions them first. */
export function layOut(tree: LitmusTree, reporter: Reporter): ReadonlyMap<string, LitmusVariable> {
  const mentions = firstMentions(tree);
  const accesses = collectAccesses(tree);
  const taken = addressesTaken(tree.initial);
  const initial = initialByVariable(tree);
  const variables = new Map<string, LitmusVariable>();
  for (const [name, range] of mentions) {
    const item = initial.get(name);
    const type = typeOf(item, reporter);
    const length = lengthOf(item, reporter);
    const used = [...(accesses.byName.get(name) ?? []), ...(taken.has(name) ? accesses.indirect : [])];
    const bits = used[0]?.bits ?? type.bits;
    const other = used.find((a) => a.bits !== bits);
    const array = item?.length !== undefined;
    if (tree.dialect === "x86_64" && (other || (array && bits !== type.bits))) {
      const message = `\`${name}\` is accessed with ${bits} bits and with ${other?.bits ?? type.bits}; tests that mix sizes in one variable are not supported`;
      reporter.report("mixed-sizes", message, (other ?? used[0]!).range);
    }
    const address = FIRST_SYMBOL + VARIABLE_DISTANCE * variables.size;
    const spacing = array ? type.bits / 8 : CELL_SPACING;
    variables.set(name, { name, range, address, count: length, spacing, type, bits });
  }
  return variables;
}

/** What the initial state says about each variable; of several items the first counts. */
export function initialByVariable({ initial }: LitmusTree): ReadonlyMap<string, InitialItem> {
  const items = new Map<string, InitialItem>();
  for (const item of initial) {
    const { location } = item;
    if (location.kind === "variable" && !items.has(location.name)) items.set(location.name, item);
  }
  return items;
}

function typeOf(item: InitialItem | undefined, { report, suggest }: Reporter): IntegerType {
  if (!item?.type || item.pointer) return INT;
  const type = integerType(item.type.text);
  if (!type) {
    const suggestions = suggest(item.type.text, TYPE_NAMES);
    const hint = didYouMean(suggestions) || "; there are int, int8_t to int64_t and uint8_t to uint64_t";
    report("unknown-type", `unknown type \`${item.type.text}\`${hint}`, item.type.range, suggestions);
  }
  return type ?? INT;
}

/** Arrays longer than this are slips. */
const LONGEST_ARRAY = 512;

function lengthOf(item: InitialItem | undefined, { report }: Reporter): number {
  if (item?.length === undefined) return 1;
  if (item.length >= 1 && item.length <= LONGEST_ARRAY) return item.length;
  report("array-length", `an array has 1 to ${LONGEST_ARRAY} cells`, item.range);
  return 1;
}

/**
 * Where the initial state, the code and `locations` name each variable first, in the order of the text; a condition must not name any
 * other.
 */
function firstMentions({ initial, rows, locations }: LitmusTree): ReadonlyMap<string, Range> {
  const mentions = new Map<string, Range>();
  const mention = (name: string, range: Range, start = 0): void => {
    if (!mentions.has(name)) mentions.set(name, moved(range, start));
  };
  const symbols = (value: InitialValue | undefined): void => {
    if (value?.kind === "symbol") mention(value.name, value.range);
    else if (value?.kind === "list") value.items.forEach(symbols);
  };
  for (const { location, value } of initial) {
    if (location.kind === "variable") mention(location.name, location.nameRange);
    symbols(value);
  }
  forEachInstruction(rows, ({ operands }, { start }) => {
    for (const o of operands) {
      if (o.kind === "memory" && o.variable) mention(o.variable.text, o.variable.range, start);
    }
  });
  for (const item of locations?.items ?? []) {
    if (item.kind === "variable") mention(item.name, item.nameRange);
  }
  return mentions;
}

interface SizedAccess {
  readonly bits: 8 | 16 | 32 | 64;
  readonly range: Range;
}

/** The sizes of all accesses, by the variable that is named, and of those through a register. */
function collectAccesses({ rows, dialect }: LitmusTree): {
  readonly byName: ReadonlyMap<string, SizedAccess[]>;
  readonly indirect: readonly SizedAccess[];
} {
  const byName = new Map<string, SizedAccess[]>();
  const indirect: SizedAccess[] = [];
  if (dialect === "x86") return { byName, indirect };
  forEachInstruction(rows, (instruction, { start }) => {
    const touches = instruction.spec?.shape !== "nothing" && instruction.spec?.shape !== "jump";
    for (const operand of instruction.operands) {
      if (!touches || operand.kind !== "memory") continue;
      const access = { bits: accessBits(instruction), range: moved(operand.range, start) };
      const name = operand.variable?.text;
      const known = name === undefined ? indirect : byName.get(name);
      if (known) known.push(access);
      else byName.set(name!, [access]);
    }
  });
  return { byName, indirect };
}

/** Bits of an X86_64 instruction: its suffix; without one 32 with memory, else those of its register (litmus.md §3). */
export function accessBits({ bits, operands }: InstructionNode): 8 | 16 | 32 | 64 {
  if (bits) return bits;
  if (operands.some((o) => o.kind === "memory")) return 32;
  return operands.findLast(isRegister)?.bits ?? 64;
}

const isRegister = (operand: Operand): operand is Operand & { kind: "register" } =>
  operand.kind === "register";

/** The variables whose addresses the initial state puts somewhere. */
function addressesTaken(initial: readonly InitialItem[]): ReadonlySet<string> {
  const taken = new Set<string>();
  const visit = (value: InitialValue | undefined): void => {
    if (value?.kind === "symbol") taken.add(value.name);
    else if (value?.kind === "list") value.items.forEach(visit);
  };
  for (const { value } of initial) visit(value);
  return taken;
}
