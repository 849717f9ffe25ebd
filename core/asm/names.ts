import type { OperandUse } from "../isa/instruction-set.ts";
import { contains, type Range } from "../text/range.ts";
import { directiveNames } from "./directives.ts";
import type { InstructionLine, Tree } from "./tree.ts";

export type NameKind = "label" | "variable";

/** Where a name is declared, how an instruction uses it, or that a `#@` line mentions it. */
export type NameRole = "declaration" | "mention" | OperandUse;

/** One place where a label or a variable stands. */
export interface NameUse {
  readonly kind: NameKind;
  /** As written; a label with its dot. */
  readonly name: string;
  readonly range: Range;
  readonly role: NameRole;
  /** Index of the line in the tree. */
  readonly line: number;
}

/** All places where names stand, in the order of the text. */
export interface Names {
  readonly uses: readonly NameUse[];
  /** The places of one name, its declarations included. */
  of(kind: NameKind, name: string): readonly NameUse[];
  /** The place at an offset; its end counts, too. */
  at(offset: number): NameUse | undefined;
  /** All places of the name that stands at an offset. */
  placesAt(offset: number): readonly NameUse[];
}

/** Finds every place where a label or a variable stands, whether or not the name is declared. */
export function indexNames(tree: Tree): Names {
  const uses: NameUse[] = [];
  tree.nodes.forEach((node, line) => {
    if (node.kind === "instruction") uses.push(...operandNames(node, line));
    else if (node.kind === "directive") {
      for (const mention of directiveNames(tree.text, node)) uses.push({ ...mention, role: "mention", line });
    } else if ((node.kind === "label" || node.kind === "variable") && node.name) {
      const { text: name, range } = node.name;
      uses.push({ kind: node.kind, name, range, role: "declaration", line });
    }
  });
  const places = new Map<string, NameUse[]>();
  for (const use of uses) {
    const key = `${use.kind} ${use.name}`;
    const known = places.get(key);
    if (known) known.push(use);
    else places.set(key, [use]);
  }
  const of: Names["of"] = (kind, name) => places.get(`${kind} ${name}`) ?? [];
  const at: Names["at"] = (offset) => findAt(uses, offset);
  const placesAt: Names["placesAt"] = (offset) => {
    const use = at(offset);
    return use ? of(use.kind, use.name) : [];
  };
  return { uses, of, at, placesAt };
}

function operandNames(node: InstructionLine, line: number): NameUse[] {
  const uses: NameUse[] = [];
  node.operands.forEach((operand, i) => {
    const { range } = operand;
    if (operand.kind === "label") {
      uses.push({ kind: "label", name: operand.name, range, role: node.form?.uses[i] ?? "target", line });
    } else if (operand.kind === "memory" && operand.variable !== undefined) {
      uses.push({
        kind: "variable",
        name: operand.variable,
        range,
        role: node.form?.uses[i] ?? "read",
        line,
      });
    }
  });
  return uses;
}

/** Binary search: the places do not overlap. Of two that touch, the one that begins at the offset wins. */
export function findAt<Use extends { readonly range: Range }>(
  uses: readonly Use[],
  offset: number,
): Use | undefined {
  let low = 0;
  let high = uses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (uses[middle]!.range.start <= offset) low = middle + 1;
    else high = middle;
  }
  const use = uses[low - 1];
  return use && contains(use.range, offset) ? use : undefined;
}
