import { type RegisterPart, registerPart } from "../../core/isa/x86-registers.ts";
import { isOwnRegister, type Program } from "../../core/machine/program.ts";
import { register, type State } from "../../core/machine/state.ts";
import { isSymbolic } from "../../core/machine/symbolic.ts";
import { toBigInt } from "../../core/machine/wide.ts";
import { didYouMean, nearest } from "../../core/text/nearest.ts";
import { UserError } from "../user-error.ts";

/** The registers that a person knows of. */
export const registerNames = ({ registers }: Program): string[] =>
  registers.filter((name) => !isOwnRegister(name));

/** The number of a register; the case does not count, because litmus tests write `EAX` where others write `eax`. */
function findRegister(name: string, { registers }: Program): number | undefined {
  const exact = registers.indexOf(name);
  const found = exact >= 0 ? exact : registers.findIndex((r) => r.toLowerCase() === name.toLowerCase());
  return found < 0 ? undefined : found;
}

/** The part of a 64-bit register that a name such as `eax` stands for. */
const findPart = (name: string, { dialect }: Program): RegisterPart | undefined =>
  dialect === "x86_64" ? registerPart(name) : undefined;

export const isRegister = (name: string, program: Program): boolean =>
  findRegister(name, program) !== undefined || findPart(name, program) !== undefined;

/** The number of a whole register. @throws UserError if there is none of that name */
export function registerOf(name: string, program: Program): number {
  const found = findRegister(name, program);
  if (found !== undefined) return found;
  const part = findPart(name, program);
  if (part) throw new UserError(`\`${name}\` is a part of \`${part.whole}\`: change that`);
  throw new UserError(
    `there is no register \`%${name}\`${didYouMean(nearest(name, registerNames(program)))}`,
  );
}

/** What a register, or a part of one, holds; a part is a signed number, as instructions of its size have it. @throws UserError */
export function registerValue(state: State, thread: number, name: string): bigint {
  const { program } = state;
  const part = findPart(name, program);
  const value = register(state, thread, registerOf(part?.whole ?? name, program));
  const whole = toBigInt(program.wide, value);
  if (!part || part.bits === 64) return whole;
  if (!isSymbolic(value)) return BigInt.asIntN(part.bits, part.high ? whole >> 8n : whole);
  if (part.bits === 32) return whole;
  throw new UserError(`\`${part.whole}\` holds an address, of which \`${name}\` is no part`);
}
