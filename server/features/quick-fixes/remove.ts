import type { AsmDocument } from "../../document.ts";
import { type Fix, type Fixer, lineOf, wholeLine } from "./fix.ts";

/** Takes out what has no effect. */
export const removeUseless: Fixer = (document, problem) => {
  const { start, end } = problem.range;
  const { code } = problem;
  const isDeclaration = code === "unused-variable" || code === "duplicate-variable";
  if (isDeclaration && holdsAddresses(document, start)) return [];
  const removal = (title: string, lines: readonly number[]): Fix => ({
    title,
    edits: lines.map((line) => ({ range: wholeLine(document, line), newText: "" })),
  });
  switch (code) {
    case "unused-label":
    case "unused-variable":
      return [removal(`Remove \`${document.text.slice(start, end)}\``, [lineOf(document, problem)])];
    case "duplicate-label":
    case "duplicate-variable":
      return [removal("Remove this declaration, which does not count", [lineOf(document, problem)])];
    case "unreachable-code":
      return [removal("Remove the code that no thread comes to", instructionLines(document, start, end))];
    default:
      return [];
  }
};

/** Whether the program writes addresses behind a declaration as numbers: without the declaration, they would be other variables'. */
function holdsAddresses({ assembly }: AsmDocument, start: number): boolean {
  const { variables, instructions, loadAddress } = assembly;
  const first = variables.find((v) => v.range.start === start)?.address ?? 0;
  const numbers = instructions.flatMap(({ line }) =>
    line.operands.flatMap((o) => (o.kind === "memory" && !o.variable ? Number(o.displacement) : [])),
  );
  return numbers.some((address) => address >= first && address < loadAddress);
}

const instructionLines = ({ assembly, lines }: AsmDocument, start: number, end: number): number[] =>
  assembly.instructions
    .map(({ line }) => line.body.range)
    .filter((body) => body.start >= start && body.end <= end)
    .map((body) => lines.position(body.start).line);
