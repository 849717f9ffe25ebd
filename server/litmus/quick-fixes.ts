import type { CodeAction, Range as LspRange } from "vscode-languageserver";
import { contains } from "../../core/text/range.ts";
import type { DiagnosticOptions } from "../features/diagnostics.ts";
import { type Fixer, insertAt, lineEnd } from "../features/quick-fixes/fix.ts";
import { offerFixes } from "../features/quick-fixes/quick-fixes.ts";
import { useSuggestion } from "../features/quick-fixes/spelling.ts";
import { cellAt } from "./cell-at.ts";
import type { LitmusDocument } from "./document.ts";

type LitmusFixer = Fixer<LitmusDocument>;

/** The ways to mend the problems that a range touches. */
export const quickFixes = (
  document: LitmusDocument,
  range: LspRange,
  options: DiagnosticOptions,
): CodeAction[] => offerFixes(document, FIXERS, range, options);

/** A variable that only the condition names gets its place in the initial state. */
const declareVariable: LitmusFixer = ({ text, tree }, { code, range }) => {
  if (code !== "unknown-variable" || !tree.initialRange) return [];
  const name = text.slice(range.start, range.end);
  const inside = text.slice(tree.initialRange.start, tree.initialRange.end - 1).trimEnd();
  const newText = `${/[;{]$/.test(inside) ? "" : ";"} ${name}=0;`;
  const edits = [insertAt(tree.initialRange.start + inside.length, newText)];
  return [{ title: `Give \`${name}\` an initial value`, edits }];
};

/** A label that is jumped to and stands nowhere gets a row at the end of its thread. */
const placeLabel: LitmusFixer = (document, { code, range }) => {
  const { text, tree } = document;
  const last = tree.rows.at(-1);
  const place = cellAt(document, range.start);
  if (code !== "unknown-label" || !last || !place || text[last.range.end] !== ";") return [];
  const name = text.slice(range.start, range.end);
  const cells = (tree.header?.threads ?? []).map((_, thread) => (thread === place.thread ? `${name}:` : ""));
  const newText = `${lineEnd(document)} ${cells.join(" | ")} ;`;
  return [
    {
      title: `Put the label \`${name}\` at the end of P${place.thread}`,
      edits: [insertAt(last.range.end + 1, newText)],
    },
  ];
};

/** Marks of the code that are missing. */
const completeRow: LitmusFixer = ({ tree }, { code, range }) => {
  if (code === "missing-semicolon") return [{ title: "Insert `;`", edits: [insertAt(range.end, " ;")] }];
  const row = tree.rows.find((r) => contains(r.range, range.start));
  const missing = (tree.header?.threads.length ?? 0) - (row?.content.cells.length ?? 0);
  if (code !== "row-length" || !row || missing <= 0) return [];
  return [{ title: "Add empty cells", edits: [insertAt(row.range.end, "| ".repeat(missing))] }];
};

const insertInitialState: LitmusFixer = (document, { code, range }) => {
  if (code !== "missing-initial-state") return [];
  const header = /^[^\S\r\n]*P0\b/m.exec(document.text)?.index;
  const end = lineEnd(document);
  const edit = header === undefined ? insertAt(range.end, `${end}{ }`) : insertAt(header, `{ }${end}`);
  return [{ title: "Insert an empty initial state", edits: [edit] }];
};

/** What has no effect, or must not be there. */
const remove: LitmusFixer = (document, { code, range }) => {
  const { text, tree } = document;
  const removal = (title: string, start: number, end: number) => [
    { title, edits: [{ range: { start, end }, newText: "" }] },
  ];
  const name = text.slice(range.start, range.end);
  const behind = (offset: number, pattern: RegExp) =>
    offset + (pattern.exec(text.slice(offset))?.[0].length ?? 0);
  switch (code) {
    case "bad-lock":
      return removal("Remove the prefix", range.start, behind(range.end, /^\s*;?\s*/));
    case "unused-label":
      return removal(`Remove \`${name}\``, range.start, behind(range.end, /^\s*:[^\S\r\n]*/));
    case "unused-variable":
    case "initialised-twice": {
      const item = tree.initial.find((i) => contains(i.range, range.start));
      return item
        ? removal(`Remove \`${name}\``, item.range.start, behind(item.range.end, /^\s*;[^\S\r\n]*/))
        : [];
    }
    default:
      return [];
  }
};

/** Writes a comment `allow(code)` behind the line; the first line of a test has no comments. Errors cannot be silenced. */
const silence: LitmusFixer = ({ tree: { architecture }, lines }, { code, unnecessary, range }) => {
  const { line } = lines.position(range.start);
  const isFirst = architecture && lines.position(architecture.range.start).line === line;
  if (!unnecessary || isFirst) return [];
  const edit = insertAt(lines.lineRange(line).end, ` (* allow(${code}) *)`);
  return [{ title: `Silence \`${code}\` here`, edits: [edit] }];
};

/** In the order in which their fixes are offered. */
const FIXERS: readonly LitmusFixer[] = [
  useSuggestion,
  declareVariable,
  placeLabel,
  completeRow,
  insertInitialState,
  remove,
  silence,
];
