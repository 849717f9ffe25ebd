import * as vscode from "vscode";
import { formatInteger } from "../../debugger/expressions/format.ts";
import type { BufferedStore, MachineView } from "../../debugger/views/machine.ts";
import type { MachineModel } from "./machine-model.ts";
import { paced } from "./paced.ts";
import { uriOf } from "./uri.ts";

/** A row of the view: a thread, or a store that waits in its buffer. */
type Row = { readonly thread: number; readonly store?: BufferedStore; readonly position?: number };

/**
 * Milliseconds between two changes of the rows. The editor takes changes that are less than 200 apart together and waits for the last of them, so that
 * rows told of every step of a fast person would be late, or would not come at all.
 */
const PACE = 210;

/** The view of store buffers: a node per thread, its waiting stores from the oldest, which drains next, to the newest. */
export function showStoreBuffers(model: MachineModel): vscode.Disposable[] {
  const changed = new vscode.EventEmitter<readonly Row[] | undefined>();
  /** The threads that the editor has rows for. */
  let threads: readonly Row[] = [];
  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event as vscode.Event<Row[] | undefined>,
    getChildren: (row) => (row ? storesOf(model.current, row) : [...threads]),
    getTreeItem: (row) => itemOf(model.current!, row),
  };
  const view = vscode.window.createTreeView("interleave.storeBuffers", { treeDataProvider: provider });
  const refresh = paced(() => {
    const count = model.current?.model === "tso" ? model.current.threads.length : 0;
    if (count === threads.length) return changed.fire(threads);
    threads = Array.from({ length: count }, (_, thread) => ({ thread }));
    changed.fire(undefined);
  }, PACE);
  const follow = model.onDidChange(() => {
    refresh();
    const waiting = model.current?.threads.reduce((sum, t) => sum + t.buffer.length, 0) ?? 0;
    view.badge =
      waiting > 0 ? { value: waiting, tooltip: `${waiting} stores wait in store buffers` } : undefined;
    const message =
      model.current?.model === "sc" ? "Sequential consistency: every store goes to memory at once." : "";
    // The editor takes this for a change of the rows, even where it is none.
    if (view.message !== message) view.message = message;
  });
  return [view, follow, refresh, changed];
}

function storesOf(machine: MachineView | undefined, { thread, store }: Row): Row[] {
  if (store) return [];
  const buffer = machine?.threads[thread]?.buffer ?? [];
  return buffer.map((waiting, position) => ({ thread, store: waiting, position }));
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
  const item = new vscode.TreeItem(`${variable ?? `[${address}]`} = ${formatInteger(value, machine.base)}`);
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
