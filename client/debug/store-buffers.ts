import * as vscode from "vscode";
import type { BufferedStore, MachineView } from "../../debugger/views/machine.ts";
import type { MachineModel } from "./machine-model.ts";
import { uriOf } from "./uri.ts";

/** A row of the view: a thread, or a store that waits in its buffer. */
type Row = { readonly thread: number; readonly store?: BufferedStore; readonly position?: number };

/** The view of store buffers: a node per thread, its waiting stores from the oldest, which drains next, to the newest. */
export function showStoreBuffers(model: MachineModel): vscode.Disposable[] {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => childrenOf(model.current, row),
    getTreeItem: (row) => itemOf(model.current!, row),
  };
  const view = vscode.window.createTreeView("interleave.storeBuffers", { treeDataProvider: provider });
  const follow = model.onDidChange(() => {
    changed.fire();
    const waiting = model.current?.threads.reduce((sum, t) => sum + t.buffer.length, 0) ?? 0;
    view.badge =
      waiting > 0 ? { value: waiting, tooltip: `${waiting} stores wait in store buffers` } : undefined;
    view.message =
      model.current?.model === "sc" ? "Sequential consistency: every store goes to memory at once." : "";
  });
  return [view, follow, changed];
}

function childrenOf(machine: MachineView | undefined, row: Row | undefined): Row[] {
  if (machine?.model !== "tso") return [];
  if (!row) return machine.threads.map((_, thread) => ({ thread }));
  if (row.store) return [];
  const buffer = machine.threads[row.thread]?.buffer ?? [];
  return buffer.map((store, position) => ({ thread: row.thread, store, position }));
}

function itemOf(machine: MachineView, { thread, store, position = 0 }: Row): vscode.TreeItem {
  return store ? storeItem(machine, thread, store, position) : threadItem(machine, thread);
}

function threadItem(machine: MachineView, thread: number): vscode.TreeItem {
  const { buffer, next, halted } = machine.threads[thread]!;
  const item = new vscode.TreeItem(`T${thread}`, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `T${thread}`;
  item.description = `${buffer.length === 0 ? "empty" : `${buffer.length} waiting`} · ${halted ? "halted" : next}`;
  item.iconPath = new vscode.ThemeIcon("inbox", new vscode.ThemeColor(`interleave.thread${thread % 4}`));
  item.contextValue = buffer.length > 0 ? "fullBuffer" : "emptyBuffer";
  return item;
}

function storeItem(
  machine: MachineView,
  thread: number,
  store: BufferedStore,
  position: number,
): vscode.TreeItem {
  const { address, variable, value, line } = store;
  const item = new vscode.TreeItem(`${variable ?? `[${address}]`} = ${value}`);
  item.id = `T${thread}:${position}`;
  item.description = `${position === 0 ? "drains next · " : ""}line ${line}`;
  item.tooltip = `Stored to address ${address} by line ${line}. T${thread} reads it already; the other threads do not until it drains.`;
  item.iconPath = new vscode.ThemeIcon(position === 0 ? "arrow-right" : "ellipsis");
  item.contextValue = position === 0 ? "oldestStore" : "store";
  item.command = {
    title: "Show the store",
    command: "vscode.open",
    arguments: [uriOf(machine.path), { selection: new vscode.Range(line - 1, 0, line - 1, 0) }],
  };
  return item;
}
