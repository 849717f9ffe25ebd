import type { Location as Observed } from "../check/check.ts";
import type { Location } from "../condition/tree.ts";
import { X86_64_REGISTERS, X86_FLAGS, X86_REGISTERS } from "../isa/x86-registers.ts";
import type { Program } from "../machine/program.ts";
import { byText } from "./hash.ts";
import type { LitmusTest } from "./lower.ts";
import { canonical, locationText } from "./observed.ts";
import { registerIndex } from "./registers.ts";
import type { ResolvedTest } from "./resolve.ts";
import { asType, INT, type IntegerType, integerType } from "./types.ts";

/** A location of a report: where its value is found, and how it is to be understood. */
export interface Column {
  /** As reports write it: `0:EAX`, `[x]`, `t[1]`. */
  readonly text: string;
  readonly observed: Observed;
  /** The value as one of the location's type; of the flags the one that is meant. */
  read(raw: number): number;
}

/** The column of a location, which must exist. */
export function columnOf(test: LitmusTest, program: Program, location: Location): Column {
  const text = locationText(canonical(location, test.tree.dialect));
  const type = typeOf(test, location);
  const read = (raw: number) => asType(program.wide, raw, type);
  if (location.kind === "register") {
    const found = registerIndex(location.name, test.tree.dialect, program.registers);
    const { thread } = location;
    if (found && "flag" in found) {
      const observed = { kind: "register", thread, register: program.registers.length } as const;
      return { text, observed, read: (raw) => (raw >> found.flag) & 1 };
    }
    const observed = { kind: "register", thread, register: found?.register ?? 0 } as const;
    return { text, observed, read };
  }
  const variable = location.kind === "variable" ? test.variables.get(location.name) : undefined;
  const index = location.kind === "variable" ? (location.index ?? 0) : 0;
  const address = (variable?.address ?? 0) + index * (variable?.spacing ?? 0);
  return { text, observed: { kind: "memory", address }, read };
}

/** The type with which the initial state declares a location. */
export function typeOf({ tree, variables }: ResolvedTest, location: Location): IntegerType {
  if (location.kind === "variable") return variables.get(location.name)?.type ?? INT;
  const text = locationText(canonical(location, tree.dialect));
  const item = tree.initial.find(({ location }) => locationText(canonical(location, tree.dialect)) === text);
  return (item?.type && !item.pointer && integerType(item.type.text)) || INT;
}

/** herd's order: registers by thread and in the processor's order, then variables by name, then cells of arrays. */
export function compareLocations(a: Location, b: Location): number {
  if (a.kind === "register" && b.kind === "register") {
    return a.thread - b.thread || registerRank(a.name) - registerRank(b.name);
  }
  if (a.kind === "variable" && b.kind === "variable") {
    const arrays = Number(a.index !== undefined) - Number(b.index !== undefined);
    return arrays || byText(a.name, b.name) || (a.index ?? 0) - (b.index ?? 0);
  }
  return Number(b.kind === "register") - Number(a.kind === "register");
}

const RANKS: readonly string[] = [...X86_REGISTERS, ...X86_FLAGS, ...X86_64_REGISTERS];
const registerRank = (name: string): number => RANKS.indexOf(name);
