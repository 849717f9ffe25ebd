import { registerNumber } from "../isa/registers.ts";
import { litmusSubject } from "../litmus/subject.ts";
import { latest } from "../machine/describe.ts";
import type { Program } from "../machine/program.ts";
import { type Model, type State, start } from "../machine/state.ts";
import { decimalInteger } from "../options/parse.ts";
import type { RunOptionValues } from "../run/configuration.ts";
import { load } from "../run/load.ts";
import { hasErrors } from "../text/diagnostic.ts";
import { checksOf, type WrittenCheck } from "./checks.ts";
import { declaredCells, locationText } from "./locations.ts";
import { distinctLocations, isAboutEveryState, type Location, type Lookup } from "./observation.ts";

/** One of the things that outcomes are made of. */
export interface Column {
  /** How a person writes it: `count`, `0:EAX`. */
  readonly text: string;
  readonly observed: Location;
  /** What a raw value means there. */
  read(raw: number): number;
}

/** A text made ready to be explored. */
export interface Subject {
  readonly program: Program;
  /** Whose answer counts: the model that the text asks for, TSO where it asks for none. */
  readonly judge: Model;
  readonly columns: readonly Column[];
  readonly checks: readonly WrittenCheck[];
  /** Whether a final state counts; all do if it is left out. */
  readonly filter?: { readonly locations: readonly Location[]; holds(lookup: Lookup): boolean };
  /** The first state. A buffer's capacity must be finite, see `explore`. */
  start(model: Model, bufferCapacity: number): State;
}

/** Where a text comes from, and what a person asked for beside it. */
export interface SubjectOptions {
  /** The file's name, for messages. */
  readonly name: string;
  readonly language: "asm" | "litmus";
  /** Values that win over those of the text. */
  readonly values: RunOptionValues;
}

/**
 * Parses a text and works out what there is to explore.
 * @returns why there is nothing to explore, in one sentence; where the text has errors its diagnostics tell which
 */
export const subjectOf = (text: string, options: SubjectOptions): Subject | { readonly error: string } =>
  options.language === "litmus" ? litmusSubject(text, options) : asmSubject(text, options);

function asmSubject(text: string, { name, values }: SubjectOptions): Subject | { readonly error: string } {
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
    columns: distinctLocations([
      ...declaredCells(program),
      ...tracedLocations(program, threads, loaded.values),
      ...checks.flatMap(finalLocations),
    ]).map((observed) => ({ text: locationText(program, observed), observed, read: (raw) => raw })),
    checks,
    start: (model, bufferCapacity) => start(program, { ...configuration.start, model, bufferCapacity }),
  };
}

const finalLocations = ({ check }: WrittenCheck): readonly Location[] =>
  isAboutEveryState(check) || check.kind === "mutex" ? [] : check.proposition.locations;

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
