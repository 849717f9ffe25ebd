import { readFileSync } from "node:fs";
import { explainFault, type Fault, faultRange } from "../core/machine/fault.ts";
import type { Program } from "../core/machine/program.ts";
import { type Diagnostic, formatDiagnostic } from "../core/text/diagnostic.ts";
import { LineMap } from "../core/text/range.ts";
import { EXIT, Failure } from "./exit.ts";
import { complain } from "./output.ts";

/**
 * The one file that a command is about, or a failure that says how to call it.
 * @param what what such a file is, as in `program`
 */
export function onlyFile(command: string, words: readonly string[], what = "program"): string {
  const [file, more] = words;
  if (!file) {
    throw new Failure(
      EXIT.USAGE,
      `error: no ${what} named: interleave ${command} ${what === "program" ? "FILE" : what.toUpperCase()}`,
    );
  }
  if (more !== undefined) {
    throw new Failure(EXIT.USAGE, `error: one ${what} at a time; \`${more}\` is one too many`);
  }
  return file;
}

/** Reads a text file as UTF-8, or fails with a sentence that says why it cannot be read. */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Failure(
      EXIT.FAILED,
      `${file}: error: ${REASONS[(error as NodeJS.ErrnoException).code ?? ""] ?? String(error)}`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Failure(EXIT.FAILED, `${file}:1:1: error: the file is not text in UTF-8`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a directory, not a program",
  EACCES: "no permission to read the file",
};

/** Errors shown in full; a file of noise would otherwise bury its first one. */
export const MOST_SHOWN = 20;

/** Writes diagnostics to stderr in the order of the text, the errors capped. */
export function complainAbout(file: string, text: string, diagnostics: readonly Diagnostic[]): void {
  const lines = new LineMap(text);
  const sorted = [...diagnostics].sort((a, b) => a.range.start - b.range.start);
  for (const diagnostic of sorted.slice(0, MOST_SHOWN)) complain(formatDiagnostic(file, lines, diagnostic));
  if (sorted.length > MOST_SHOWN) complain(`${file}: … and ${sorted.length - MOST_SHOWN} more`);
}

/** Explains a fault on stderr, with its place and a caret. */
export function complainAboutFault(program: Program, fault: Fault): void {
  const range = faultRange(program, fault) ?? { start: 0, end: 0 };
  const message = explainFault(program, fault);
  complainAbout(program.name, program.text, [{ code: fault.kind, severity: "error", message, range }]);
}
