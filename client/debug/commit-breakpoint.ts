import * as vscode from "vscode";
import type { MachineModel } from "./machine-model.ts";

/** The cell that a menu was opened on: a row of the variables view, or a cell of the Machine view. */
function cellOf(argument: unknown): string | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  const { variable, cell } = argument as { variable?: { evaluateName?: string }; cell?: string };
  return cell ?? variable?.evaluateName;
}

/**
 * Adds a breakpoint that stops when a store reaches memory. The editor knows reads and writes of variables only, and extensions cannot add data
 * breakpoints; a function breakpoint by this name is in the Breakpoints view, can have a condition, and is kept with the workspace.
 */
export async function breakOnCommit({ current }: MachineModel, argument: unknown): Promise<void> {
  const cells = [
    ...Object.keys(current?.variables ?? {}),
    ...Object.keys(current?.cells ?? {}).map((address) => `[${address}]`),
  ];
  const cell =
    cellOf(argument) ??
    (await vscode.window.showQuickPick(cells, {
      placeHolder: "Stop when a store to which cell reaches memory?",
    }));
  if (cell === undefined) return;
  vscode.debug.addBreakpoints([new vscode.FunctionBreakpoint(`commit ${cell}`)]);
}
