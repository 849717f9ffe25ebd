import { distinctLocations, finalLocations, type WrittenCheck } from "../check/check.ts";
import { locationText, tracedLocations } from "../check/locations.ts";
import { namedCells } from "../check/named-cells.ts";
import type { Column } from "../litmus/columns.ts";
import { type Shown, shownOf } from "../litmus/shown.ts";
import { checksOf } from "../load/checks.ts";
import { load } from "../load/load.ts";
import type { Program } from "../machine/program.ts";
import { DEFAULT_THREADS, type Model, type State, start } from "../machine/state.ts";
import type { RunOptionValues } from "../options/configuration.ts";
import { traced } from "../options/traced.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { LineMap } from "../text/range.ts";

/** A text made ready to be explored. */
export interface Subject extends Shown {
  readonly program: Program;
  /** Whose answer counts: the model that the text asks for, TSO where it asks for none. */
  readonly judge: Model;
  readonly checks: readonly WrittenCheck[];
  /** The first state. A buffer's capacity must be finite, see `explore`. */
  start(model: Model, bufferCapacity: number): State;
}

/** Where a text comes from, and what a person asked for beside it. */
export interface SubjectOptions {
  /** The file's name, which tells litmus tests from programs; for messages, too. */
  readonly name: string;
  /** Values that win over those of the text. */
  readonly values: RunOptionValues;
}

/**
 * Parses a text and works out what there is to explore.
 * @returns why there is nothing to explore, in one sentence; where the text has errors, its first one
 */
export function subjectOf(
  text: string,
  { name, values }: SubjectOptions,
): Subject | { readonly error: string } {
  const loaded = load(text, { name, values, runLine: true });
  if (loaded.error !== undefined) return { error: loaded.error };
  const { program, configuration } = loaded;
  const found = firstError(loaded.diagnostics);
  if (!program || !configuration || found) return { error: complaint(name, text, found) };
  const threads = configuration.start.threads ?? 0;
  const { checks, diagnostics } = checksOf(program, threads);
  const error = firstError(diagnostics);
  if (error) return { error: complaint(name, text, error) };
  return {
    program,
    judge: loaded.values.model ?? "tso",
    ...(program.dialect === "asm"
      ? { columns: columnsOf(program, checks, loaded.values) }
      : shownOf(program)),
    checks,
    start: (model, bufferCapacity) => start(program, { ...configuration.start, model, bufferCapacity }),
  };
}

/** Of several errors the one that comes first in the text. */
const firstError = (diagnostics: readonly Diagnostic[]): Diagnostic | undefined =>
  diagnostics.filter((d) => d.severity === "error").sort((a, b) => a.range.start - b.range.start)[0];

function complaint(name: string, text: string, error: Diagnostic | undefined): string {
  if (!error) return `${name} has errors`;
  return `${name}, line ${new LineMap(text).position(error.range.start).line + 1}: ${error.message}`;
}

/** The cells that the program names, what -M and -R name, and what the checks name. */
function columnsOf(program: Program, checks: readonly WrittenCheck[], values: RunOptionValues): Column[] {
  const locations = [
    ...namedCells(program),
    ...tracedLocations(traced(program, values), values.threads ?? DEFAULT_THREADS),
    ...checks.flatMap(({ check }) => finalLocations(check)),
  ];
  return distinctLocations(locations).map((observed) => ({
    text: locationText(program, observed),
    observed,
    read: (raw) => raw,
  }));
}
