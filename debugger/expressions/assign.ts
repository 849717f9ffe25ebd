import { codeAddress, isCode } from "../../core/machine/state.ts";
import type { Edit } from "../../core/run/trace.ts";
import { UserError } from "../user-error.ts";
import { addressOf, findVariable, type Place, threadOf } from "./evaluate.ts";
import { isRegister, registerOf } from "./registers.ts";
import type { Expression } from "./tree.ts";

/**
 * The edit that gives a place of the machine a new value: a register, `pc`, a variable or a cell of shared memory.
 * @throws UserError if the expression is no such place or the value does not fit
 */
export function assignment(target: Expression, wanted: bigint, place: Place): Edit {
  const value = Number(wanted);
  if (!Number.isSafeInteger(value)) throw new UserError("a value set by hand can be up to ±2^53");
  const { program } = place.state;
  if (target.kind === "register") {
    return registerEdit(threadOf(target, place), registerOf(target.name, program), value);
  }
  if (target.kind === "cell") {
    refuseView(target.thread);
    return memoryEdit(addressOf(target.address, place), value, place);
  }
  if (target.kind === "name") {
    if (target.name === "pc") return pcEdit(threadOf(target, place), value, place);
    if (isRegister(target.name, program))
      return registerEdit(threadOf(target, place), registerOf(target.name, program), value);
    const variable = findVariable(target.name, program);
    if (variable) {
      refuseView(target.thread);
      return memoryEdit(variable.address, value, place);
    }
  }
  throw new UserError("only a register, `pc`, a variable or a cell such as `[2000]` can be given a value");
}

function refuseView(thread: number | undefined): void {
  if (thread === undefined) return;
  throw new UserError(
    `what T${thread} sees cannot be changed by itself; change shared memory, without \`T${thread}:\``,
  );
}

const registerEdit = (thread: number, register: number, value: number): Edit => ({
  kind: "register",
  thread,
  register,
  value,
});

/** @throws UserError for an address that holds code */
export function memoryEdit(address: number, value: number, { state }: Place): Edit {
  if (isCode(state.program, address)) throw new UserError(`address ${address} holds code, not data`);
  return { kind: "memory", address, value };
}

/** @param value the address of an instruction, as `pc` shows it */
export function pcEdit(thread: number, value: number, { state: { program } }: Place): Edit {
  const operation = value - program.loadAddress;
  if (Number.isInteger(operation) && operation >= 0 && operation < program.code.length) {
    return { kind: "pc", thread, value: operation };
  }
  const last = codeAddress(program, program.code.length - 1);
  throw new UserError(
    `there is no instruction at ${value}; the code is at ${program.loadAddress} to ${last}`,
  );
}
