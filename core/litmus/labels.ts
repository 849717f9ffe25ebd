import { didYouMean } from "../text/nearest.ts";
import { moved } from "../text/range.ts";
import { forEachInstruction } from "./instructions.ts";
import { type Reporter, shown } from "./report-error.ts";
import type { LitmusTree } from "./tree.ts";

/** Among more labels nobody looks for what may have been meant. */
const MOST_CANDIDATES = 1000;

/** Reports labels that stand twice on a thread, and jumps to labels that do not stand on theirs. */
export function checkLabels({ rows, header }: LitmusTree, { report, suggest }: Reporter): void {
  const threads = header?.threads.length ?? 0;
  const known = Array.from({ length: threads }, () => new Set<string>());
  for (const { content, start } of rows) {
    content.cells.forEach(({ labels }, thread) => {
      for (const { text: name, range } of labels) {
        if (known[thread]?.has(name)) {
          report("duplicate-label", `label \`${shown(name)}\` is already there`, moved(range, start));
        }
        known[thread]?.add(name);
      }
    });
  }
  forEachInstruction(rows, ({ operands }, { start }, thread) => {
    for (const operand of operands) {
      const labels = known[thread];
      if (operand.kind !== "label" || !labels || labels.has(operand.name)) continue;
      const suggestions = labels.size > MOST_CANDIDATES ? [] : suggest(operand.name, labels);
      const message = `there is no label \`${shown(operand.name)}\` on P${thread}${didYouMean(suggestions)}`;
      report("unknown-label", message, moved(operand.range, start), suggestions);
    }
  });
}
