import { type ControlFlow, controlFlow } from "../core/analysis/control-flow.ts";
import { findWarnings } from "../core/analysis/warnings.ts";
import type { Assembly } from "../core/asm/assemble.ts";
import { indexNames, type Names } from "../core/asm/names.ts";
import type { Line, Tree } from "../core/asm/tree.ts";
import type { Program } from "../core/machine/program.ts";
import { DEFAULT_THREADS } from "../core/machine/state.ts";
import { load } from "../core/run/load.ts";
import type { Diagnostic } from "../core/text/diagnostic.ts";
import type { LineMap } from "../core/text/range.ts";

/** One version of a `.s` text with all that the features ask about it. Immutable; what takes time is worked out when first asked for. */
export interface AsmDocument {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineMap;
  readonly tree: Tree;
  readonly assembly: Assembly;
  readonly names: Names;
  /** Errors of syntax, names and `#@` lines. */
  readonly errors: readonly Diagnostic[];
  /** What is legal and probably not meant. */
  readonly warnings: () => readonly Diagnostic[];
  /** The program and the ways through it, where the text is free of errors. */
  readonly analysis: () => Analysis | undefined;
}

export interface Analysis {
  readonly program: Program;
  readonly flow: ControlFlow;
  /** Number of threads that the `#@ run` line asks for. */
  readonly threads: number;
}

/** Parses and assembles a text. Never throws. */
export function readDocument(uri: string, text: string): AsmDocument {
  const { tree, assembly, diagnostics, program, values } = load(text, {
    name: uri,
    values: {},
    runLine: true,
  });
  const names = indexNames(tree);
  const analysis = once(
    () => program && { program, flow: controlFlow(program), threads: values.threads ?? DEFAULT_THREADS },
  );
  const warnings = once(() => findWarnings({ tree, assembly, names, ...analysis() }));
  return { uri, text, lines: tree.lines, tree, assembly, names, errors: diagnostics, warnings, analysis };
}

function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined;
  return () => {
    done ??= { result: work() };
    return done.result;
  };
}

/** The parsed line (from 0); a blank one behind the end of the text. */
export const lineAt = ({ tree, text }: AsmDocument, line: number): Line =>
  tree.nodes[line] ?? { kind: "blank", range: { start: text.length, end: text.length }, comment: undefined };
