import * as vscode from "vscode";
import type { Answer, CheckAnswer } from "../../../core/explore/answer.ts";
import { questionAbout } from "../documents.ts";
import type { Explorer } from "../explorer.ts";
import { ON_DEMAND } from "../limits.ts";
import { debugWitness } from "../witness.ts";
import { failuresText, markOf, verdictText } from "../words.ts";
import { answerText } from "./table.ts";

/** Questions that wait in the worker at once, so that it never waits for us. */
const AT_ONCE = 8;

/** Of each file: together they need no more memory than one question of a person. */
const LIMITS = { ...ON_DEMAND, maxBytes: ON_DEMAND.maxBytes / AT_ONCE };

/** A file that is to be run, and which of its checks count. */
export interface WantedFile {
  readonly item: vscode.TestItem;
  readonly uri: vscode.Uri;
  /** By index; the file itself is judged if all are wanted. */
  readonly checks: ReadonlyMap<number, vscode.TestItem>;
}

/** Explores the files and tells the run what came out. */
export async function runFiles(
  explorer: Explorer,
  run: vscode.TestRun,
  files: readonly WantedFile[],
): Promise<void> {
  const left = [...files].reverse();
  for (const { item, checks } of files) for (const i of [item, ...checks.values()]) run.enqueued(i);
  const next = async (): Promise<void> => {
    for (let file = left.pop(); file && !run.token.isCancellationRequested; file = left.pop()) {
      await runFile(explorer, run, file);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

async function runFile(
  explorer: Explorer,
  run: vscode.TestRun,
  { item, uri, checks }: WantedFile,
): Promise<void> {
  const all = [item, ...checks.values()];
  for (const i of all) run.started(i);
  const began = Date.now();
  const question = questionAbout(uri, await textOf(uri), LIMITS);
  const answer = await explorer.ask(question, { token: run.token });
  const duration = Date.now() - began;
  if ("error" in answer) {
    for (const i of all) run.errored(i, new vscode.TestMessage(answer.error), duration);
    return;
  }
  run.appendOutput(`${item.label}\r\n${answerText(answer).replace(/\n/g, "\r\n")}\r\n\r\n`, undefined, item);
  for (const [index, child] of checks) judge(run, child, answer, answer.checks[index], duration);
  judgeFile(run, item, answer, duration);
}

function judge(
  run: vscode.TestRun,
  item: vscode.TestItem,
  answer: Answer,
  check: CheckAnswer | undefined,
  duration: number,
): void {
  if (!check) {
    run.errored(item, new vscode.TestMessage("this check was not understood"), duration);
    return;
  }
  const mark = markOf(check, answer.judge);
  if (mark === "passed") run.passed(item, duration);
  else if (mark === "failed")
    run.failed(item, messageOf(item, `${check.text} ${verdictText(check, answer)}`, answer), duration);
  else run.errored(item, messageOf(item, "stopped before the answer was certain", answer), duration);
}

/** A file fails where a check does, and where a run can go wrong in another way. */
function judgeFile(run: vscode.TestRun, item: vscode.TestItem, answer: Answer, duration: number): void {
  const fault = answer.troubles.find((t) => t.kind === "fault")?.message;
  const failure = failuresText(answer) ?? fault;
  const unknown = answer.checks.some((c) => markOf(c, answer.judge) === "unknown");
  if (failure !== undefined) run.failed(item, messageOf(item, failure, answer), duration);
  else if (unknown)
    run.errored(item, messageOf(item, "stopped before the answer was certain", answer), duration);
  else run.passed(item, duration);
}

function messageOf({ uri, range }: vscode.TestItem, headline: string, answer: Answer): vscode.TestMessage {
  const text = new vscode.MarkdownString().appendText(headline).appendCodeblock(answerText(answer), "text");
  const message = new vscode.TestMessage(text);
  if (uri && range) message.location = new vscode.Location(uri, range);
  return message;
}

/** Debugs the witness of the first failure among the wanted checks; where nothing fails, of an example. */
export async function debugFile(
  explorer: Explorer,
  run: vscode.TestRun,
  { uri, checks }: WantedFile,
): Promise<void> {
  const question = questionAbout(uri, await textOf(uri), ON_DEMAND);
  const answer = await explorer.ask(question, { token: run.token });
  if ("error" in answer) {
    void vscode.window.showErrorMessage(answer.error);
    return;
  }
  const wanted = [...checks.keys()].flatMap((index) => answer.checks[index] ?? []);
  const verdicts = wanted.map((check) => check.verdicts[answer.judge]!);
  const witnesses = [
    ...verdicts.filter((v) => v.holds === false).map((v) => v.witness),
    ...verdicts.map((v) => v.witness),
    ...answer.outcomes.flatMap((o) => o.byModel.map((found) => found?.witness)),
  ];
  const witness = witnesses.find((w) => w !== undefined);
  if (witness) await debugWitness(uri, witness);
  else void vscode.window.showInformationMessage("No run comes to an end, so there is no witness to debug.");
}

/** The text as the editor has it, saved or not, otherwise the file's. */
export async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
  return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
