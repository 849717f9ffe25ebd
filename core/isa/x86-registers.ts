/** Registers of the litmus dialects. Register 0 is `zero`, as in the `.s` dialect: what an address without a base uses. */

/** Registers of X86 in herd's order; written in upper case. */
export const X86_REGISTERS: readonly string[] = [
  "EAX",
  "EBX",
  "ECX",
  "EDX",
  "ESI",
  "EDI",
  "EBP",
  "ESP",
  "EIP",
];

/** Registers of X86_64 in herd's order, as reports print them. */
export const X86_64_REGISTERS: readonly string[] = [
  ...["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp"],
  ...["r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"],
];

/** Flags of both; flag i is bit i. In herd's semantics SF means "greater" and CF is always 0 after an instruction that sets it. */
export const X86_FLAGS: readonly string[] = ["ZF", "SF", "CF"];
export const ZF = 0b001;
export const SF = 0b010;
export const CF = 0b100;

/**
 * A register whose name begins with a dot is the machine's own: it holds what an instruction has read until its next operation, and is not
 * shown.
 */
export const SCRATCH_REGISTER = ".scratch";

/** Part of a 64-bit register that a name stands for. `high`: bits 8 to 15. */
export interface RegisterPart {
  /** The 64-bit register's name. */
  readonly whole: string;
  readonly bits: 8 | 16 | 32 | 64;
  readonly high: boolean;
}

const parts = new Map<string, RegisterPart>();
const part = (name: string, whole: string, bits: RegisterPart["bits"], high = false): void => {
  parts.set(name, { whole, bits, high });
};
for (const letter of "abcd") {
  part(`e${letter}x`, `r${letter}x`, 32);
  part(`${letter}x`, `r${letter}x`, 16);
  part(`${letter}l`, `r${letter}x`, 8);
  part(`${letter}h`, `r${letter}x`, 8, true);
}
for (const name of ["si", "di", "bp", "sp"]) {
  part(`e${name}`, `r${name}`, 32);
  part(name, `r${name}`, 16);
  part(`${name}l`, `r${name}`, 8);
}
for (let n = 8; n <= 15; n++) {
  part(`r${n}d`, `r${n}`, 32);
  part(`r${n}w`, `r${n}`, 16);
  part(`r${n}b`, `r${n}`, 8);
}
for (const name of X86_64_REGISTERS) part(name, name, 64);

/** What a name of X86_64 stands for, in any case and without `%`. */
export const registerPart = (name: string): RegisterPart | undefined => parts.get(name.toLowerCase());

/** All names of X86_64's registers and their parts. */
export const REGISTER_PART_NAMES: readonly string[] = [...parts.keys()];
