import * as vscode from "vscode";
import type { Answer, CheckAnswer, Trouble } from "../../core/explore/answer.ts";
import type { Range } from "../../core/text/range.ts";
import type { LiveAnswers } from "./live.ts";
import { markOf, nameOf } from "./words.ts";

/** Reports failed checks, with what their witness does as related places, and whatever else goes wrong in some interleaving. */
export function reportDiagnostics(answers: LiveAnswers): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("interleave.explore");
  const subscription = answers.onDidChange((document) => {
    const answer = answers.get(document);
    collection.set(document.uri, answer && !document.isClosed ? diagnosticsOf(document, answer) : undefined);
  });
  return vscode.Disposable.from(collection, subscription);
}

function diagnosticsOf(document: vscode.TextDocument, answer: Answer): vscode.Diagnostic[] {
  const failed = answer.checks.filter((c) => markOf(c, answer.judge) === "failed");
  return [
    ...failed.flatMap((check) => failedCheck(document, check, answer)),
    ...answer.troubles.map((trouble) => troubleDiagnostic(document, trouble)),
  ];
}

function failedCheck(document: vscode.TextDocument, check: CheckAnswer, answer: Answer): vscode.Diagnostic[] {
  const { text, kind, range, story } = check;
  if (!range) return [];
  const model = nameOf(answer.models[answer.judge]!.model);
  const why = kind === "exists" ? "no run ends so" : "there is a run that breaks it";
  const message = `\`${text}\` fails under ${model}: ${why}`;
  const diagnostic = make(document, range, message, vscode.DiagnosticSeverity.Error, "failed-check");
  diagnostic.relatedInformation = story.map(
    (happening, i) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(document.uri, rangeIn(document, happening.range)),
        `${i + 1}. ${happening.message}`,
      ),
  );
  return [diagnostic];
}

function troubleDiagnostic(document: vscode.TextDocument, { kind, message, range, witness }: Trouble) {
  const after = witness ? ` (under ${nameOf(witness.model)} after ${witness.schedule || "nothing"})` : "";
  const severity = kind === "fault" ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  return make(document, range ?? { start: 0, end: 0 }, `${message}${after}`, severity, kind);
}

function make(
  document: vscode.TextDocument,
  range: Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
  code: string,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeIn(document, range), message, severity);
  diagnostic.source = "interleave";
  diagnostic.code = code;
  return diagnostic;
}

const rangeIn = (document: vscode.TextDocument, { start, end }: Range): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));
