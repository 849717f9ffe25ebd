import type { DebugProtocol } from "@vscode/debugprotocol";
import { ZERO } from "../../core/isa/registers.ts";
import { nameOfAddress } from "../../core/machine/describe.ts";
import { isOwnRegister, type Program } from "../../core/machine/program.ts";
import { codeAddress, register } from "../../core/machine/state.ts";
import { entries } from "../../core/machine/store-buffer.ts";
import type { Debuggee } from "../debuggee.ts";
import { formatCell, formatNumber } from "../expressions/format.ts";
import type { Base } from "../expressions/tree.ts";
import { instructionText, lineOf, placeName } from "./place.ts";
import { stackSlots } from "./stack.ts";

/** The registers of a thread and its `pc`; the hidden `zero` only where somebody has written it. */
export function registerVariables(
  { trace: { state }, program }: Debuggee,
  thread: number,
  base: Base,
): DebugProtocol.Variable[] {
  const shown = program.registers.flatMap((name, number) => {
    const value = register(state, thread, number);
    const isShown = number === ZERO ? value !== 0 : !isOwnRegister(name);
    return isShown ? [{ name, value }] : [];
  });
  const operation = state.pc[thread]!;
  const pc = codeAddress(program, operation);
  const place = state.halted[thread] ? "halted" : placeName(program, operation);
  return [
    ...shown.map(({ name, value }) => ({
      name,
      value: formatCell(program, value, base),
      evaluateName: `%${name}`,
      variablesReference: 0,
    })),
    {
      name: "pc",
      value: `${formatNumber(pc, base)}${place === String(pc) ? "" : ` (${place})`}`,
      evaluateName: "pc",
      memoryReference: String(pc),
      variablesReference: 0,
    },
  ];
}

/** `x [100]`, `[2000]`; in a litmus test, where addresses are no numbers for people, `x`. */
function cellName(program: Program, address: number): string {
  const name = nameOfAddress(program, address);
  if (name === undefined) return `[${address}]`;
  return program.dialect === "asm" ? `${name} [${address}]` : name;
}

/** A thread's waiting stores, the oldest first; the number in front keeps stores to the same address apart. */
export function bufferVariables(debuggee: Debuggee, thread: number, base: Base): DebugProtocol.Variable[] {
  const { trace, program } = debuggee;
  return entries(trace.state.buffers[thread]!).map((entry, i) => {
    const line = lineOf(debuggee, entry.source);
    return {
      name: `${i}: ${cellName(program, entry.address)}`,
      value: `${formatCell(program, entry.value, base)} (line ${line})`,
      type: `stored by line ${line}: ${instructionText(program, entry.source)}`,
      evaluateName: `T${thread}:[${entry.address}]`,
      memoryReference: `mem:T${thread}`,
      variablesReference: 0,
      presentationHint: { attributes: ["readOnly"] },
    };
  });
}

/** The condition codes or flags of a thread, 1 where they are set. */
export const flagVariables = ({ trace, program }: Debuggee, thread: number): DebugProtocol.Variable[] =>
  program.flags.map((name, i) => ({
    name,
    value: String((trace.state.flags[thread]! >> i) & 1),
    variablesReference: 0,
  }));

/** A thread's stack as the thread sees it, the top first. */
export function stackVariables(debuggee: Debuggee, thread: number, base: Base): DebugProtocol.Variable[] {
  const slots = [...stackSlots(debuggee, thread)];
  const top = slots[0]?.address ?? 0;
  return slots.map(({ address, value, call }) => {
    const back = call === undefined ? "" : ` (returns to ${placeName(debuggee.program, call + 1)})`;
    return {
      name: `[sp+${address - top}]`,
      value: `${formatCell(debuggee.program, value, base)}${back}`,
      type: `address ${address}`,
      evaluateName: `T${thread}:[${address}]`,
      memoryReference: `mem:T${thread}`,
      variablesReference: 0,
    };
  });
}
