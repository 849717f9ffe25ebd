import { findAt, type NameRole } from "../asm/names.ts";
import { forEachComparison, type Location, type Proposition, type Term } from "../condition/tree.ts";
import type { X86Dialect } from "../isa/x86.ts";
import { registerPart } from "../isa/x86-registers.ts";
import type { Range } from "../text/range.ts";
import type {
  InitialItem,
  InitialValue,
  InstructionNode,
  LitmusTree,
  MemoryOperand,
  Operand,
  RegisterOperand,
} from "./tree.ts";
import { operandUses } from "./uses.ts";

/** One place where a variable, a label or a register stands. */
export interface LitmusNameUse {
  readonly kind: "variable" | "label" | "register";
  /** Of a register the whole one: `rax` where `%eax` stands. */
  readonly name: string;
  /** Labels and registers belong to a thread. */
  readonly thread?: number;
  readonly range: Range;
  /** The initial state declares; conditions and `locations` read. */
  readonly role: NameRole;
  /** The register is part of an address. */
  readonly pointer?: true;
}

/** All places where names stand, in the order of the text. */
export interface LitmusNames {
  readonly uses: readonly LitmusNameUse[];
  /** All places of the name that stands at one of them. */
  of(use: Pick<LitmusNameUse, "kind" | "name" | "thread">): readonly LitmusNameUse[];
  /** The place at an offset; its end counts, too. */
  at(offset: number): LitmusNameUse | undefined;
  /** All places of the name that stands at an offset; of a register or a label those of its thread. */
  placesAt(offset: number): readonly LitmusNameUse[];
}

/** Finds every place where a name stands, whether or not it exists. */
export function indexLitmusNames(tree: LitmusTree): LitmusNames {
  const uses = collect(tree).sort((a, b) => a.range.start - b.range.start);
  const places = new Map<string, LitmusNameUse[]>();
  for (const use of uses) {
    const known = places.get(keyOf(use));
    if (known) known.push(use);
    else places.set(keyOf(use), [use]);
  }
  const of: LitmusNames["of"] = (use) => places.get(keyOf(use)) ?? [];
  const at: LitmusNames["at"] = (offset) => findAt(uses, offset);
  const placesAt: LitmusNames["placesAt"] = (offset) => {
    const use = at(offset);
    return use ? of(use) : [];
  };
  return { uses, of, at, placesAt };
}

/** The same for all places of a name. */
export const keyOf = ({ kind, name, thread }: Pick<LitmusNameUse, "kind" | "name" | "thread">): string =>
  `${kind} ${thread ?? ""} ${name}`;

function collect({ dialect, initial, rows, locations, filter, condition }: LitmusTree): LitmusNameUse[] {
  if (!dialect) return [];
  const uses = initial.flatMap((item) => initialUses(item, dialect));
  for (const { cells } of rows) {
    cells.forEach(({ labels, instruction }, thread) => {
      for (const { text: name, range } of labels) {
        uses.push({ kind: "label", name, thread, range, role: "declaration" });
      }
      if (instruction) uses.push(...instructionUses(instruction, thread, dialect));
    });
  }
  for (const location of locations?.items ?? []) uses.push(...locationUse(location, "read", dialect));
  for (const proposition of [filter?.proposition, condition?.condition.proposition]) {
    if (proposition) for (const use of propositionUses(proposition, dialect)) uses.push(use);
  }
  return uses;
}

function initialUses({ location, value }: InitialItem, dialect: X86Dialect): LitmusNameUse[] {
  return [...locationUse(location, "declaration", dialect), ...(value ? valueUses(value) : [])];
}

function valueUses(value: InitialValue): LitmusNameUse[] {
  if (value.kind === "list") return value.items.flatMap(valueUses);
  return value.kind === "symbol" ? [addressOf(value)] : [];
}

const addressOf = ({ name, range }: { readonly name: string; readonly range: Range }): LitmusNameUse => ({
  kind: "variable",
  name,
  range,
  role: "address",
});

function locationUse(location: Location, role: NameRole, dialect: X86Dialect): LitmusNameUse[] {
  if (location.kind === "address") return [];
  const { kind, name, nameRange: range } = location;
  if (kind === "variable") return [{ kind, name, range, role }];
  return [{ kind, name: wholeRegister(name, dialect), thread: location.thread, range, role }];
}

const wholeRegister = (name: string, dialect: X86Dialect): string =>
  (dialect === "x86_64" && registerPart(name)?.whole) || name;

function instructionUses(node: InstructionNode, thread: number, dialect: X86Dialect): LitmusNameUse[] {
  const uses = operandUses(node, dialect);
  return node.operands.flatMap((operand, i) => operandNames(operand, uses[i] ?? "read", thread));
}

function operandNames(operand: Operand, role: NameRole, thread: number): LitmusNameUse[] {
  switch (operand.kind) {
    case "label":
      return [{ kind: "label", name: operand.name, thread, range: operand.range, role: "target" }];
    case "register":
      return [registerUse(operand, role, thread)];
    case "memory":
      return memoryNames(operand, role, thread);
    default:
      return [];
  }
}

const registerUse = ({ name, range }: RegisterOperand, role: NameRole, thread: number): LitmusNameUse => ({
  kind: "register",
  name,
  thread,
  range,
  role,
});

function memoryNames(
  { variable, base, index }: MemoryOperand,
  role: NameRole,
  thread: number,
): LitmusNameUse[] {
  const pointers = [base, index].flatMap((r) =>
    r ? [{ ...registerUse(r, "read", thread), pointer: true as const }] : [],
  );
  if (!variable) return pointers;
  return [{ kind: "variable", name: variable.text, range: variable.range, role }, ...pointers];
}

function propositionUses(proposition: Proposition, dialect: X86Dialect): LitmusNameUse[] {
  const found: LitmusNameUse[] = [];
  const visit = (term: Term): void => {
    if (term.kind === "sum") term.terms.forEach(visit);
    else if (term.kind === "symbol") found.push(addressOf(term));
    else if (term.kind !== "number") found.push(...locationUse(term, "read", dialect));
  };
  forEachComparison(proposition, ({ left, right }) => {
    visit(left);
    visit(right);
  });
  return found;
}
