import type * as vscode from "vscode";
import type { MachineModel } from "../machine-model.ts";
import { ask } from "../session.ts";
import { type Panel, panelOpener } from "./panel.ts";

/** The picture of the machine: threads side by side, their buffers as queues into memory, and a button for every transition. */
export function machinePanel(
  context: vscode.ExtensionContext,
  model: MachineModel,
): { readonly open: () => void; readonly follow: vscode.Disposable } {
  let shown: Panel | undefined;
  const show = (): void => {
    const { current, previous } = model;
    shown?.send({
      type: "machine",
      ...(current ? { machine: current } : {}),
      ...(previous ? { previous } : {}),
    });
  };
  const open = panelOpener(context, {
    name: "machine",
    title: "Machine",
    receive(message, panel) {
      if (message.type === "ready") {
        shown = panel;
        show();
      } else if (message.type === "take") {
        void panel.move(() => ask("take", { thread: message.thread, kind: message.kind }));
      } else if (message.type === "goto") void panel.move(() => ask("goto", { index: message.index }));
    },
    closed() {
      shown = undefined;
    },
  });
  return { open, follow: model.onDidChange(show) };
}
