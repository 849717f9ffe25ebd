import type { InstructionLine, MemoryOperand } from "../../asm/tree.ts";
import { BP, SP, ZERO } from "../../isa/registers.ts";
import type { TextSubject } from "./subject.ts";

/** How a line reads or writes memory that threads share. */
export interface Access {
  readonly line: InstructionLine;
  readonly reads: boolean;
  readonly writes: boolean;
  /** Unset where it is computed. */
  readonly address: number | undefined;
  /** The variable, or the number. */
  readonly text: string;
}

/** The accesses to memory of all lines that make sense; the stack is by custom the thread's own. */
export function memoryAccesses({ assembly }: TextSubject): Access[] {
  const variables = new Map(assembly.variables.map((v) => [v.name, v.address]));
  const found: Access[] = [];
  for (const { line } of assembly.instructions) {
    line.operands.forEach((operand, i) => {
      const use = line.form?.uses[i];
      if (operand.kind !== "memory" || (use !== "read" && use !== "write" && use !== "update")) return;
      const { variable, displacement } = operand;
      if (isOnStack(operand) || (variable !== undefined && !variables.has(variable))) return;
      const fixed = variable === undefined ? Number(displacement) : variables.get(variable);
      found.push({
        line,
        reads: use !== "write",
        writes: use !== "read",
        address: isDirect(operand) ? fixed : undefined,
        text: variable ?? displacement,
      });
    });
  }
  return found;
}

const isOnStack = ({ base, index }: MemoryOperand): boolean =>
  [base, index].some((r) => r?.register === SP || r?.register === BP);

const isDirect = ({ base, index }: MemoryOperand): boolean =>
  [base, index].every((r) => r === undefined || r.register === ZERO);
