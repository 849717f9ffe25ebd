import { type Location, locationsOf } from "../condition/tree.ts";
import type { X86Dialect } from "../isa/x86.ts";
import { registerPart, X86_64_REGISTERS, X86_FLAGS, X86_REGISTERS } from "../isa/x86-registers.ts";
import { didYouMean } from "../text/nearest.ts";
import type { LitmusVariable } from "./layout.ts";
import { registerIndex } from "./registers.ts";
import { type Reporter, shown } from "./report-error.ts";
import type { LitmusTree } from "./tree.ts";
import { wordsWithErrors } from "./words-with-errors.ts";

/** Reports locations of the initial state, `locations`, filter and condition that do not exist. */
export function checkNames(
  tree: LitmusTree,
  variables: ReadonlyMap<string, LitmusVariable>,
  registers: readonly string[],
  { report, suggest }: Reporter,
): void {
  const { dialect, header, initial, locations, filter, condition } = tree;
  const threads = header?.threads.length ?? 0;
  const notUnderstood = wordsWithErrors(tree);
  const check = (location: Location, place: "initial" | "final"): void => {
    if (location.kind === "register") {
      if (location.thread >= threads) {
        const last = `the last one is P${threads - 1}`;
        report("unknown-thread", `there is no thread P${location.thread}; ${last}`, location.threadRange);
      }
      if (registerIndex(location.name, dialect, registers) !== undefined) return;
      const known = dialect === "x86_64" ? X86_64_REGISTERS : [...X86_REGISTERS, ...X86_FLAGS];
      const part = dialect === "x86_64" ? registerPart(location.name) : undefined;
      const suggestions = part ? [part.whole] : suggest(location.name, known);
      const message = part
        ? `\`${location.name}\` is part of \`${part.whole}\`, which must be named here`
        : `there is no register \`${shown(location.name)}\`${didYouMean(suggestions)}`;
      report("unknown-register", message, location.nameRange, suggestions);
    } else if (location.kind === "address") {
      report(
        "numeric-address",
        "a litmus test's memory has names, not numbers: write `x` or `[x]`",
        location.range,
      );
    } else if (place === "final") {
      const variable = variables.get(location.name);
      if (!variable && notUnderstood.has(location.name)) return;
      const register = variable ? undefined : registerNamed(location.name, dialect);
      if (register) {
        const suggestions = Array.from({ length: Math.min(threads, 3) }, (_, t) => `${t}:${register}`);
        const message = `a register is named with its thread, as in \`0:${register}\``;
        report("register-without-thread", message, location.range, suggestions);
      } else if (!variable) {
        const suggestions = suggest(location.name, variables.keys());
        const hint = didYouMean(suggestions) || "; neither the initial state nor the code mentions it";
        report(
          "unknown-variable",
          `there is no variable \`${shown(location.name)}\`${hint}`,
          location.nameRange,
          suggestions,
        );
      } else if ((location.index ?? 0) >= variable.count) {
        const cells =
          variable.count === 1 ? "is one cell, not an array" : `has ${variable.count} cells, from 0`;
        report("array-index", `\`${location.name}\` ${cells}`, location.range);
      }
    }
  };
  const seen = new Set<string>();
  for (const { location, range } of initial) {
    check(location, "initial");
    const key =
      location.kind === "register"
        ? `${location.thread}:${location.name}`
        : location.kind === "variable"
          ? location.name
          : "";
    if (seen.has(key)) report("initialised-twice", "this location already has an initial value", range);
    seen.add(key);
  }
  for (const location of locations?.items ?? []) check(location, "final");
  for (const proposition of [filter?.proposition, condition?.condition.proposition]) {
    for (const location of proposition ? locationsOf(proposition) : []) check(location, "final");
  }
}

/** The register that a condition may have meant by a name without a thread, as conditions write it. */
const registerNamed = (name: string, dialect: X86Dialect | undefined): string | undefined =>
  dialect === "x86_64"
    ? registerPart(name)?.whole
    : X86_REGISTERS.find((register) => register === name.toUpperCase());
