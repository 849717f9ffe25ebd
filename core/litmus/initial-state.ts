import { cut } from "../machine/compute.ts";
import type { InitialCell, ThreadStart } from "../machine/program.ts";
import { isSymbolic } from "../machine/symbolic.ts";
import { fromBigInt, type WideIntegers } from "../machine/wide.ts";
import { initialByVariable, type LitmusVariable } from "./layout.ts";
import { registerIndex } from "./registers.ts";
import type { Reporter } from "./report-error.ts";
import type { InitialValue, LitmusTree } from "./tree.ts";

interface Context {
  readonly tree: LitmusTree;
  readonly variables: ReadonlyMap<string, LitmusVariable>;
  readonly registers: readonly string[];
  readonly wide: WideIntegers;
  readonly reporter: Reporter;
}

/** How the threads start: registers and flags that the initial state gives; all others are 0. */
export function initialThreads(context: Context): Omit<ThreadStart, "entry">[] {
  const { tree, registers } = context;
  return (tree.header?.threads ?? []).map((_, thread) => {
    const given: [number, number][] = [];
    let flags = 0;
    for (const { location, value } of tree.initial) {
      if (location.kind !== "register" || location.thread !== thread) continue;
      const found = registerIndex(location.name, tree.dialect, registers);
      if (!found) continue;
      const bits = tree.dialect === "x86_64" ? 64 : 32;
      const number = value ? machineValue(context, value, bits) : 0;
      if ("register" in found) given.push([found.register, number]);
      else if (number !== 0) flags |= 1 << found.flag;
    }
    return { registers: given, flags };
  });
}

/** Every cell of every variable; 0 where nothing is said. */
export function initialCells(context: Context): InitialCell[] {
  const { tree, variables, reporter } = context;
  const initial = initialByVariable(tree);
  return [...variables.values()].flatMap((variable) => {
    const item = initial.get(variable.name);
    const values = item?.value?.kind === "list" ? item.value.items : [item?.value];
    if (item?.value?.kind === "list" && values.length !== variable.count) {
      const message = `\`${variable.name}\` has ${variable.count} cells, but ${values.length} values`;
      reporter.report("array-length", message, item.value.range);
    }
    const bits = tree.dialect === "x86_64" ? variable.bits : 32;
    return Array.from({ length: variable.count }, (_, i): InitialCell => {
      const value = values[i];
      const address = variable.address + i * (variable.spacing ?? 0);
      return { address, value: value ? machineValue(context, value, bits) : 0 };
    });
  });
}

function machineValue(
  { variables, wide, reporter }: Context,
  value: InitialValue,
  bits: 8 | 16 | 32 | 64,
): number {
  switch (value.kind) {
    case "symbol":
      return variables.get(value.name)?.address ?? 0;
    case "number": {
      const number = cut(wide, fromBigInt(wide, BigInt.asIntN(64, value.value)), bits);
      if (isSymbolic(number)) {
        reporter.report(
          "number-range",
          "numbers from 2^52 to 2^53 stand for addresses here; use another one",
          value.range,
        );
      }
      return number;
    }
    case "list":
      reporter.report("bad-initial-state", "only an array has a list of values", value.range);
      return 0;
  }
}
