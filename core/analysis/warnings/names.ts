import type { Assembly } from "../../asm/assemble.ts";
import type { NameKind } from "../../asm/names.ts";
import { CELL_SPACING } from "../../machine/program.ts";
import type { Range } from "../../text/range.ts";
import { faultyLines, namesIn } from "./faulty-lines.ts";
import type { Finding, TextSubject } from "./subject.ts";

/** Labels and variables that are declared again: x86.py does not notice, and the last one counts everywhere (dialect §3). */
export function duplicateNames({ assembly }: TextSubject): Finding[] {
  return [...duplicates("label", assembly.labels), ...duplicates("variable", assembly.variables)];
}

interface Declaration {
  readonly name: string;
  readonly range: Range;
}

function duplicates(kind: NameKind, declarations: readonly Declaration[]): Finding[] {
  const last = new Map(declarations.map((d) => [d.name, d]));
  return declarations
    .filter((d) => last.get(d.name) !== d)
    .map(({ name, range }) => ({
      code: `duplicate-${kind}`,
      message: `\`${name}\` is declared again below, and the last declaration counts everywhere`,
      range,
      related: [{ range: last.get(name)!.range, message: "this declaration counts" }],
    }));
}

/** Labels that nothing goes to and no `#@` line mentions. A label on the first instruction, such as `.main`, names the start. */
export function unusedLabels(subject: TextSubject): Finding[] {
  const { assembly, names } = subject;
  const meant = namesIn(subject, faultyLines(subject));
  return assembly.labels
    .filter(
      (l) =>
        l.target > 0 &&
        !meant.has(l.name) &&
        names.of("label", l.name).every((use) => use.role === "declaration"),
    )
    .map(({ name, range }) => ({ code: "unused-label", message: `nothing jumps to \`${name}\``, range }));
}

/** Variables that nothing names, neither by name nor by the address of one of their cells. */
export function unusedVariables(subject: TextSubject): Finding[] {
  const { assembly, names } = subject;
  const meant = namesIn(subject, faultyLines(subject));
  const numbers = numbersIn(assembly);
  return assembly.variables
    .filter(
      (v) =>
        !meant.has(v.name) &&
        names.of("variable", v.name).every((use) => use.role === "declaration") &&
        !numbers.some((n) => n >= v.address && n < v.address + CELL_SPACING * v.count),
    )
    .map(({ name, range }) => ({
      code: "unused-variable",
      message: `\`${name}\` is never used`,
      range,
    }));
}

/** The different numbers in operands: values, addresses and displacements. */
function numbersIn({ instructions }: Assembly): number[] {
  const digits = new Set<string>();
  for (const { line } of instructions) {
    for (const operand of line.operands) {
      if (operand.kind === "immediate") digits.add(operand.digits);
      else if (operand.kind === "memory" && operand.variable === undefined) digits.add(operand.displacement);
    }
  }
  return Array.from(digits, Number);
}
