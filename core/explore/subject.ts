import { registerNumber } from "../isa/registers.ts";
import { latest } from "../machine/describe.ts";
import type { Program } from "../machine/program.ts";
import { type Model, type State, start } from "../machine/state.ts";
import { decimalInteger } from "../options/parse.ts";
import type { RunOptionValues } from "../run/configuration.ts";
import { load } from "../run/load.ts";
import { hasErrors } from "../text/diagnostic.ts";
import { checksOf, type WrittenCheck } from "./checks.ts";
import { declaredCells } from "./locations.ts";
import type { Location } from "./observation.ts";

/** A text made ready to be explored. */
export interface Subject {
  readonly program: Program;
  /** Whose answer counts: the model that the text asks for, TSO where it asks for none. */
  readonly judge: Model;
  /** What outcomes are made of beside what the checks name. */
  readonly observe: readonly Location[];
  readonly checks: readonly WrittenCheck[];
  /** The first state. A buffer's capacity must be finite, see `explore`. */
  start(model: Model, bufferCapacity: number): State;
}

/** Where a text comes from, and what a person asked for beside it. */
export interface SubjectOptions {
  /** The file's name, for messages. */
  readonly name: string;
  /** Values that win over those of the text. */
  readonly values: RunOptionValues;
}

/**
 * Parses a text and works out what there is to explore.
 * @returns nothing to explore, in one sentence, where the text has errors; its diagnostics tell which
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
    observe: [...declaredCells(program), ...tracedLocations(program, threads, loaded.values)],
    checks,
    start: (model, bufferCapacity) => start(program, { ...configuration.start, model, bufferCapacity }),
  };
}

/** What -M and -R name; `run` complains about names that there are not. */
function tracedLocations(program: Program, threads: number, values: RunOptionValues): Location[] {
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
