import * as vscode from "vscode";
import { formatInteger } from "../../debugger/expressions/format.ts";
import type { BufferedStore, MachineView } from "../../debugger/views/machine.ts";
import type { MachineModel } from "./machine-model.ts";
import { paced } from "./paced.ts";
import type { Precedence } from "./precedence.ts";
import { uriOf } from "./uri.ts";

/** A row of the view: a thread, or a store that waits in its buffer. */
type Row = { readonly thread: number; readonly store?: BufferedStore; readonly position?: number };

/**
 * Milliseconds between two changes of the rows. The editor takes changes that are less than 200 apart together and waits for the last of them, so that
 * rows told of every step of a fast person would be late, or would not come at all.
 */
const PACE = 202;

/**
 * The view of store buffers: a node per thread, its waiting stores from the oldest, which drains next, to the newest. Its header tells them in a line,
 * which the editor shows at once, however fast stops follow each other.
 *
 * The editor hears which threads changed, and then asks for their stores. A stop sets so much in motion in it that it would get round to asking, or to
 * the answer, long after the rest; so the rows take precedence until they are answered.
 */
export function showStoreBuffers(model: MachineModel, { lead }: Precedence): vscode.Disposable[] {
  const changed = new vscode.EventEmitter<Row[] | undefined>();
  /** What the rows show: they stay as they are until they are told of a change. */
  let shown: MachineView | undefined;
  let threads: Row[] = [];
  /** Threads that the person closed: the editor does not ask for their stores. */
  const collapsed = new Set<number>();
  /** Threads whose stores it has yet to ask for. */
  let awaited = new Set<number>();
  let endPrecedence = (): void => {};
  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren(row) {
      if (!row) return threads;
      // A timer comes after the answer has gone out.
      if (awaited.delete(row.thread) && awaited.size === 0) setTimeout(endPrecedence);
      return storesOf(shown, row);
    },
    getTreeItem: (row) => itemOf(shown!, row),
  };
  const view = vscode.window.createTreeView("interleave.storeBuffers", { treeDataProvider: provider });
  const tell = (stale: Row[]): void => {
    awaited = new Set(stale.map(({ thread }) => thread).filter((thread) => !collapsed.has(thread)));
    if (view.visible && awaited.size > 0) endPrecedence = lead();
    changed.fire(stale);
  };
  const refresh = paced(() => {
    const before = contentsOf(shown);
    shown = model.current;
    const now = contentsOf(shown);
    if (now.length === before.length) {
      const stale = threads.filter(({ thread }) => now[thread] !== before[thread]);
      if (stale.length > 0) tell(stale);
      return;
    }
    threads = now.map((_, thread) => ({ thread }));
    collapsed.clear();
    changed.fire(undefined);
  });
  const follow = model.onWillShow(() => {
    view.description = summaryOf(model.current);
    refresh(PACE);
    const message =
      model.current?.model === "sc" ? "Sequential consistency: every store goes to memory at once." : "";
    // The editor takes this for a change of the rows, even where it is none.
    if ((view.message ?? "") !== message) view.message = message;
  });
  const folds = [
    view.onDidCollapseElement(({ element }) => collapsed.add(element.thread)),
    view.onDidExpandElement(({ element }) => collapsed.delete(element.thread)),
  ];
  return [view, follow, refresh, changed, ...folds];
}

/** By thread all that its rows show, for comparison; nothing where there are no store buffers. */
const contentsOf = (machine: MachineView | undefined): string[] =>
  machine?.model === "tso"
    ? machine.threads.map(({ buffer, next, halted }) => JSON.stringify([machine.base, halted, next, buffer]))
    : [];

/** All waiting stores in a line: those of each thread that has some, the oldest first. */
function summaryOf(machine: MachineView | undefined): string {
  if (machine?.model !== "tso") return "";
  const full = machine.threads.flatMap(({ buffer }, thread) =>
    buffer.length > 0 ? `T${thread}: ${buffer.map((store) => storeText(machine, store)).join(", ")}` : [],
  );
  return full.length > 0 ? full.join(" · ") : "empty";
}

const storeText = ({ base }: MachineView, { variable, address, value }: BufferedStore): string =>
  `${variable ?? `[${address}]`} = ${formatInteger(value, base)}`;

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
  const { address, line } = store;
  const item = new vscode.TreeItem(storeText(machine, store));
  item.id = `T${thread}:${position}`;
  item.description = `${position === 0 ? "drains next · " : ""}line ${line}`;
  item.tooltip = `Stored to address ${address} by line ${line}. T${thread} reads it already; the other threads do not until it drains.`;
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  item.iconPath = new vscode.ThemeIcon(position === 0 ? "arrow-right" : "ellipsis");
  item.contextValue = position === 0 ? "oldestStore" : "store";
  item.command = {
    title: "Show the store",
    command: "vscode.open",
    arguments: [uriOf(machine.path), { selection: new vscode.Range(line - 1, 0, line - 1, 0) }],
  };
  return item;
}
