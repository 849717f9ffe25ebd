import type { AsmDocument } from "../../document.ts";
import { type Edit, type Fixer, lineOf, wholeLine } from "./fix.ts";

/** Takes out what has no effect. */
export const removeUseless: Fixer = (document, problem) => {
  const remove = (line: number): Edit => ({ range: wholeLine(document, line), newText: "" });
  const { start, end } = problem.range;
  const name = document.text.slice(start, end);
  switch (problem.code) {
    case "unused-label":
    case "unused-variable":
      return [{ title: `Remove \`${name}\``, edits: [remove(lineOf(document, problem))] }];
    case "duplicate-label":
    case "duplicate-variable":
      return [
        {
          title: "Remove this declaration, which does not count",
          edits: [remove(lineOf(document, problem))],
        },
      ];
    case "unreachable-code":
      return [
        {
          title: "Remove the code that no thread comes to",
          edits: instructionLines(document, start, end).map(remove),
        },
      ];
    default:
      return [];
  }
};

const instructionLines = ({ assembly, lines }: AsmDocument, start: number, end: number): number[] =>
  assembly.instructions
    .map(({ line }) => line.body.range)
    .filter((body) => body.start >= start && body.end <= end)
    .map((body) => lines.position(body.start).line);
