import type { Assembly } from "../core/asm/assemble.ts";
import { indexNames, type Names } from "../core/asm/names.ts";
import type { Line, Tree } from "../core/asm/tree.ts";
import { load } from "../core/run/load.ts";
import { RUN_OPTIONS } from "../core/options/run.ts";
import type { Diagnostic } from "../core/text/diagnostic.ts";
import type { LineMap } from "../core/text/range.ts";

/** One version of a `.s` text with all that the features ask about it. Immutable. */
export interface AsmDocument {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineMap;
  readonly tree: Tree;
  readonly assembly: Assembly;
  readonly names: Names;
  /** Errors of syntax, names and `#@` lines. */
  readonly errors: readonly Diagnostic[];
}

/** Parses and assembles a text. Never throws. */
export function readDocument(uri: string, text: string): AsmDocument {
  const { tree, assembly, diagnostics } = load(text, { name: uri, table: RUN_OPTIONS, values: {}, runLine: true });
  return { uri, text, lines: tree.lines, tree, assembly, names: indexNames(tree), errors: diagnostics };
}

/** The parsed line (from 0); a blank one behind the end of the text. */
export const lineAt = ({ tree, text }: AsmDocument, line: number): Line =>
  tree.nodes[line] ?? { kind: "blank", range: { start: text.length, end: text.length } };
