import { lineAt } from "../../document.ts";
import { type Fixer, indentationOf, insertAt, lineEnd, lineOf } from "./fix.ts";

/** Ends the program with `halt`. */
export const insertHalt: Fixer = (document, problem) => {
  if (problem.code !== "falls-off-end") return [];
  const { text, lines, assembly } = document;
  const last = assembly.instructions.at(-1)!.line;
  const indentation = indentationOf(document, lines.position(last.range.start).line);
  const newText = `${indentation}halt`;
  // Labels at the end of the text name what is behind the last instruction: that is where the `halt` belongs.
  const isLast = last.body.range.start === problem.range.start;
  const labelled = assembly.labels.some((l) => l.target === assembly.instructions.length);
  const edit =
    isLast && !labelled
      ? insertAt(last.range.end, lineEnd(document) + newText)
      : insertAt(text.length, (/[\r\n]$/.test(text) ? "" : lineEnd(document)) + newText + lineEnd(document));
  return [{ title: "Insert `halt`", edits: [edit] }];
};

/** Keeps a load behind the stores before it. */
export const insertFence: Fixer = (document, problem) => {
  if (problem.code !== "may-reorder") return [];
  const line = lineOf(document, problem);
  const fence = `${indentationOf(document, line)}mfence${lineEnd(document)}`;
  return [
    {
      title: "Insert `mfence` before the load",
      edits: [insertAt(lineAt(document, line).range.start, fence)],
    },
  ];
};
