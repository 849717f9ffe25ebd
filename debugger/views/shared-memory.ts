import type { DebugProtocol } from "@vscode/debugprotocol";
import { ACCESS, OP } from "../../core/isa/operations.ts";
import { ZERO } from "../../core/isa/registers.ts";
import { addressesOf, latest, nameOfAddress } from "../../core/machine/describe.ts";
import { forEachCell, readCell } from "../../core/machine/memory.ts";
import { isCode } from "../../core/machine/state.ts";
import type { Debuggee } from "../debuggee.ts";
import { formatCell } from "../expressions/format.ts";
import type { Base } from "../expressions/tree.ts";
import { arrayReference } from "./scopes.ts";
import { MOST_SLOTS } from "./stack.ts";

/** More cells than this are no view for a person; the memory view shows the rest. */
const MOST_CELLS = 1000;

/** Shared memory without the stacks: variables, then other cells that the program names or has written. */
export function memoryVariables(debuggee: Debuggee, _thread: number, base: Base): DebugProtocol.Variable[] {
  const { program } = debuggee;
  const variables = latest(program.variables)
    .filter((v) => v.count > 0)
    .map((v) => {
      const addresses = addressesOf(v);
      if (v.count === 1) return cell(debuggee, v.name, v.address, base);
      const shown = addresses.slice(0, 10).map((a) => valueAt(debuggee, a, base));
      return {
        name: v.name,
        value: `[${shown.join(", ")}${v.count > shown.length ? ", …" : ""}]`,
        type: program.dialect === "asm" ? `${v.count} cells at ${v.address}` : `${v.count} cells`,
        evaluateName: v.name,
        memoryReference: "mem",
        variablesReference: arrayReference(program.variables.indexOf(v)),
        indexedVariables: v.count,
        presentationHint: { attributes: ["readOnly"] },
      };
    });
  const others = otherCells(debuggee)
    .slice(0, MOST_CELLS)
    .map((address) => cell(debuggee, `[${address}]`, address, base));
  return [...variables, ...others];
}

/** The cells of a variable that has several, by the index into the program's variables. */
export function arrayVariables(debuggee: Debuggee, variable: number, base: Base): DebugProtocol.Variable[] {
  const { name, address: first } = debuggee.program.variables[variable]!;
  return addressesOf(debuggee.program.variables[variable]!).map((address) => ({
    ...cell(debuggee, address === first ? `[${name}]` : `[${name}+${address - first}]`, address, base),
    evaluateName: `[${address}]`,
  }));
}

/** A variable whose context menu in VS Code knows what it is. */
interface CellVariable extends DebugProtocol.Variable {
  readonly __vscodeVariableMenuContext: "cell";
}

function cell(debuggee: Debuggee, name: string, address: number, base: Base): CellVariable {
  return {
    name,
    value: valueAt(debuggee, address, base),
    ...(debuggee.program.dialect === "asm" ? { type: `address ${address}` } : {}),
    evaluateName: name,
    memoryReference: "mem",
    variablesReference: 0,
    __vscodeVariableMenuContext: "cell",
  };
}

const valueAt = ({ trace, program }: Debuggee, address: number, base: Base): string =>
  formatCell(program, readCell(trace.state.memory, address), base);

/** Addresses in ascending order of cells that are no variable, no code and no stack. */
function otherCells({ program, trace: { state }, stackBases }: Debuggee): number[] {
  const found = new Set<number>(namedAddresses(program));
  forEachCell(state.memory, (address) => found.add(address));
  const isStack = (address: number): boolean =>
    program.dialect === "asm" && stackBases.some((top) => address < top && address >= top - MOST_SLOTS * 4);
  return [...found]
    .filter((a) => nameOfAddress(program, a) === undefined && !isCode(program, a) && !isStack(a))
    .sort((a, b) => a - b);
}

/** Addresses that the code names as plain numbers. */
function namedAddresses({ code }: Debuggee["program"]): number[] {
  const named: number[] = [];
  for (let i = 0; i < code.length; i++) {
    const access = ACCESS[code.operation[i]!]!;
    const plain = code.base[i] === ZERO && code.index[i] === ZERO;
    const stack = [OP.PUSH_R, OP.PUSH_ADDRESS, OP.CALL, OP.POP_R, OP.RET].some(
      (o) => o === code.operation[i],
    );
    if (plain && !stack && access !== "none" && access !== "fence") named.push(code.displacement[i]!);
  }
  return named;
}
