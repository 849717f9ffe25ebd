import * as vscode from "vscode";
import type { Answer } from "../../../core/explore/answer.ts";
import type { NoAnswer } from "../../../core/explore/question.ts";
import { count } from "../../../core/text/count.ts";
import type { Backend } from "../../../hardware/emit.ts";
import { questionAbout } from "../documents.ts";
import type { Explorer } from "../explorer.ts";
import { compareWithSeen, judgeSeen } from "../hardware/columns.ts";
import type { Processor, Seen } from "../hardware/processor.ts";
import { ON_DEMAND } from "../limits.ts";
import { textOf, type WantedFile } from "./run.ts";
import { seenText } from "./table.ts";

const RUNS = 1_000_000;

interface Means {
  readonly explorer: Explorer;
  readonly processor: Processor;
  readonly backend: Backend;
}

/** Runs the files on the real processor, one after another, as each needs all CPUs. */
export async function runFilesOnCpu(
  means: Means,
  run: vscode.TestRun,
  files: readonly WantedFile[],
): Promise<void> {
  for (const file of files) {
    if (run.token.isCancellationRequested) return;
    const all = [file.item, ...file.checks.values()];
    for (const item of all) run.started(item);
    const result = await explorerAndCpu(means, run, file);
    if (run.token.isCancellationRequested) return; // too few runs to say anything
    if ("error" in result) {
      for (const item of all) run.errored(item, new vscode.TestMessage(result.error));
    } else judgeFile(run, file, result);
  }
}

interface Comparison {
  readonly answer: Answer;
  readonly seen: Seen;
}

async function explorerAndCpu(
  { explorer, processor, backend }: Means,
  { token }: vscode.TestRun,
  { uri }: WantedFile,
): Promise<Comparison | NoAnswer> {
  const question = questionAbout(uri, await textOf(uri), ON_DEMAND);
  const answer = await explorer.ask(question, { token });
  if ("error" in answer) return answer;
  const cancel = new AbortController();
  if (token.isCancellationRequested) cancel.abort();
  const subscription = token.onCancellationRequested(() => cancel.abort());
  try {
    const seen = await processor.run({ ...question, runs: RUNS, backend }, { signal: cancel.signal });
    return "error" in seen ? seen : { answer, seen };
  } finally {
    subscription.dispose();
  }
}

/** A check passes or fails where runs decide it; the file fails for what must not be seen. */
function judgeFile(run: vscode.TestRun, { item, checks }: WantedFile, { answer, seen }: Comparison): void {
  const duration = seen.seconds * 1000;
  const text = seenText(answer, seen);
  run.appendOutput(`${item.label}\r\n${text.replace(/\n/g, "\r\n")}\r\n\r\n`, undefined, item);
  const fail = (failed: vscode.TestItem, headline: string): void => {
    const body = new vscode.MarkdownString().appendText(headline).appendCodeblock(text, "text");
    run.failed(failed, new vscode.TestMessage(body), duration);
  };
  const verdicts = answer.checks.map((check, i) => judgeSeen(check, i, seen));
  for (const [index, child] of checks) {
    const holds = verdicts[index];
    if (holds === false) fail(child, `${answer.checks[index]!.text} is refuted by a run`);
    else if (holds) run.passed(child, duration);
    else run.skipped(child);
  }
  if (compareWithSeen(answer, seen).some((row) => row.alarm)) fail(item, "seen, although TSO forbids it");
  else if (seen.faulty > 0) fail(item, `${count(seen.faulty, "run")} ended with a fault`);
  else if (verdicts.includes(false)) fail(item, "a run refutes a check");
  else run.passed(item, duration);
}
