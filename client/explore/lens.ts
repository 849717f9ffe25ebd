import * as vscode from "vscode";
import type { Answer, CheckAnswer } from "../../core/explore/answer.ts";
import type { Processor } from "./hardware/processor.ts";
import type { LiveAnswers } from "./live.ts";
import { failuresText, limitText, markOf, summaryOf, verdictText } from "./words.ts";

/** Shows results in the text: `TSO: 4 outcomes (SC: 3), 1 new` at the top, and each check's verdict above it. */
export function createLensProvider(
  answers: LiveAnswers,
  processor: Processor,
): vscode.CodeLensProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const subscription = vscode.Disposable.from(
    answers.onDidChange(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  );
  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const answer = answers.get(document);
      if (!answer) return [];
      const top = new vscode.Range(0, 0, 0, 0);
      const open = { title: resultLine(answer), command: "interleave.explore", arguments: [document.uri] };
      return [
        new vscode.CodeLens(top, { ...open, tooltip: "Show all outcomes with a witness each" }),
        ...(answer.locations.length > 0 && processor.hindrance("threads") === undefined
          ? [new vscode.CodeLens(top, runOnThisCpu(document))]
          : []),
        ...answer.checks.flatMap((check) => verdictLens(document, check, answer)),
      ];
    },
    dispose() {
      subscription.dispose();
      changed.dispose();
    },
  };
}

const runOnThisCpu = ({ uri }: vscode.TextDocument): vscode.Command => ({
  title: "Run on This CPU",
  tooltip: "See which of the outcomes the real processor shows",
  command: "interleave.runOnThisCpu",
  arguments: [uri],
});

function resultLine(answer: Answer): string {
  const limit = answer.models.find((m) => m.limit !== null)?.limit;
  const parts = [
    summaryOf(answer),
    failuresText(answer),
    limit && `${limitText(limit)} for an answer as you type`,
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}

const SIGNS = { passed: "$(pass)", failed: "$(error)", unknown: "$(question)" };

function verdictLens(document: vscode.TextDocument, check: CheckAnswer, answer: Answer): vscode.CodeLens[] {
  if (!check.range) return [];
  const place = document.positionAt(check.range.start);
  const range = new vscode.Range(place, place);
  const { witness } = check.verdicts[answer.judge]!;
  const mark = markOf(check, answer.judge);
  // The editor drops an ordinary blank behind an icon.
  const title = `${SIGNS[mark]}\u00a0${verdictText(check, answer)}`;
  const verdict = new vscode.CodeLens(range, {
    title,
    command: "interleave.explore",
    arguments: [document.uri],
  });
  if (!witness) return [verdict];
  const what = check.kind === "exists" ? "example" : "counterexample";
  const debug = {
    title: `Debug ${what}`,
    command: "interleave.debugWitness",
    arguments: [document.uri, witness],
  };
  return [verdict, new vscode.CodeLens(range, debug)];
}
