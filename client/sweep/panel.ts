import * as vscode from "vscode";
import { formatRanges, parseIntervals } from "../../core/options/ranges.ts";
import { DEBUG_TYPE } from "../debug/configuration.ts";
import { nameOf } from "../debug/uri.ts";
import { documentOf, fileName } from "../explore/documents.ts";
import { pageHtml, pagesFolder } from "../page/page.ts";
import type { FromPanel, ToPanel } from "../webview/messages.ts";
import { type SweepState, sweepContent } from "./content.ts";
import { sweepIntervals } from "./sweep.ts";

const DEFAULT_INTERVALS = "1-50";

/** Milliseconds without a keystroke after which a changed text is run again. */
const PAUSE = 250;

/** Milliseconds of running between two looks at everything else in the editor. */
const SLICE = 20;

/** The command that runs a program once for each of several interrupt intervals, and shows what that comes to. */
export const registerSweep = ({ extensionUri }: vscode.ExtensionContext): vscode.Disposable =>
  vscode.commands.registerCommand("interleave.sweep", async (argument?: unknown) => {
    const document = await documentOf(argument);
    const intervals = document && (await askForIntervals(DEFAULT_INTERVALS));
    if (intervals) openSweep(extensionUri, document, intervals);
  });

async function askForIntervals(value: string): Promise<readonly number[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: "Sweep Over Interrupt Intervals",
    prompt: "Instructions between interrupts, as in 1-50 or 1,3,10-20: one run for each",
    value,
    validateInput: (typed) => {
      const read = parseIntervals(typed);
      return "error" in read ? read.error : undefined;
    },
  });
  if (text === undefined) return undefined;
  const intervals = parseIntervals(text);
  return "error" in intervals ? undefined : intervals;
}

function openSweep(
  extensionUri: vscode.Uri,
  document: vscode.TextDocument,
  intervals: readonly number[],
): void {
  const { uri } = document;
  const name = fileName(uri);
  const panel = vscode.window.createWebviewPanel(
    "interleave.sweep",
    `Sweep: ${name}`,
    vscode.ViewColumn.Beside,
    { enableScripts: true, localResourceRoots: [pagesFolder(extensionUri)] },
  );
  let state: SweepState = { name, intervals };
  let text = document.getText();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The newest sweep; an older one ends when it sees that it is not that any more. */
  let newest = 0;

  const show = (next: SweepState): void => {
    state = next;
    const content: ToPanel = { type: "content", html: sweepContent(state).text };
    void panel.webview.postMessage(content);
  };
  const run = async (): Promise<void> => {
    const own = ++newest;
    const work = sweepIntervals(text, name, state.intervals);
    let slice = Date.now();
    for (let done = 0; own === newest; done++) {
      const { done: isOver, value } = work.next();
      const { done: _, error: __, ...rest } = state;
      if (isOver)
        return show("error" in value ? { ...rest, error: value.error } : { ...rest, result: value });
      if (Date.now() - slice < SLICE) continue;
      show({ ...rest, done });
      await new Promise((resolve) => setTimeout(resolve));
      slice = Date.now();
    }
  };
  const change = async (): Promise<void> => {
    const chosen = await askForIntervals(formatRanges(state.intervals));
    if (!chosen) return;
    state = { ...state, intervals: chosen };
    await run();
  };
  const stop = (): void => {
    newest++;
    const { done: _, ...rest } = state;
    show({ ...rest, error: "Stopped." });
  };
  const debug = (interval: number): void => {
    void vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), {
      type: DEBUG_TYPE,
      request: "launch",
      name: `${name} with -i ${interval}`,
      program: nameOf(uri),
      args: `-i ${interval}`,
      drain: state.result?.drain,
      stepping: "schedule",
    });
  };
  panel.webview.onDidReceiveMessage((message: FromPanel) => {
    if (message.type === "ready") show(state);
    if (message.type !== "action") return;
    const { action, args } = message;
    if (action === "change") void change();
    else if (action === "stop") stop();
    else if (action === "debug") debug(Number(args["interval"]));
    else if (action === "explore") void vscode.commands.executeCommand("interleave.explore", uri);
  });
  const typing = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document.uri.toString() !== uri.toString()) return;
    text = event.document.getText();
    clearTimeout(timer);
    timer = setTimeout(() => void run(), PAUSE);
  });
  panel.onDidDispose(() => {
    newest++;
    clearTimeout(timer);
    typing.dispose();
  });
  panel.webview.html = pageHtml(panel.webview, extensionUri, { name: "outcomes", title: `Sweep of ${name}` });
  void run();
}
