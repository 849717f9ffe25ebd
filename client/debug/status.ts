import * as vscode from "vscode";
import type { MachineModel } from "./machine-model.ts";

/** The status bar item: model, who drains, who moves, and where in time the machine is. */
export function showStatus(model: MachineModel): vscode.Disposable[] {
  const item = vscode.window.createStatusBarItem("interleave.status", vscode.StatusBarAlignment.Left, 50);
  item.name = "Interleave";
  item.command = "interleave.goto";
  const follow = model.onDidChange(() => {
    const machine = model.current;
    if (!machine) return item.hide();
    const { index, length, stepping, drain, scheduler } = machine;
    const name = `${machine.model === "tso" ? `TSO · drain ${drain}` : "SC"} · ${scheduler}`;
    item.text = `$(history) ${name} · ${index} of ${length}`;
    item.tooltip = new vscode.MarkdownString(
      `${machine.model === "tso" ? "Total store order (x86)" : "Sequential consistency"}  \nScheduler: ${scheduler}  \nA step moves ${
        stepping === "thread" ? "the focused thread alone" : "whoever the scheduler picks"
      }  \nTransition ${index} of ${length}: click to travel`,
    );
    item.accessibilityInformation = { label: `${name}, transition ${index} of ${length}` };
    item.show();
  });
  return [item, follow];
}
