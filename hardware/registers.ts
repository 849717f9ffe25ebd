/** Where the registers of a test are on the processor. */

/** Reserved: the cells of the run, its results, two for computing addresses and large numbers, the condition codes. */
export const CELLS = "%rdi";
export const RESULTS = "%rsi";
export const ADDRESS = "%r12";
export const SCRATCH = "%r13";
export const CODES = "%r14d";
export const WIDE_CODES = "%r14";

/** Registers of a test that have the processor's own name, in one of its sizes. */
const OWN_NAMES: readonly string[] = ["ax", "bx", "cx", "dx"];

/** For all others, in this order. */
const OTHERS: readonly string[] = ["%r8", "%r9", "%r10", "%r11", "%r15", "%rbp"];

/** Registers that a function has to leave as they were, and pairs of names for them. */
const SAVED: Readonly<Record<string, RegExp>> = {
  "%rbx": /%(rbx|ebx|bx|bl|bh)\b/,
  "%rbp": /%(rbp|ebp|bp|bpl)\b/,
  "%r12": /%r12[dwb]?\b/,
  "%r13": /%r13[dwb]?\b/,
  "%r14": /%r14[dwb]?\b/,
  "%r15": /%r15[dwb]?\b/,
};

/** Gives every named register one of the processor's; undefined where there are not enough. `ax`, `EAX` and `rax` are %rax, and so on. */
export function assignRegisters(names: readonly string[]): ReadonlyMap<string, string> | undefined {
  const assigned = new Map<string, string>();
  const free = [...OTHERS];
  for (const name of names) {
    const own = OWN_NAMES.find((o) => name.toLowerCase().replace(/^[er](?=..$)/, "") === o);
    const native = own ? `%r${own}` : free.shift();
    if (!native) return undefined;
    assigned.set(name, native);
  }
  return assigned;
}

/** The registers in some assembly text that a function has to save. */
export const savedRegisters = (text: string): string[] =>
  Object.entries(SAVED)
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => name);

/** The name of the lower bits of a register that is given by its name for 64. */
export function sized(register: string, bits: 8 | 16 | 32 | 64): string {
  const name = register.slice(2);
  if (bits === 64) return register;
  if (/^\d/.test(name)) return `%r${name}${{ 8: "b", 16: "w", 32: "d" }[bits]}`;
  if (bits === 32) return `%e${name}`;
  if (bits === 16) return `%${name}`;
  return name.endsWith("x") ? `%${name[0]}l` : `%${name}l`;
}
