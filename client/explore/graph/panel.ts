import * as vscode from "vscode";
import { executionDot } from "../../../core/execution/dot.ts";
import { type Execution, executionOf } from "../../../core/execution/execution.ts";
import type { Witness } from "../../../core/explore/answer.ts";
import type { Question } from "../../../core/explore/question.ts";
import { subjectOf } from "../../../core/explore/subject.ts";
import { parseSchedule } from "../../../core/schedule/text.ts";
import { html } from "../../page/html.ts";
import { pageHtml, pagesFolder } from "../../page/page.ts";
import type { FromPanel, ToPanel } from "../../webview/messages.ts";
import { nameOf } from "../words.ts";

/** Events in a picture; more could not be read. */
const MOST_EVENTS = 120;

/** Opens a picture of what a witness of a program does with memory. */
export function showGraph(
  extensionUri: vscode.Uri,
  program: vscode.Uri,
  question: Pick<Question, "text" | "name" | "values">,
  witness: Witness,
): void {
  const { text, name } = question;
  const subject = subjectOf(text, question);
  if ("error" in subject) {
    void vscode.window.showErrorMessage(subject.error);
    return;
  }
  const start = subject.start(witness.model, Number.POSITIVE_INFINITY);
  const execution = executionOf(start, parseSchedule(witness.schedule).log, MOST_EVENTS);
  const dot = executionDot(subject.program, execution);
  const panel = vscode.window.createWebviewPanel(
    "interleave.graph",
    `Execution: ${name}`,
    vscode.ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [pagesFolder(extensionUri)], retainContextWhenHidden: true },
  );
  const label = `Execution of ${name} under ${nameOf(witness.model)}`;
  const content = frame(label, witness, execution);
  let svg = "";
  panel.webview.onDidReceiveMessage((message: FromPanel) => {
    if (message.type === "ready") {
      const graph: ToPanel = { type: "graph", dot, label };
      void panel.webview.postMessage(graph);
    } else if (message.type === "drawn") svg = message.svg;
    else if (message.type === "action" && message.action === "saveSvg") void save(program, "svg", svg);
    else if (message.type === "action" && message.action === "saveDot") void save(program, "dot", dot);
  });
  panel.webview.html = pageHtml(panel.webview, extensionUri, {
    name: "graph",
    title: label,
    content,
    webAssembly: true,
  });
}

const frame = (label: string, { schedule }: Witness, { events, cut }: Execution) => html`
<header><h1>${label}</h1><span class="tools"><button data-action="saveSvg">Save as SVG</button><button data-action="saveDot">Save as dot</button></span></header>
<p class="quiet">Schedule <code>${schedule || "(nothing to do)"}</code></p>
<ul class="legend"><li class="rf"><strong>rf</strong>reads from</li><li class="co"><strong>co</strong>coherence order</li><li class="fr"><strong>fr</strong>from-read (is overwritten by)</li><li><strong>↓</strong>program order</li></ul>
${events.length === 0 && html`<p class="quiet">This run does not touch memory.</p>`}
${cut && html`<p class="quiet">Only the first ${MOST_EVENTS} events are shown.</p>`}
<div id="picture"></div>`;

async function save(program: vscode.Uri, extension: string, text: string): Promise<void> {
  const path = program.path.replace(/\.\w+$/, "");
  const target = await vscode.window.showSaveDialog({
    defaultUri: program.with({ path: `${path}.${extension}` }),
    filters: extension === "svg" ? { "SVG picture": ["svg"] } : { "Graphviz graph": ["dot"] },
  });
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
