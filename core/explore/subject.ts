import { registerNumber } from "../isa/registers.ts";
import type { Column } from "../litmus/columns.ts";
import { type Shown, shownOf } from "../litmus/shown.ts";
import { latest } from "../machine/describe.ts";
import type { Program } from "../machine/program.ts";
import { DEFAULT_THREADS, type Model, type State, start } from "../machine/state.ts";
import { decimalInteger } from "../options/parse.ts";
import type { RunOptionValues } from "../run/configuration.ts";
import { load } from "../run/load.ts";
import { hasErrors } from "../text/diagnostic.ts";
import { checksOf, type WrittenCheck } from "./checks.ts";
import { declaredCells, locationText } from "./locations.ts";
import { distinctLocations, finalLocations, type Location } from "./observation.ts";

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
 * @returns why there is nothing to explore, in one sentence; where the text has errors its diagnostics tell which
 */
export function subjectOf(
  text: string,
  { name, values }: SubjectOptions,
): Subject | { readonly error: string } {
  const loaded = load(text, { name, values, runLine: true });
  if (loaded.error !== undefined) return { error: loaded.error };
  const { program, configuration } = loaded;
  if (!program || !configuration || hasErrors(loaded.diagnostics)) return { error: `${name} has errors` };
  const threads = configuration.start.threads ?? 0;
  const { checks, diagnostics } = checksOf(program, threads);
  if (diagnostics[0]) return { error: `${name}: ${diagnostics[0].message}` };
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

/** The declared variables, what -M and -R name, and what the checks name. */
function columnsOf(program: Program, checks: readonly WrittenCheck[], values: RunOptionValues): Column[] {
  const locations = [
    ...declaredCells(program),
    ...tracedLocations(program, values),
    ...checks.flatMap(({ check }) => finalLocations(check)),
  ];
  return distinctLocations(locations).map((observed) => ({
    text: locationText(program, observed),
    observed,
    read: (raw) => raw,
  }));
}

/** What -M and -R name; `run` complains about names that there are not. */
function tracedLocations(program: Program, values: RunOptionValues): Location[] {
  const { threads = DEFAULT_THREADS } = values;
  const list = (text = ""): string[] => text.split(",").filter((item) => item !== "");
  const addresses = list(values.memtrace).map(
    (item) => latest(program.variables).find((v) => v.name === item)?.address ?? decimalInteger(item),
  );
  const registers = list(values.regtrace).map(registerNumber);
  return [
    ...addresses.flatMap((address): Location[] =>
      address === undefined ? [] : [{ kind: "memory", address }],
    ),
    ...registers.flatMap((register) =>
      Array.from(
        { length: register < 0 ? 0 : threads },
        (_, thread): Location => ({
          kind: "register",
          thread,
          register,
        }),
      ),
    ),
  ];
}
