import { registerPart, X86_FLAGS, X86_REGISTERS } from "../isa/x86-registers.ts";
import type { LitmusNameUse } from "./name-uses.ts";
import type { LitmusNames } from "./names.ts";
import { partName } from "./print.ts";
import type { LitmusTree } from "./tree.ts";

interface RegisterRenaming {
  readonly tree: LitmusTree;
  readonly names: LitmusNames;
  readonly use: LitmusNameUse;
  /** The texts of all places of the register on its thread: `%eax`, `rax`, … */
  readonly written: readonly string[];
  readonly name: string;
}

/**
 * A thread's register in place of another: of each place the new text, with the size, the case and the `%` that it had. Refused where that
 * would change the test.
 */
export function renameRegister({
  tree,
  names,
  use,
  written,
  name,
}: RegisterRenaming): string[] | { refusal: string } {
  const bare = name.replace("%", "");
  if (use.name.startsWith("%")) {
    const symbolic = `%${bare}`;
    if (!/^\w+$/.test(bare)) return { refusal: `\`${name}\` cannot be a register: write \`%\` and a word.` };
    return isTaken(names, use, symbolic) ? taken(symbolic, use) : written.map(() => symbolic);
  }
  const whole = tree.dialect === "x86_64" ? registerPart(bare)?.whole : bare.toUpperCase();
  const exists = tree.dialect === "x86_64" ? whole !== undefined : X86_REGISTERS.includes(whole ?? "");
  if (whole === undefined || !exists) return { refusal: `There is no register \`${name}\`.` };
  if (X86_FLAGS.includes(use.name))
    return { refusal: "Flags cannot be renamed: they belong to the machine." };
  if (isTaken(names, use, whole)) return taken(whole, use);
  if ([use.name, whole].some((r) => /^(?:EAX|rax)$/.test(r)) && comparesAndExchanges(tree, use.thread)) {
    return { refusal: `\`cmpxchg\` on P${use.thread} uses ${use.name} without naming it.` };
  }
  return written.map((text) => rewrite(text, whole, tree.dialect === "x86_64"));
}

const isTaken = (names: LitmusNames, use: LitmusNameUse, name: string): boolean =>
  name !== use.name && names.of({ ...use, name }).length > 0;

const taken = (name: string, { thread }: LitmusNameUse): { refusal: string } => ({
  refusal: `P${thread} uses \`${name}\` already.`,
});

function rewrite(text: string, whole: string, sized: boolean): string {
  const bare = text.replace("%", "");
  const name = sized ? partName(whole, registerPart(bare)?.bits ?? 64) : whole;
  const cased = sized && bare === bare.toUpperCase() ? name.toUpperCase() : name;
  return `${text.startsWith("%") ? "%" : ""}${cased}`;
}

const comparesAndExchanges = ({ rows }: LitmusTree, thread: number | undefined): boolean =>
  rows.some(({ content }) => content.cells[thread ?? -1]?.instruction?.spec?.shape === "compare-exchange");
