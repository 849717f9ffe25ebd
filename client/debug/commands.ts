import * as vscode from "vscode";
import type { BranchView } from "../../debugger/views/branches.ts";
import { breakOnCommit } from "./commit-breakpoint.ts";
import { DEBUG_TYPE } from "./configuration.ts";
import type { MachineModel } from "./machine-model.ts";
import { ask, threadIdOf } from "./session.ts";
import { nameOf } from "./uri.ts";

/** Commands by their name behind `interleave.`. */
type Commands = Readonly<Record<string, (argument?: unknown) => unknown>>;

export const debugCommands = (model: MachineModel): Commands => ({
  drain: (thread) => ask("drain", { threadId: threadIdOf(thread) }),
  drainAll: (thread) => ask("drain", { threadId: threadIdOf(thread), count: "all" }),
  drainEverything: () => drainEverything(model),
  runThread: (thread) => ask("runThread", { threadId: threadIdOf(thread) }),
  reverseStepOver: (thread) => ask("reverseStepOver", { threadId: threadIdOf(thread) }),
  runToHere: () => runToHere(model),
  takeTransition: () => takeTransition(model),
  goto: () => goTo(model),
  returnToBranch,
  toggleStepping: () => toggleStepping(model),
  numberFormat: chooseFormat,
  copySchedule,
  copyFlags,
  record: () => record(model),
  replay,
  addThreadBreakpoint: () => addThreadBreakpoint(model),
  breakOnCommit: (cell) => breakOnCommit(model, cell),
});

export const registerCommands = (commands: Commands): vscode.Disposable[] =>
  Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`interleave.${name}`, run));

/** Runs the focused thread to the cursor. */
async function runToHere({ current }: MachineModel): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !current || nameOf(editor.document.uri) !== current.path) {
    void vscode.window.showInformationMessage("Put the cursor into the program that is being debugged.");
    return;
  }
  await ask("runThread", { threadId: threadIdOf(undefined), line: editor.selection.active.line + 1 });
}

/** Drains the buffers of all threads, thread by thread. */
async function drainEverything({ current }: MachineModel): Promise<void> {
  const waiting = current?.threads.flatMap(({ buffer }, t) => (buffer.length > 0 ? [t] : [])) ?? [];
  for (const thread of waiting) await ask("drain", { threadId: thread + 1, count: "all" });
}

async function takeTransition({ current }: MachineModel): Promise<void> {
  const items = current?.transitions.map((transition) => ({ label: transition.label, transition })) ?? [];
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: "What happens next? All transitions that are possible now",
  });
  if (picked) await ask("take", picked.transition);
}

async function goTo({ current }: MachineModel): Promise<void> {
  if (!current) return;
  const { index, length } = current;
  const typed = await vscode.window.showInputBox({
    prompt: `Travel to the state after how many transitions? (0 to ${length}; now ${index})`,
    value: String(index),
    validateInput: (text) =>
      /^\d+$/.test(text) && Number(text) <= length ? undefined : `a number from 0 to ${length}`,
  });
  if (typed !== undefined) await ask("goto", { index: Number(typed) });
}

async function returnToBranch(): Promise<void> {
  const answer = await ask<{ branches: BranchView[] }>("branches");
  if (!answer) return;
  const others = answer.branches.filter((branch) => !branch.isPresent);
  if (others.length === 0) {
    void vscode.window.showInformationMessage(
      "There is one branch only. Go back in time and let something else happen: the way that was gone is kept.",
    );
    return;
  }
  const items = others.map(({ id, from, fork, length, schedule }) => ({
    label: `Branch ${id}`,
    description: `${length} transitions, parts from branch ${from} after ${fork}`,
    detail: schedule,
    id,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: "Which way that was gone before? The present one is kept",
    matchOnDetail: true,
  });
  if (picked) await ask("branch", { id: picked.id });
}

async function toggleStepping({ current }: MachineModel): Promise<void> {
  const stepping = current?.stepping === "thread" ? "schedule" : "thread";
  if (!(await ask("stepping", { stepping }))) return;
  const told =
    stepping === "thread"
      ? "A step moves the focused thread alone."
      : "A step moves whoever the scheduler picks.";
  void vscode.window.setStatusBarMessage(told, 4000);
}

async function chooseFormat(): Promise<void> {
  const bases = ["decimal", "hexadecimal", "binary"];
  const base = await vscode.window.showQuickPick(bases, {
    placeHolder: "How are numbers shown in all views?",
  });
  if (base) await ask("format", { base });
}

interface Schedule {
  readonly text: string;
  readonly flags?: string;
}

async function copySchedule(): Promise<void> {
  const schedule = await ask<Schedule>("schedule");
  if (schedule) await copy(schedule.text, "The schedule is on the clipboard.");
}

async function copyFlags(): Promise<void> {
  const schedule = await ask<Schedule>("schedule");
  if (schedule?.flags) await copy(schedule.flags, `\`${schedule.flags}\` is on the clipboard.`);
  else if (schedule)
    void vscode.window.showInformationMessage(
      "No flags of x86.py run these transitions: it knows neither store buffers nor changes by hand. Copy the schedule instead.",
    );
}

async function copy(text: string, told: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(told, 4000);
}

async function record({ current }: MachineModel): Promise<void> {
  const recording = await ask<{ text: string }>("record");
  if (!recording) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${(current?.program ?? "run").replace(/\.\w+$/, "")}.recording`;
  const uri = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { "Interleave recording": ["recording"] },
    title: "Record the run so far",
  });
  if (uri) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(recording.text));
}

/** Starts debugging the open program along a recording. */
async function replay(): Promise<void> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      filters: { "Interleave recording": ["recording"] },
      title: "Replay a recording of the open program",
    })) ?? [];
  if (!uri) return;
  const folder = vscode.workspace.workspaceFolders?.[0];
  await vscode.debug.startDebugging(folder, {
    type: DEBUG_TYPE,
    request: "launch",
    name: "Replay",
    recording: nameOf(uri),
  });
}

/** Adds a breakpoint at the cursor that only one thread stops at. */
async function addThreadBreakpoint({ current }: MachineModel): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const threads = (current?.threads ?? [0, 1, 2, 3]).map((_, t) => `T${t}`);
  const picked = await vscode.window.showQuickPick(threads, { placeHolder: "Which thread stops here?" });
  if (picked === undefined) return;
  const place = new vscode.Location(editor.document.uri, editor.selection.active.with({ character: 0 }));
  const condition = `tid == ${picked.slice(1)}`;
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place, true, condition)]);
}
