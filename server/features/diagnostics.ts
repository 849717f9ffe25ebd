import type * as lsp from "vscode-languageserver";
import { DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import type { Diagnostic, Severity } from "../../core/text/diagnostic.ts";
import type { JudgedText } from "../document.ts";
import { toRange } from "../positions.ts";
import type { Settings } from "../settings.ts";

/** What the diagnostics of a text depend on beside the text. */
export interface DiagnosticOptions {
  readonly warnings: Settings["warnings"];
  /** Address of the page that explains each warning in a section of its name, where there is one. */
  readonly documentation?: string;
}

/** More than these nobody reads, and editors get slow. */
const MOST_SHOWN = 1000;

/** All errors and warnings of a text, errors first. */
export function diagnostics(document: JudgedText, options: DiagnosticOptions): lsp.Diagnostic[] {
  const problems = shownProblems(document, options.warnings);
  const shown = problems.slice(0, MOST_SHOWN).map((problem) => toDiagnostic(document, problem, options));
  if (problems.length > MOST_SHOWN) {
    shown.push({
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      severity: DiagnosticSeverity.Information,
      source: "interleave",
      message: `${problems.length - MOST_SHOWN} more problems are not shown`,
    });
  }
  return shown;
}

/** The problems of a text with the severities that the settings give them; what is switched off is left out. */
export function shownProblems(document: JudgedText, overrides: Settings["warnings"]): Diagnostic[] {
  const shown: Diagnostic[] = [];
  for (const problem of [...document.errors, ...document.warnings]) {
    const severity = problem.severity === "error" ? "error" : (overrides[problem.code] ?? problem.severity);
    if (severity !== "off") shown.push(severity === problem.severity ? problem : { ...problem, severity });
  }
  return shown;
}

export function toDiagnostic(
  { uri, lines }: JudgedText,
  problem: Diagnostic,
  { documentation }: DiagnosticOptions,
): lsp.Diagnostic {
  const { code, severity, message, range, related, unnecessary } = problem;
  const explained = documentation !== undefined && severity !== "error";
  return {
    code,
    source: "interleave",
    message,
    severity: SEVERITIES[severity],
    range: toRange(lines, range),
    ...(explained ? { codeDescription: { href: `${documentation}#${code}` } } : {}),
    ...(unnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related
      ? {
          relatedInformation: related.map((r) => ({
            location: { uri, range: toRange(lines, r.range) },
            message: r.message,
          })),
        }
      : {}),
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
