import * as vscode from "vscode";
import type { MachineView } from "../../debugger/views/machine.ts";
import type { MachineModel } from "./machine-model.ts";
import { nameOf } from "./uri.ts";

/** Threads share colours beyond this many. */
const COLOURS = 4;

/**
 * Shows where every thread is, not only the focused one: a coloured bar at the line and a tag behind it, `T0 · T1 (2 waiting)`. Colours are the
 * theme's, the number is always written, so that nobody needs to tell colours apart.
 */
export function markThreads(model: MachineModel): vscode.Disposable[] {
  const styles = Array.from({ length: COLOURS }, (_, i) =>
    vscode.window.createTextEditorDecorationType({
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      overviewRulerColor: new vscode.ThemeColor(`interleave.thread${i}`),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
    }),
  );
  const show = (): void => {
    for (const editor of vscode.window.visibleTextEditors) {
      const machine = model.current;
      const isProgram = machine !== undefined && nameOf(editor.document.uri) === machine.path;
      styles.forEach((style, colour) => {
        editor.setDecorations(style, isProgram ? markersOf(machine, editor.document, colour) : []);
      });
    }
  };
  return [...styles, model.onDidChange(show), vscode.window.onDidChangeVisibleTextEditors(show)];
}

function markersOf(
  machine: MachineView,
  document: vscode.TextDocument,
  colour: number,
): vscode.DecorationOptions[] {
  return machine.threads.flatMap((thread, t) => {
    if (t % COLOURS !== colour || thread.line > document.lineCount) return [];
    const { range } = document.lineAt(thread.line - 1);
    const waiting = thread.buffer.length > 0 ? ` · ${thread.buffer.length} waiting` : "";
    const text = `T${t}${thread.halted ? " halted" : ""}${waiting}`;
    return [
      {
        range: new vscode.Range(range.end, range.end),
        hoverMessage: `Thread ${t}: ${thread.halted ? "halted" : `${thread.place}, next is \`${thread.next ?? ""}\``}`,
        renderOptions: {
          after: {
            contentText: ` ${text} `,
            margin: t === firstAt(machine, thread.line) ? "0 0 0 3em" : "0 0 0 0.6em",
            color: new vscode.ThemeColor("editor.background"),
            backgroundColor: new vscode.ThemeColor(`interleave.thread${colour}`),
            fontWeight: "600",
          },
        },
      },
    ];
  });
}

/** The first thread at a line: the tags of the others follow it. */
const firstAt = (machine: MachineView, line: number): number =>
  machine.threads.findIndex((t) => t.line === line);
