import * as vscode from "vscode";
import type { Witness } from "../../../core/explore/answer.ts";
import type { Question } from "../../../core/explore/question.ts";
import type { Backend } from "../../../hardware/emit.ts";
import { pageHtml, pagesFolder } from "../../page/page.ts";
import type { FromPanel, ToPanel } from "../../webview/messages.ts";
import { fileName } from "../documents.ts";
import type { Explorer } from "../explorer.ts";
import { showGraph } from "../graph/panel.ts";
import type { Processor } from "../hardware/processor.ts";
import { createCpuRunner } from "../hardware/runs.ts";
import { canRun } from "../hardware/trust.ts";
import { copySchedule, debugWitness, type LaunchAttributes } from "../witness.ts";
import { type OutcomesState, outcomesContent } from "./content.ts";

/** Milliseconds without a keystroke after which a changed text is explored again. */
const PAUSE = 250;

/** Milliseconds of exploring before its progress is shown. */
const PATIENCE = 200;

/** Runs on the processor that a person asked for, and can stop: some seconds, in which rare outcomes show. */
const RUNS = 10_000_000;

/** The view of a text's outcomes, which are found again whenever the text changes. */
export interface OutcomesPanel {
  reveal(): void;
  /** Runs the text on the real processor once it is explored, and shows what is seen beside what the models allow. */
  runOnThisCpu(backend: Backend): Promise<void>;
  readonly onDidDispose: vscode.Event<void>;
}

export interface OutcomesOptions {
  readonly extensionUri: vscode.Uri;
  readonly explorer: Explorer;
  readonly processor: Processor;
  readonly document: vscode.TextDocument;
  /** What to ask about the text as it is now. */
  readonly question: (text: string) => Question;
  /** Launch attributes with which witnesses are debugged. */
  readonly launch?: LaunchAttributes;
}

export function openOutcomes(options: OutcomesOptions): OutcomesPanel {
  const { extensionUri, explorer, processor, document, question, launch } = options;
  const { uri } = document;
  const name = fileName(uri);
  // A document that is closed is not kept up to date.
  let text = document.getText();
  const panel = vscode.window.createWebviewPanel(
    "interleave.outcomes",
    `Outcomes: ${name}`,
    vscode.ViewColumn.Beside,
    { enableScripts: true, localResourceRoots: [pagesFolder(extensionUri)] },
  );
  let state: OutcomesState = { name };
  let running: vscode.CancellationTokenSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let answered: Question | undefined;

  const show = (change: Partial<OutcomesState>): void => {
    state = { ...state, ...change, offersKvm: processor.hindrance("kvm") === undefined };
    const content: ToPanel = { type: "content", html: outcomesContent(state).text };
    void panel.webview.postMessage(content);
  };
  const runner = createCpuRunner(processor, (cpu) => show({ cpu }));
  const explore = async (): Promise<void> => {
    running?.cancel();
    runner.drop();
    answered = undefined;
    const { cpu: _, ...kept } = state;
    state = kept;
    const source = new vscode.CancellationTokenSource();
    running = source;
    const began = Date.now();
    const asked = question(text);
    const result = await explorer.ask(asked, {
      token: source.token,
      onProgress: (progress) => {
        if (running === source && Date.now() - began > PATIENCE) show({ progress });
      },
    });
    if (running !== source) return;
    running = undefined;
    const { progress: __, error: ___, ...rest } = state;
    const from = asked.from === undefined ? {} : { from: asked.from };
    state =
      "error" in result ? { ...rest, ...from, error: result.error } : { ...rest, ...from, answer: result };
    if (!("error" in result)) answered = asked;
    show({});
  };
  let exploring = explore();
  const runOnThisCpu = async (backend: Backend): Promise<void> => {
    await exploring;
    if (answered) await runner.start({ ...answered, runs: RUNS, backend });
  };
  const receive = (message: FromPanel): void => {
    if (message.type === "ready") show({});
    if (message.type !== "action") return;
    const { action, args } = message;
    const witness: Witness = {
      model: args["model"] === "sc" ? "sc" : "tso",
      schedule: args["schedule"] ?? "",
      length: Number(args["length"]),
    };
    if (action === "stop") running?.cancel();
    else if (action === "stop-cpu") runner.stop();
    else if (action === "run-cpu") {
      const backend = args["backend"] === "kvm" ? "kvm" : "threads";
      void (canRun(processor, backend) && runOnThisCpu(backend));
    } else if (action === "debug") void debugWitness(uri, witness, launch);
    else if (action === "copy") void copySchedule(witness);
    else if (action === "graph") showGraph(extensionUri, uri, question(text), witness);
  };
  const subscriptions = [
    panel.webview.onDidReceiveMessage(receive),
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document.uri.toString() !== uri.toString()) return;
      text = event.document.getText();
      clearTimeout(timer);
      timer = setTimeout(() => {
        exploring = explore();
      }, PAUSE);
    }),
  ];
  panel.onDidDispose(() => {
    clearTimeout(timer);
    const source = running;
    running = undefined;
    source?.cancel();
    runner.drop();
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.html = pageHtml(panel.webview, extensionUri, {
    name: "outcomes",
    title: `Outcomes of ${name}`,
  });
  return { reveal: () => panel.reveal(), runOnThisCpu, onDidDispose: panel.onDidDispose };
}
