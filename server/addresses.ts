import type { Assembly } from "../core/asm/assemble.ts";
import { CELL_SPACING, type Variable } from "../core/machine/program.ts";

/** The declaration of a variable that counts: the last one. */
export const variableNamed = ({ variables }: Assembly, name: string): Variable | undefined =>
  variables.findLast((v) => v.name === name);

/** The address that a label stands for: the last declaration's. */
export function labelAddress(assembly: Assembly, name: string): number | undefined {
  const label = assembly.labels.findLast((l) => l.name === name);
  return label && assembly.loadAddress + label.target;
}

/** What an address means: `count`, `flag+4`, or the instruction at it. */
export function describeAddress(assembly: Assembly, address: number): string | undefined {
  const variable = variableAt(assembly, address);
  if (variable) {
    const offset = address - variable.address;
    return `\`${variable.name}${offset ? `+${offset}` : ""}\``;
  }
  const instruction = assembly.instructions[address - assembly.loadAddress];
  return instruction && `the instruction \`${instruction.line.body.text}\``;
}

/** The variable in one of whose cells an address lies. */
export const variableAt = ({ variables }: Assembly, address: number): Variable | undefined =>
  variables.findLast((v) => address >= v.address && address < v.address + CELL_SPACING * v.count);
