import type { DebugProtocol } from "@vscode/debugprotocol";
import type { WrittenCheck } from "../core/check/check.ts";
import { SP } from "../core/isa/registers.ts";
import { load } from "../core/load/load.ts";
import type { Program } from "../core/machine/program.ts";
import { register } from "../core/machine/state.ts";
import type { Configuration, RunOptionValues } from "../core/options/configuration.ts";
import { type Chooser, createChooser, forgetFrom } from "../core/run/chooser.ts";
import { createRun } from "../core/run/run.ts";
import { createTrace, type Trace } from "../core/run/trace.ts";
import { formatDiagnostic } from "../core/text/diagnostic.ts";
import { LineMap } from "../core/text/range.ts";
import { readChecks } from "./checks.ts";
import type { Launch, Stepping } from "./launch.ts";
import { UserError } from "./user-error.ts";

/** A program being debugged: its text, its run with the whole history, and who moves next. */
export interface Debuggee {
  readonly launch: Launch;
  readonly program: Program;
  readonly source: DebugProtocol.Source;
  readonly lines: LineMap;
  readonly configuration: Configuration;
  /** Option values that make this start again. */
  readonly values: RunOptionValues;
  readonly trace: Trace;
  readonly chooser: Chooser;
  readonly checks: readonly WrittenCheck[];
  /** Where each thread's stack begins: its stack pointer at the start. Litmus tests have no stacks. */
  readonly stackBases: readonly number[];
  /** Checks about every state that the present one breaks, so that each is told when it begins to. */
  broken: readonly WrittenCheck[];
  /** How often what lay ahead was replaced, and from which index on the last time. */
  forks: number;
  forkedAt: number;
  /** Can be switched while stopped. */
  stepping: Stepping;
}

/** Must be called when what was recorded from an index on was replaced. */
export function noteFork(debuggee: Debuggee, index: number): void {
  debuggee.forks++;
  debuggee.forkedAt = index;
  forgetFrom(debuggee.chooser, index);
}

/** The last part of a path or URI. */
export const fileName = (path: string): string => path.slice(path.search(/[^/\\:]*$/));

/**
 * Assembles a program and starts it.
 * @throws UserError that tells every error of the text
 */
export function createDebuggee(launch: Launch, text: string): Debuggee {
  const name = fileName(launch.program);
  const lines = new LineMap(text);
  const loaded = load(text, { name, values: launch.values, runLine: true });
  const errors = loaded.diagnostics.filter((d) => d.severity === "error");
  if (errors.length > 0) {
    throw new UserError(errors.map((d) => formatDiagnostic(name, lines, d)).join("\n"));
  }
  if (loaded.error !== undefined) throw new UserError(loaded.error);
  const { program, values } = loaded;
  const { start, drain, ...rest } = loaded.configuration!;
  const policy = launch.drain ?? (values.drain === undefined && start.model === "tso" ? "manual" : drain);
  const configuration: Configuration = { ...rest, start, drain: policy };
  const { state } = createRun(program!, configuration);
  const trace = createTrace(state);
  return {
    launch,
    program: program!,
    source: { name, path: launch.program },
    lines,
    configuration,
    values,
    trace,
    chooser: createChooser(configuration, trace),
    checks: readChecks(program!, state.threadCount, launch.checks),
    stackBases:
      program!.dialect === "asm"
        ? Array.from({ length: state.threadCount }, (_, t) => register(state, t, SP))
        : [],
    broken: [],
    forks: 0,
    forkedAt: 0,
    stepping: launch.stepping,
  };
}

/** Whether two paths or URIs mean the same file, as far as their text tells: drives are written in either case, URIs with or without escapes. */
export const sameFile = (a: string, b: string): boolean => tidy(a) === tidy(b);

function tidy(name: string): string {
  const path = name.replaceAll("\\", "/").replace(/^([A-Za-z]):/, (drive) => drive.toLowerCase());
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a path with a percent sign
  }
}
