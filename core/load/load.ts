import { type Assembly, assemble } from "../asm/assemble.ts";
import { bodyWords } from "../asm/directives.ts";
import { parse } from "../asm/parse.ts";
import type { Tree } from "../asm/tree.ts";
import { cellExchanges } from "../litmus/cell-exchange.ts";
import { lowerLitmus } from "../litmus/lower.ts";
import { parseLitmus } from "../litmus/parse.ts";
import type { LitmusTree } from "../litmus/tree.ts";
import type { Program } from "../machine/program.ts";
import { type Configuration, configure, type RunOptionValues } from "../options/configuration.ts";
import { parseOptions } from "../options/parse.ts";
import { RUN_LINE_OPTIONS } from "../options/run.ts";
import { traced } from "../options/traced.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import type { Range } from "../text/range.ts";

/** A text made ready to run: what could not be made is missing, and the diagnostics or `error` say why. */
export interface Loaded {
  /** Of the text, `#@ run` lines included. */
  readonly diagnostics: readonly Diagnostic[];
  /** All option values that count, those of the `#@ run` line included. */
  readonly values: RunOptionValues;
  readonly program?: Program;
  readonly configuration?: Configuration;
  /** What is wrong with the start configuration, where the text is not to blame. */
  readonly error?: string;
}

/** A loaded `.s` text. */
export interface LoadedAsm extends Loaded {
  readonly tree: Tree;
  readonly assembly: Assembly;
  /** Whether the `#@ run` line is free of errors, so that `values` are what it means. */
  readonly startIsKnown: boolean;
}

export interface LoadOptions {
  /** The file's name: `.litmus` at its end makes the text a litmus test. For messages, too. */
  readonly name: string;
  /** Values that win over the `#@ run` line. */
  readonly values: RunOptionValues;
  /** Whether the `#@ run` line counts; x86.py takes it for a comment. */
  readonly runLine: boolean;
}

export const isLitmusName = (name: string): boolean => name.endsWith(".litmus");

/** Parses a text, makes the program and works out its start configuration. */
export const load = (text: string, options: LoadOptions): Loaded =>
  isLitmusName(options.name) ? loadLitmus(text, options) : loadAsm(parse(text), options);

/** Loads a parsed `.s` text: its `#@ run` line counts first, then `values`. */
export function loadAsm(tree: Tree, { name, values, runLine }: LoadOptions): LoadedAsm {
  const line = runLine ? readRunLines(tree) : { values: {}, diagnostics: [] };
  const all = { ...line.values, ...values };
  const assembly = assemble(tree, {
    name,
    ...(all.loadaddr === undefined ? {} : { loadAddress: all.loadaddr }),
  });
  const named = traced(assembly.draft, line.values).errors;
  const lineErrors = [...line.diagnostics, ...named.flatMap((message) => atLastRunLine(tree, message))];
  const diagnostics = [...assembly.diagnostics, ...lineErrors];
  const startIsKnown = lineErrors.length === 0;
  const loaded = { tree, assembly, diagnostics, values: all, startIsKnown };
  const configuration = configure(all);
  if ("error" in configuration) return { ...loaded, error: configuration.error };
  if (!assembly.program || !startIsKnown) return { ...loaded, configuration };
  return { ...loaded, configuration, program: assembly.program };
}

/** Loads a litmus test, which brings its own threads and start values, and runs under TSO unless `values` say otherwise, as in herd. */
function loadLitmus(text: string, { name, values }: LoadOptions): Loaded {
  const tree = parseLitmus(text);
  const { program, diagnostics, alternatives } = lowerLitmus(tree, name);
  const threads = program?.threads?.length ?? 0;
  const all: RunOptionValues = { model: "tso", ...values, threads };
  const loaded = { diagnostics, values: all };
  if (!program) return loaded;
  if (alternatives.length > 0) return { ...loaded, diagnostics: [...diagnostics, ...orderless(tree)] };
  const misplaced = misplacedFlag(values, threads);
  if (misplaced !== undefined) {
    return {
      ...loaded,
      error: `${misplaced} is for \`.s\` programs; a litmus test says itself how it starts`,
    };
  }
  const configuration = configure(all);
  if ("error" in configuration) return { ...loaded, error: configuration.error };
  return { ...loaded, configuration, program: { ...program, name } };
}

/** A flag that asks a litmus test of so many threads for another start than its own. */
function misplacedFlag(values: RunOptionValues, threads: number): string | undefined {
  if (values.threads !== undefined && values.threads !== threads) return "-t";
  if (values.argv !== undefined) return "-a";
  if (values.loadaddr !== undefined) return "-L";
  return values.memsize === undefined ? undefined : "-m";
}

/** Errors at the exchanges of two memory cells: what writes in two orders has no state that a schedule leads to. */
const orderless = (tree: LitmusTree): Diagnostic[] =>
  cellExchanges(tree).map(({ range }) => ({
    code: "bad-exchange",
    severity: "error",
    message:
      "an exchange of two memory cells, which is no x86 instruction, writes them in either order, and no schedule says in which; only `interleave litmus` follows both",
    range,
  }));

interface RunLines {
  readonly values: RunOptionValues;
  readonly diagnostics: readonly Diagnostic[];
}

/** The flags of all `#@ run` lines together; a later line wins. */
export function readRunLines(tree: Tree): RunLines {
  let values: RunOptionValues = {};
  const diagnostics: Diagnostic[] = [];
  for (const node of tree.nodes) {
    if (node.kind !== "directive" || node.keyword.text !== "run") continue;
    const parsed = parseOptions(
      RUN_LINE_OPTIONS,
      bodyWords(node).map((w) => w.text),
    );
    const error = parsed.error ?? (parsed.words.length ? `\`${parsed.words[0]}\` is not a flag` : undefined);
    if (error === undefined && parsed.error === undefined) values = { ...values, ...parsed.values };
    else diagnostics.push(runLineError(error!, node.body.text === "" ? node.keyword.range : node.body.range));
  }
  const configuration = configure(values);
  if ("error" in configuration) diagnostics.push(...atLastRunLine(tree, configuration.error));
  return { values, diagnostics };
}

/** An error of all `#@ run` lines together, at the last of them. */
function atLastRunLine(tree: Tree, message: string): Diagnostic[] {
  const lines = tree.nodes.flatMap((n) => (n.kind === "directive" && n.keyword.text === "run" ? [n] : []));
  return lines.slice(-1).map(({ body }) => runLineError(message, body.range));
}

const runLineError = (message: string, range: Range): Diagnostic => ({
  code: "bad-run-line",
  severity: "error",
  message,
  range,
});
