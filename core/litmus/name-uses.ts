import type { NameRole } from "../asm/names.ts";
import { forEachComparison, type Location, type Proposition, type Term } from "../condition/tree.ts";
import type { X86Dialect } from "../isa/x86.ts";
import { registerPart } from "../isa/x86-registers.ts";
import { once } from "../text/once.ts";
import type { Range } from "../text/range.ts";
import type {
  InitialItem,
  InitialValue,
  InstructionNode,
  LitmusTree,
  MemoryOperand,
  Operand,
  RegisterOperand,
  RowContent,
} from "./tree.ts";
import { operandUses } from "./uses.ts";

/** A variable, a label or a register. */
export interface LitmusName {
  readonly kind: "variable" | "label" | "register";
  /** Of a register the whole one: `rax` where `%eax` stands. */
  readonly name: string;
  /** Labels and registers belong to a thread. */
  readonly thread?: number;
}

/** One place where a name stands. */
export interface LitmusNameUse extends LitmusName {
  /** The same for all places of a name. */
  readonly key: string;
  readonly range: Range;
  /** The initial state declares; conditions and `locations` read. */
  readonly role: NameRole;
  /** The register is part of an address. */
  readonly pointer?: true;
}

/** What tells a name from all others. */
export const keyOf = ({ kind, name, thread }: LitmusName): string => `${kind} ${thread ?? ""} ${name}`;

/** The places in the initial state and in the conditions, whether or not the names exist, by and large in the order of the text. */
export function usesAroundCode({
  dialect,
  initial,
  locations,
  filter,
  condition,
}: LitmusTree): LitmusNameUse[] {
  if (!dialect) return [];
  const uses = initial.flatMap((item) => initialUses(item, dialect));
  for (const location of locations?.items ?? []) uses.push(...locationUse(location, "read", dialect));
  for (const proposition of [filter?.proposition, condition?.condition.proposition]) {
    if (proposition) for (const use of propositionUses(proposition, dialect)) uses.push(use);
  }
  return uses;
}

/** The places in a row; their ranges count from its beginning. */
export const usesInRow = once(({ cells, dialect }: RowContent): LitmusNameUse[] =>
  cells.flatMap(({ labels, instruction }, thread) => [
    ...labels.map(({ text, range }) => use({ kind: "label", name: text, thread }, range, "declaration")),
    ...(instruction ? instructionUses(instruction, thread, dialect) : []),
  ]),
);

const use = (name: LitmusName, range: Range, role: NameRole): LitmusNameUse => ({
  ...name,
  key: keyOf(name),
  range,
  role,
});

function initialUses({ location, value }: InitialItem, dialect: X86Dialect): LitmusNameUse[] {
  return [...locationUse(location, "declaration", dialect), ...(value ? valueUses(value) : [])];
}

function valueUses(value: InitialValue): LitmusNameUse[] {
  if (value.kind === "list") return value.items.flatMap(valueUses);
  return value.kind === "symbol" ? [addressOf(value)] : [];
}

const addressOf = ({ name, range }: { readonly name: string; readonly range: Range }): LitmusNameUse =>
  use({ kind: "variable", name }, range, "address");

function locationUse(location: Location, role: NameRole, dialect: X86Dialect): LitmusNameUse[] {
  if (location.kind === "address") return [];
  const { kind, name, nameRange: range } = location;
  if (kind === "variable") return [use({ kind, name }, range, role)];
  return [use({ kind, name: wholeRegister(name, dialect), thread: location.thread }, range, role)];
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
      return [use({ kind: "label", name: operand.name, thread }, operand.range, "target")];
    case "register":
      return [registerUse(operand, role, thread)];
    case "memory":
      return memoryNames(operand, role, thread);
    default:
      return [];
  }
}

const registerUse = ({ name, range }: RegisterOperand, role: NameRole, thread: number): LitmusNameUse =>
  use({ kind: "register", name, thread }, range, role);

function memoryNames(
  { variable, base, index }: MemoryOperand,
  role: NameRole,
  thread: number,
): LitmusNameUse[] {
  const pointers = [base, index].flatMap((r) =>
    r ? [{ ...registerUse(r, "read", thread), pointer: true as const }] : [],
  );
  if (!variable) return pointers;
  return [use({ kind: "variable", name: variable.text }, variable.range, role), ...pointers];
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
