import { once } from "../text/once.ts";
import { moved, type Range } from "../text/range.ts";
import type { Cell, InstructionNode, MemoryOperand, Operand, Row } from "./tree.ts";

/** The cells of a row with ranges in the text. They are made when somebody asks, since for most rows nobody does. */
export const cellsOf = once(({ content, start }: Row): readonly Cell[] =>
  content.cells.map((cell) => movedCell(cell, start)),
);

const movedCell = ({ range, labels, instruction }: Cell, by: number): Cell => ({
  range: moved(range, by),
  labels: labels.map((label) => withRange(label, by)),
  ...(instruction && { instruction: movedInstruction(instruction, by) }),
});

const movedInstruction = (node: InstructionNode, by: number): InstructionNode => ({
  range: moved(node.range, by),
  lock: node.lock && moved(node.lock, by),
  mnemonic: withRange(node.mnemonic, by),
  spec: node.spec,
  bits: node.bits,
  operands: node.operands.map((operand) => movedOperand(operand, by)),
});

const movedOperand = (operand: Operand, by: number): Operand =>
  operand.kind === "memory" ? movedMemory(operand, by) : withRange(operand, by);

const movedMemory = (operand: MemoryOperand, by: number): MemoryOperand => ({
  ...withRange(operand, by),
  variable: operand.variable && withRange(operand.variable, by),
  base: operand.base && withRange(operand.base, by),
  index: operand.index && withRange(operand.index, by),
});

const withRange = <T extends { readonly range: Range }>(node: T, by: number): T => ({
  ...node,
  range: moved(node.range, by),
});
