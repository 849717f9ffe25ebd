import * as vscode from "vscode";
import type { TimelineChunk } from "../../../debugger/views/timeline.ts";
import type { MachineModel } from "../machine-model.ts";
import { activeSession, ask } from "../session.ts";
import { type Panel, panelOpener } from "./panel.ts";

/** The picture of time: a lane per thread, what happened in it, and the cursor that travels. */
export function timelinePanel(
  context: vscode.ExtensionContext,
  model: MachineModel,
): { readonly open: () => void; readonly follow: vscode.Disposable } {
  let shown: Panel | undefined;
  /** How far the page knows the trace, and after how many forks. */
  let known = { session: "", length: 0, forks: 0 };
  let isBusy = false;

  const show = async (): Promise<void> => {
    if (!shown || isBusy) return;
    isBusy = true;
    try {
      await fetchEvents();
    } catch {
      known.length = 0; // the session has ended meanwhile
    } finally {
      isBusy = false;
    }
    const { current } = model;
    shown?.send({ type: "machine", ...(current ? { machine: current } : {}) });
    if (current && current.length !== known.length) void show();
  };

  const fetchEvents = async (): Promise<void> => {
    const session = activeSession();
    const { current } = model;
    if (!session || !current) {
      known.length = 0;
      return;
    }
    const { forks, forkedAt, length } = current;
    if (session.id !== known.session || length < known.length || forks > known.forks + 1) known.length = 0;
    else if (forks !== known.forks) known.length = Math.min(known.length, forkedAt);
    do {
      const timeline: TimelineChunk = await session.customRequest("interleave/timeline", {
        from: known.length,
      });
      shown?.send({ type: "timeline", timeline });
      known = { session: session.id, forks, length: timeline.to };
    } while (known.length < length);
  };

  const open = panelOpener(context, {
    name: "timeline",
    title: "Timeline",
    receive(message, panel) {
      if (message.type === "ready") {
        shown = panel;
        known.length = 0;
        void show();
      } else if (message.type === "goto") void panel.move(() => ask("goto", { index: message.index }));
      else if (message.type === "save") void save(message.svg);
    },
    closed() {
      shown = undefined;
    },
  });
  return { open, follow: model.onDidChange(() => void show()) };
}

async function save(svg: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, "timeline.svg") } : {}),
    filters: { SVG: ["svg"] },
  });
  if (uri) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(svg));
}
