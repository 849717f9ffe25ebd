import type { InstructionLine, MemoryOperand } from "../../asm/tree.ts";
import { OP } from "../../isa/operations.ts";
import { CELL_SPACING } from "../../machine/program.ts";
import { isRead, isWrite, sharedLocation } from "../locations.ts";
import { type Finding, type ProgramSubject, placeOf, type TextSubject } from "./subject.ts";

/** Stores to the addresses at which the instructions lie. */
export function storesIntoCode(subject: ProgramSubject): Finding[] {
  const { program } = subject;
  const { code, loadAddress } = program;
  const found: Finding[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    const address = isWrite(code, pc) ? sharedLocation(code, pc)?.address : undefined;
    const target = address === undefined ? undefined : program.instructions[address - loadAddress];
    if (!target) continue;
    found.push({
      code: "store-into-code",
      message: `address ${address} is where the instruction \`${target.text}\` lies; a store here destroys the program`,
      range: placeOf(subject, pc),
      related: [{ range: target.range, message: "this instruction is overwritten" }],
    });
  }
  return found;
}

/** The first read of each cell that nothing writes, and which therefore is always 0; not judged where a store's address is computed. */
export function neverWritten(subject: ProgramSubject): Finding[] {
  const { code } = subject.program;
  const written = new Set<number>();
  for (let pc = 0; pc < code.length; pc++) {
    const location = isWrite(code, pc) ? sharedLocation(code, pc) : undefined;
    if (location && location.address === undefined) return [];
    if (location) written.add(location.address!);
  }
  const found: Finding[] = [];
  for (let pc = 0; pc < code.length; pc++) {
    const address = isRead(code, pc) ? sharedLocation(code, pc)?.address : undefined;
    if (address === undefined || written.has(address)) continue;
    written.add(address);
    found.push({
      code: "never-written",
      message: "nothing writes this cell, so it is always 0",
      range: placeOf(subject, pc),
    });
  }
  return found;
}

/** Memory operands that are nothing but a number. */
function directAddresses({ assembly }: TextSubject): { operand: MemoryOperand; address: number }[] {
  return assembly.instructions.flatMap(({ line }) =>
    memoryOperands(line)
      .filter((o) => o.variable === undefined && !o.base && !o.index)
      .map((operand) => ({ operand, address: Number(operand.displacement) })),
  );
}

const memoryOperands = ({ operands }: InstructionLine): MemoryOperand[] =>
  operands.filter((o): o is MemoryOperand => o.kind === "memory");

/** Addresses between the cells that variables and stacks use. */
export const unalignedAddresses = (subject: TextSubject): Finding[] =>
  directAddresses(subject)
    .filter(({ address }) => address % CELL_SPACING !== 0)
    .map(({ operand, address }) => ({
      code: "unaligned-address",
      message: `address ${address} is not a multiple of ${CELL_SPACING}, at which the cells of variables and stacks lie`,
      range: operand.range,
    }));

/** Numbers that are the address of a variable. */
export const addressesOfVariables = (subject: TextSubject): Finding[] =>
  directAddresses(subject).flatMap(({ operand, address }) => {
    const variable = subject.assembly.variables.find(
      (v) => address >= v.address && address < v.address + CELL_SPACING * v.count,
    );
    if (!variable) return [];
    return [
      {
        code: "overlaps-variable",
        message: `address ${address} belongs to the variable \`${variable.name}\``,
        range: operand.range,
        ...(address === variable.address ? { suggestions: [variable.name] } : {}),
        related: [{ range: variable.range, message: `\`${variable.name}\` begins at ${variable.address}` }],
      },
    ];
  });

/** `push` of a memory operand, which pushes the address and not what it holds (dialect §6.2). */
export const pushesOfMemory = ({ assembly }: TextSubject): Finding[] =>
  assembly.instructions
    .filter(({ line }) => line.form?.operation === OP.PUSH_ADDRESS)
    .map(({ line }) => ({
      code: "push-address",
      message:
        "`push` of a memory operand pushes its address, not what it holds; load the value into a register first",
      range: line.body.range,
    }));
