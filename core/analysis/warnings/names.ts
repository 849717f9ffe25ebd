import type { NameKind } from "../../asm/names.ts";
import { CELL_SPACING } from "../../machine/program.ts";
import type { Range } from "../../text/range.ts";
import type { Finding, ProgramSubject, TextSubject } from "./subject.ts";

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
export function unusedLabels({ assembly, names }: ProgramSubject): Finding[] {
  return assembly.labels
    .filter((l) => l.target > 0 && names.of("label", l.name).every((use) => use.role === "declaration"))
    .map(({ name, range }) => ({ code: "unused-label", message: `nothing jumps to \`${name}\``, range }));
}

/** Variables that nothing names, neither by name nor by the address of one of their cells. */
export function unusedVariables({ assembly, names, program }: ProgramSubject): Finding[] {
  const { displacement, immediate, length } = program.code;
  const numbers = [...new Set([...displacement.subarray(0, length), ...immediate.subarray(0, length)])];
  return assembly.variables
    .filter(
      (v) =>
        names.of("variable", v.name).every((use) => use.role === "declaration") &&
        !numbers.some((n) => n >= v.address && n < v.address + CELL_SPACING * v.count),
    )
    .map(({ name, range }) => ({
      code: "unused-variable",
      message: `\`${name}\` is never used`,
      range,
    }));
}
