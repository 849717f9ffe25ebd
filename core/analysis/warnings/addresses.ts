import type { InstructionLine, MemoryOperand } from "../../asm/tree.ts";
import { OP } from "../../isa/operations.ts";
import { checksOf } from "../../load/checks.ts";
import { CELL_SPACING } from "../../machine/program.ts";
import { type Access, memoryAccesses } from "./accesses.ts";
import { faultyLines, namesIn } from "./faulty-lines.ts";
import type { Finding, TextSubject, WaysSubject } from "./subject.ts";

/** Stores to the addresses at which the instructions lie. */
export const storesIntoCode = (subject: TextSubject): Finding[] => {
  const { instructions, loadAddress } = subject.assembly;
  return memoryAccesses(subject).flatMap(({ line, writes, address }) => {
    const target = writes && address !== undefined ? instructions[address - loadAddress] : undefined;
    if (!target) return [];
    const { text, range } = target.line.body;
    return [
      {
        code: "store-into-code",
        message: `address ${address} is where the instruction \`${text}\` lies; a store here destroys the program`,
        range: line.body.range,
        related: [{ range, message: "this instruction is overwritten" }],
      },
    ];
  });
};

/**
 * The first read of each cell that nothing writes, and which therefore is always 0; not judged where a store's address is computed.
 * A line with an error may come to write what it names.
 */
export function neverWritten(subject: TextSubject): Finding[] {
  const accesses = memoryAccesses(subject);
  const faulty = faultyLines(subject);
  const computed = ({ writes, address }: Access): boolean => writes && address === undefined;
  if (accesses.some(computed) || faulty.some((text) => text.includes("("))) return [];
  const meant = namesIn(subject, faulty);
  const written = new Set(accesses.filter((a) => a.writes).map((a) => a.address));
  const found: Finding[] = [];
  for (const { line, reads, address, text } of accesses) {
    if (!reads || address === undefined || written.has(address) || meant.has(text)) continue;
    written.add(address);
    found.push({
      code: "never-written",
      message: "nothing writes this cell, so it is always 0",
      range: line.body.range,
    });
  }
  return found;
}

/** Memory operands that are nothing but a number. */
function directAddresses({ assembly }: TextSubject): { operand: MemoryOperand; address: number }[] {
  const sensible = assembly.instructions.filter(({ line }) => line.form);
  return sensible.flatMap(({ line }) =>
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
      message: `address ${address} is not a multiple of ${CELL_SPACING}, at which the cells of variables and stacks lie; the number is written \`$${address}\``,
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

/** Cells in checks that no instruction comes to; a line with an error may be about to. */
export const untouchedCells = ({ assembly: { program }, threads }: WaysSubject): Finding[] =>
  program ? checksOf(program, threads).diagnostics.filter((d) => d.severity !== "error") : [];
