import * as vscode from "vscode";
import type { MachineView } from "../../../debugger/views/machine.ts";
import { timeline } from "../../../debugger/views/timeline.ts";
import type { MachineModel } from "../machine-model.ts";
import { activeSession, ask } from "../session.ts";
import { type Panel, panelOpener } from "./panel.ts";

/** The picture of time: a lane per thread, what happened in it, and the cursor that travels. */
export function timelinePanel(
  context: vscode.ExtensionContext,
  model: MachineModel,
): { readonly open: () => void; readonly follow: vscode.Disposable } {
  let shown: Panel | undefined;
  /** How far the page knows the trace of a session, and after how many forks. */
  const known = { session: "", length: 0, forks: 0 };

  const show = (): void => {
    if (!shown) return;
    const { current } = model;
    if (current && sendEvents(shown, current)) return void setTimeout(show);
    if (!current) known.length = 0;
    shown.send({ type: "machine", ...(current ? { machine: current } : {}) });
  };

  /** Sends a chunk of what the page does not know yet. @returns whether there is more */
  const sendEvents = (page: Panel, { forks, forkedAt, length }: MachineView): boolean => {
    const session = activeSession()?.id ?? "";
    if (session !== known.session || length < known.length || forks > known.forks + 1) known.length = 0;
    else if (forks !== known.forks) known.length = Math.min(known.length, forkedAt);
    const chunk = model.look(({ debuggee }) => debuggee && timeline(debuggee, known.length));
    if (!chunk) return false;
    page.send({ type: "timeline", timeline: chunk });
    Object.assign(known, { session, forks, length: chunk.to });
    return chunk.to < length;
  };

  const open = panelOpener(context, {
    name: "timeline",
    title: "Timeline",
    receive(message, panel) {
      if (message.type === "ready") {
        shown = panel;
        known.length = 0;
        show();
      } else if (message.type === "goto") void panel.move(() => ask("goto", { index: message.index }));
      else if (message.type === "save") void save(message.svg);
    },
    closed() {
      shown = undefined;
    },
  });
  return { open, follow: model.onDidChange(show) };
}

async function save(svg: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, "timeline.svg") } : {}),
    filters: { SVG: ["svg"] },
  });
  if (uri) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(svg));
}
